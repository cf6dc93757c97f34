import { checkConnection, type CheckSubject } from '../../shared/diagnostics/check-connection.ts';
import { recallEvidence, rememberEvidence } from '../../shared/diagnostics/evidence.ts';
import { reportOf, type ConnectionReport, sayFor } from '../../shared/diagnostics/report.ts';
import { urlsFor } from '../../shared/chorus-pro/piste.ts';
import type { TrialDependencies } from '../../shared/chorus-pro/try-credentials.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import type { Connections } from '../../shared/connection/connections.ts';
import { connectedNames } from '../../shared/connection/roster.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { settingsIn, UnreadableSettings, type StoredConnection } from '../../shared/connection/stored-connections.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

export interface CheckDependencies extends Omit<TrialDependencies, 'urls'> {
  connections: Connections;
  credentials: CredentialsSource;
  memory: Memory;
  telemetry: Telemetry;
  urls: Parameters<typeof urlsFor>[1];
}

/** As a connection's file has them. */
type GivenSettings = StoredConnection['settings'];

/**
 * Checks one connection with its present secret, and remembers what worked for the next check.
 * @param given the settings that are to be stored; without them, those that are stored
 */
export async function checkDeployed(
  connection: string,
  dependencies: CheckDependencies,
  deadline: Deadline,
  given?: GivenSettings,
): Promise<ConnectionReport> {
  const { connections } = dependencies;
  try {
    const settings = given ? settingsIn(connection, { settings: given }) : await connections.get(connection);
    return settings
      ? await check(settings, dependencies, deadline)
      : unusable(connection, 'connection-unknown', { known: connectedNames(await connections.roster()).join(', ') });
  } catch (error) {
    if (!(error instanceof UnreadableSettings)) throw error;
    return unusable(connection, 'settings-unreadable', { value: error.paths.join(', ') });
  }
}

async function check(
  settings: ConnectionSettings,
  dependencies: CheckDependencies,
  deadline: Deadline,
): Promise<ConnectionReport> {
  const { memory, telemetry } = dependencies;
  const { name: connection } = settings;
  const evidence = await recallEvidence(memory, connection);
  const credentials = await dependencies.credentials(connection, 'fresh');
  const subject: CheckSubject = { settings, credentials, evidence };
  const urls = urlsFor(settings.environment, dependencies.urls);
  const { evidence: seen, result } = await checkConnection(subject, { ...dependencies, urls }, deadline);
  await rememberEvidence(memory, connection, seen);
  const { established, steps } = result;
  const failing = steps.filter(({ verdict }) => verdict === 'fails');
  const fields = { connection, count: failing.length };
  if (established) telemetry.info('CONNECTION_CHECKED', { ...fields, state: 'established' });
  else
    telemetry.warn('CONNECTION_CHECKED', {
      ...fields,
      state: 'broken',
      reason: failing.map(({ finding }) => finding).join(' '),
    });
  return result;
}

/** The caller's mistake, so it is a finding and not a fault of the relay: no alarm rings. */
function unusable(
  connection: string,
  finding: 'connection-unknown' | 'settings-unreadable',
  values: Record<string, string>,
): ConnectionReport {
  const say = sayFor({ name: connection, environment: 'production' });
  return reportOf(connection, [say('credentials', finding, values)]);
}
