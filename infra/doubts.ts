import type { ConnectionSettings } from '../shared/connection/settings.ts';
import type { Deployment } from './deployment.ts';

/** What is allowed and yet seldom meant: told at the synthesis, and no reason to stop. */
export function doubtsAbout(
  { stage, alarmEmails }: Deployment,
  connections: readonly Pick<ConnectionSettings, 'name' | 'environment' | 'contacts'>[],
): string[] {
  const elsewhere = connections.filter(
    ({ environment }) => environment !== stage && (stage === 'production' || environment === 'production'),
  );
  const told = alarmEmails.length + connections.flatMap(({ contacts }) => contacts).length;
  return [
    ...elsewhere.map(
      ({ name, environment }) => `connection ${name} is for Chorus Pro’s ${environment}, and the stage is ${stage}`,
    ),
    ...(told === 0 ? ['nobody is told of an alarm: alarmEmails in cdk.json, contacts in a connection'] : []),
  ];
}
