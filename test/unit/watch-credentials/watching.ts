import { watchCredentials, type CredentialsReport } from '../../../functions/watch-credentials/watch-credentials.ts';
import { accessTo } from '../../../shared/chorus-pro/chorus-pro.ts';
import type { VersionedCredentials } from '../../../shared/connection/credentials.ts';
import type { CredentialsReminder } from '../../../shared/messaging/credentials-event.ts';
import type { OperationsMessage } from '../../../shared/messaging/senders.ts';
import { dayMs } from '../../../shared/facts/fact.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
  type World,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleSettings, heldConnections } from '../../support/example-connection.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';

/** The schedule fires at 07:00 in Paris; in winter, an hour later by UTC. */
const start = Date.UTC(2026, 10, 23, 6);

export const exampleVersion = (changes: Partial<VersionedCredentials> = {}): VersionedCredentials => ({
  pisteClientId: EXAMPLE_CREDENTIALS.clientId,
  pisteClientSecret: EXAMPLE_CREDENTIALS.clientSecret,
  technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
  technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
  version: 'v1',
  ...changes,
});

/** The date this many days before the first run, as it is kept with a secret. */
export const daysAgo = (days: number): string => new Date(start - days * dayMs).toISOString();

interface Given {
  secrets: Record<string, VersionedCredentials | undefined>;
  /** The world whose account's password ends then; never, by default. */
  passwordEnds?: number;
  settings?: object;
}

/** watch-credentials over memory and Chorus Pro's model; each connection is the example under another name. */
export function watching({ secrets, passwordEnds = Date.UTC(9999, 0, 1), settings = {} }: Given) {
  const clock = drivenClock({ start });
  const world: World = exampleWorld();
  for (const account of world.accounts) account.passwordExpiresAt = passwordEnds;
  const faults = createFaultPlan({ clock });
  const model = createChorusPro({ clock, world });
  const settingsByName = new Map(
    Object.keys(secrets).map((name) => [name, { ...exampleSettings, ...settings, name, label: name }]),
  );
  const telemetry = recordedTelemetry();
  const { measured } = telemetry;
  const events: CredentialsReminder[] = [];
  const told: (OperationsMessage & { connection: string })[] = [];
  const asked: (string | undefined)[] = [];
  const broken = new Set<string>();
  const memory = new InMemoryLedger();
  const shared = {
    connections: heldConnections(settingsByName),
    credentials: (name: string, how?: 'cached' | 'fresh') => {
      asked.push(how);
      return broken.has(name) ? Promise.reject(new Error('KMS')) : Promise.resolve(secrets[name]);
    },
    memory,
    telemetry,
    now: () => new Date(clock.now()),
  };
  const access = accessTo({
    ...shared,
    transport: modelTransport(model, faults),
    wait: () => Promise.resolve(),
    urls: modelUrls,
  });
  const dependencies = {
    stage: 'qualification',
    ...shared,
    access,
    publish: (published: readonly CredentialsReminder[]) => Promise.resolve(void events.push(...published)),
    tell: (connection: string, message: OperationsMessage) =>
      Promise.resolve(void told.push({ connection, ...message })),
  };
  return {
    ...{ secrets, world, faults, measured, events, told, asked, broken, dependencies },
    advance: (days: number) => clock.advance(days * dayMs),
    run: (): Promise<CredentialsReport[]> => watchCredentials(dependencies, { remainingMs: () => 50_000 }),
  };
}
