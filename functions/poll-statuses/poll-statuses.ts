import type { Deadline } from '../../shared/aws/runtime.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import type { RetryReason } from '../../shared/messaging/retry-reasons.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { processDueRecords } from './process-due-records.ts';
import { readChanges } from './read-changes.ts';

/**
 * Polls one connection once: first the records that are due in the ledger, then the changes in Chorus Pro since the
 * cursor. A connection that this deployment does not have is no fault: the schedule of one that was taken out may
 * outlive it for a while.
 */
export async function pollStatuses(
  connection: string,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<PollReport> {
  const { telemetry, now } = dependencies;
  const access = await dependencies.access(connection);
  if (!access) {
    const reason = 'unknown-connection';
    telemetry.warn('POLL_STOPPED', { connection, reason });
    return { connection, attended: 0, seen: 0, recorded: 0, stopped: reason };
  }
  const started = now().getTime();
  const attended = await processDueRecords(access, dependencies, deadline);
  const changes = await readChanges(access, dependencies, deadline);
  const report = { connection, attended, ...changes };
  await measureOldest(connection, dependencies);
  const fields = { connection, count: report.recorded, durationMs: now().getTime() - started };
  if (report.stopped) telemetry.warn('POLL_STOPPED', { ...fields, reason: report.stopped });
  else telemetry.info('POLL_DONE', fields);
  // A poll that stopped counts as 0: an alarm that has to infer it from missing data rings hours later.
  telemetry.measure('PollsDone', report.stopped ? 0 : 1, { connection });
  measurePlatform(report.stopped, telemetry);
  return report;
}

const closed = ['platform-down', 'no-connection'] satisfies RetryReason[];

/** A poll that stopped for another reason, as for refused credentials, does not know whether the platform is closed. */
function measurePlatform(stopped: string | undefined, telemetry: Telemetry): void {
  if (stopped === undefined) telemetry.measure('PlatformDown', 0);
  else if (closed.some((reason) => reason === stopped)) telemetry.measure('PlatformDown', 1);
}

/** Measures for how many days the oldest open invoice has been open. */
async function measureOldest(connection: string, { ledger, telemetry, now }: PollDependencies): Promise<void> {
  const since = await ledger.oldestOpen(connection);
  const days = since === undefined ? 0 : Math.floor((now().getTime() - Date.parse(since)) / dayMs);
  telemetry.measure('OldestOpenDays', days, { connection });
}
