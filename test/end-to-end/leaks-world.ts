import type { Relay } from '../../tools/local-cloud/bring-up.ts';
import type { LogLine } from '../../tools/local-cloud/index.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { CONFIDENTIAL_AGENTS, exampleWorld, type World } from '../../tools/chorus-pro-simulator/index.ts';
import type { LeakFinder, Mark } from './leaks-finder.ts';

/**
 * Unlike anything else: whatever of it is found anywhere came from the secret. With what URLs, JSON and base64 write
 * otherwise.
 */
export const marked: Credentials = {
  pisteClientId: 'a11ce0de-0000-4000-8000-0000000000f1',
  pisteClientSecret: 'a11ce0de-5ec7-4000-8000-0000000000f2',
  technicalLogin: 'TECH_1_MARKED@cpro.fr',
  technicalPassword: 'märked "pass/word"+%',
};
export const markedNext: Credentials = { ...marked, pisteClientSecret: 'a11ce0de-5ec7-4000-8000-0000000000f3' };
export const markedWrong: Credentials = { ...marked, technicalPassword: 'wrong but marked' };

/** The same in each of the samples. */
const iban = 'FR7630006000011234567890189';

export const marks: readonly Mark[] = [
  { name: 'pisteClientId', value: marked.pisteClientId },
  { name: 'pisteClientSecret', value: marked.pisteClientSecret },
  { name: 'technicalLogin', value: marked.technicalLogin },
  { name: 'technicalPassword', value: marked.technicalPassword },
  { name: 'the next pisteClientSecret', value: markedNext.pisteClientSecret },
  { name: 'a wrong technicalPassword', value: markedWrong.technicalPassword },
  { name: 'an IBAN', value: iban },
  // Chorus Pro names them in histories only, which the relay does not read: they stand guard for the day it does.
  ...CONFIDENTIAL_AGENTS.flatMap(({ nom, email, telephone }) =>
    [nom, email, telephone].map((value) => ({ name: 'a public agent', value })),
  ),
];

export function markedWorld(): World {
  const world = exampleWorld();
  const [application, account] = [world.applications[0], world.accounts[0]];
  if (!application || !account) throw new Error('the example has an application and an account');
  Object.assign(application, {
    clientId: marked.pisteClientId,
    clientSecrets: [marked.pisteClientSecret, markedNext.pisteClientSecret],
  });
  Object.assign(account, {
    login: marked.technicalLogin,
    password: marked.technicalPassword,
    applications: [marked.pisteClientId],
  });
  return world;
}

/**
 * Shows the finder all that leaves the functions: their logs, and each request to AWS that is signed by one of them.
 */
export function watchedBy(finder: LeakFinder) {
  return {
    onLog: ({ function: name, line }: LogLine) => finder.look(`the log of ${name}`, line),
    watch: ({ cloud }: Relay) => {
      const functions = new Set(cloud.functions);
      cloud.intercept(({ caller, service, action, resources }, { url, headers, body }) => {
        const resource = resources.map((arn) => arn.replace(/^.*:/, '').replace(/\/.*$/, '')).join();
        const where = `${service}:${action} on ${resource}`;
        if (functions.has(caller)) finder.look(where, `${url} ${JSON.stringify(headers)}`);
        if (functions.has(caller)) finder.look(where, body);
        return 'pass';
      });
    },
  };
}
