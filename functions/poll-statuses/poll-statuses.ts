import type { Deadline } from '../../shared/aws/runtime.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { processDueRecords } from './process-due-records.ts';
import { readChanges } from './read-changes.ts';

/**
 * Polls one connection once: first the records that are due in the ledger, then the changes in Chorus Pro since the
 * cursor.
 * @throws Error for a connection that this deployment does not have
 */
export async function pollStatuses(
  connection: string,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<PollReport> {
  const { telemetry, now } = dependencies;
  const access = dependencies.access(connection);
  if (!access) throw new Error(`there is no connection "${connection}" in this deployment`);
  const started = now().getTime();
  const attended = await processDueRecords(access, dependencies, deadline);
  const changes = await readChanges(access, dependencies, deadline);
  const report = { connection, attended, ...changes };
  await measureOldest(connection, dependencies);
  const fields = { connection, count: report.recorded, durationMs: now().getTime() - started };
  if (report.stopped) telemetry.warn('POLL_STOPPED', { ...fields, reason: report.stopped });
  else {
    telemetry.info('POLL_DONE', fields);
    telemetry.measure('PollsDone', 1, { connection });
  }
  return report;
}

/** Measures for how many days the oldest open invoice has been open. */
async function measureOldest(connection: string, { ledger, telemetry, now }: PollDependencies): Promise<void> {
  const since = await ledger.oldestOpen(connection);
  const days = since === undefined ? 0 : Math.floor((now().getTime() - Date.parse(since)) / dayMs);
  telemetry.measure('OldestOpenDays', days, { connection });
}
