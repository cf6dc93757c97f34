import { checkDeployed } from '../../../functions/check-connection/check-connection.ts';
import type { ConnectionReport } from '../../../shared/diagnostics/report.ts';
import type { VersionedCredentials } from '../../../shared/connection/credentials.ts';
import { heldConnections, settingsOf } from '../../support/example-connection.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import type { LogCode, LogFields } from '../../../shared/telemetry/telemetry.ts';
import { silentTelemetry } from '../../support/silent-telemetry.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  makeTrouble,
  SUPPLIERS,
  type TroubleName,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';

const connections = settingsOf({
  name: 'example',
  label: 'Example',
  environment: 'qualification',
  companies: [
    {
      name: 'Constructions Duval',
      siret: SUPPLIERS.company,
      agencies: [{ name: 'Caen', siret: SUPPLIERS.agency, service: 'SERVICE_FOURNISSEUR' }],
    },
  ],
  paymentMeans: { 'LCR acceptée': 'other', Virement: 'credit-transfer' },
});

/** One deployment: its secret, its memory, Chorus Pro, and a clock. @param change rewrites a response on its way */
export function deployment(settings = connections, change = (_url: string, body: string) => body) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock });
  const faults = createFaultPlan({ clock });
  const memory = new InMemoryLedger();
  const asked: (string | undefined)[] = [];
  const logged: [LogCode, LogFields | undefined][] = [];
  let secret: VersionedCredentials | undefined = {
    pisteClientId: EXAMPLE_CREDENTIALS.clientId,
    pisteClientSecret: EXAMPLE_CREDENTIALS.clientSecret,
    technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
    technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
    version: 'v1',
    versionCreatedAt: new Date('2026-11-01T09:00:00Z'),
  };
  return {
    ...{ clock, model, faults, memory, logged, asked },
    trouble: (name: TroubleName) => makeTrouble(model.world, name, clock.now()),
    /** Stores a new version of the secret; `undefined` empties it. */
    store: (changes: Partial<VersionedCredentials> | undefined) => {
      secret = secret && changes && { ...secret, ...changes };
    },
    /** Credentials that come from somewhere other than Secrets Manager. */
    forgetDates: () => {
      delete secret?.versionCreatedAt;
    },
    check: (connection = 'example'): Promise<ConnectionReport> =>
      checkDeployed(
        connection,
        {
          connections: heldConnections(settings),
          credentials: (_name, how) => {
            asked.push(how);
            return Promise.resolve(secret);
          },
          memory,
          telemetry: {
            ...silentTelemetry,
            info: (...line) => void logged.push([line[0], line[1]]),
            warn: (...line) => void logged.push([line[0], line[1]]),
          },
          transport: async (request) => {
            const sending = await modelTransport(model, faults)(request);
            return sending.kind === 'response' ? { ...sending, body: change(request.url, sending.body) } : sending;
          },
          now: () => new Date(clock.now()),
          wait: () => Promise.resolve(),
          urls: modelUrls,
        },
        { remainingMs: () => 60_000 },
      ),
  };
}

/** What fails, as `step` or `step subject`: the finding. */
export const failures = ({ steps }: ConnectionReport): Record<string, string> =>
  Object.fromEntries(
    steps.flatMap(({ step, subject, verdict, finding }) =>
      verdict === 'fails' ? [[subject === undefined ? step : `${step} ${subject}`, finding]] : [],
    ),
  );
