import { checkConnection, type CheckSubject } from '../../shared/diagnostics/check-connection.ts';
import { recallEvidence, rememberEvidence } from '../../shared/diagnostics/evidence.ts';
import { concluded, type ConnectionCheck } from '../../shared/diagnostics/report.ts';
import { sayer } from '../../shared/diagnostics/walk.ts';
import { urlsFor } from '../../shared/chorus-pro/piste.ts';
import type { TrialDependencies } from '../../shared/chorus-pro/try-credentials.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import type { Connections } from '../../shared/connection/settings.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

export interface CheckDependencies extends Omit<TrialDependencies, 'urls'> {
  connections: Connections;
  credentials: CredentialsSource;
  memory: Memory;
  telemetry: Telemetry;
  urls: Parameters<typeof urlsFor>[1];
}

/** One connection of this deployment, as its secret is now; what is seen to work is remembered for the next check. */
export async function checkDeployed(
  connection: string,
  dependencies: CheckDependencies,
  deadline: Deadline,
): Promise<ConnectionCheck> {
  const { connections, memory, telemetry } = dependencies;
  const settings = connections.get(connection);
  if (!settings) return unknownConnection(connection, [...connections.keys()]);
  const evidence = await recallEvidence(memory, connection);
  const credentials = await dependencies.credentials(connection, 'fresh');
  const subject: CheckSubject = { settings, credentials, evidence };
  const urls = urlsFor(settings.environment, dependencies.urls);
  const check = await checkConnection(subject, { ...dependencies, urls }, deadline);
  await rememberEvidence(memory, connection, check.evidence);
  const { established, steps } = check.result;
  const failing = steps.filter(({ verdict }) => verdict === 'fails');
  const fields = { connection, count: failing.length };
  if (established) telemetry.info('CONNECTION_CHECKED', { ...fields, state: 'established' });
  else
    telemetry.warn('CONNECTION_CHECKED', {
      ...fields,
      state: 'broken',
      reason: failing.map(({ finding }) => finding).join(' '),
    });
  return check.result;
}

/** A slip of who calls: an answer, and no fault of the relay that would ring. */
function unknownConnection(connection: string, known: string[]): ConnectionCheck {
  const say = sayer({ name: connection, environment: 'production' });
  return concluded(connection, [say('credentials', 'connection-unknown', { known: known.join(', ') })]);
}
