import type { Deadline } from '../../shared/aws/runtime.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { areOrdersUnread, judgeReading } from '../../shared/tracking/standstill.ts';
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
  const access = dependencies.access(connection);
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
  telemetry.measure('PollsDone', report.stopped ? 0 : 1, { connection });
  await measureTrouble(access.settings, report.stopped, dependencies);
  return report;
}

/** Alarms look three hours back, so what lasts is measured again by each poll. */
async function measureTrouble(
  { name: connection, pollingIntervalMinutes, orders }: ConnectionSettings,
  stopped: string | undefined,
  { ledger: memory, telemetry, now }: PollDependencies,
): Promise<void> {
  const reading = { connection, what: 'statuses', intervalMinutes: pollingIntervalMinutes, stopped } as const;
  const { closedHours, isStuck } = await judgeReading(reading, { memory, now });
  if (closedHours !== undefined) telemetry.measure('PlatformDownHours', closedHours);
  if (isStuck) telemetry.measure('PollsStopped', 1, { connection });
  if (orders?.events && (await areOrdersUnread(connection, { memory, now })))
    telemetry.measure('OrdersUnread', 1, { connection });
}

/** Measures for how many days the oldest open invoice has been open. */
async function measureOldest(connection: string, { ledger, telemetry, now }: PollDependencies): Promise<void> {
  const since = await ledger.oldestOpen(connection);
  const days = since === undefined ? 0 : Math.floor((now().getTime() - Date.parse(since)) / dayMs);
  telemetry.measure('OldestOpenDays', days, { connection });
}
