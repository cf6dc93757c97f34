import { checkConnection, type CheckSubject } from '../../shared/diagnostics/check-connection.ts';
import { recallEvidence, rememberEvidence } from '../../shared/diagnostics/evidence.ts';
import { reportOf, type ConnectionReport, sayFor } from '../../shared/diagnostics/report.ts';
import { urlsFor } from '../../shared/chorus-pro/piste.ts';
import type { TrialDependencies } from '../../shared/chorus-pro/try-credentials.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import type { Connections } from '../../shared/connection/settings.ts';
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

/** Checks one connection of this deployment with its present secret, and remembers what worked for the next check. */
export async function checkDeployed(
  connection: string,
  dependencies: CheckDependencies,
  deadline: Deadline,
): Promise<ConnectionReport> {
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

/** An unknown name is the caller's mistake, so it is a finding and not a fault of the relay: no alarm rings. */
function unknownConnection(connection: string, known: string[]): ConnectionReport {
  const say = sayFor({ name: connection, environment: 'production' });
  return reportOf(connection, [say('credentials', 'connection-unknown', { known: known.join(', ') })]);
}
