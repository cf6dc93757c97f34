import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { isMailMissed } from '../../shared/tracking/morning-mail.ts';
import { areOrdersUnread, judgeReading } from '../../shared/tracking/standstill.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { processDueRecords } from './process-due-records.ts';
import { readChanges, readCursor, type Changes, type Cursor } from './read-changes.ts';

/**
 * Polls one connection once: first the records that are due in the ledger, then the changes in Chorus Pro since the
 * cursor. A connection that this deployment does not have is no fault: a turn of one that was taken out may have been
 * on its way.
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
  const { attended, isOutOfTime } = await processDueRecords(access, dependencies, deadline);
  const openSince = await dependencies.ledger.oldestOpen(connection);
  const { windows, ...changes } = await readAtItsPace(access, openSince, dependencies, deadline);
  // One whose connection hangs has nothing to show, and waits for its interval.
  const gotOn = windows + changes.seen > 0;
  const isUnfinished = changes.stopped === undefined ? isOutOfTime : changes.stopped === 'no-time-left' && gotOn;
  const report: PollReport = { connection, attended, ...changes, ...(isUnfinished ? { unfinished: true } : {}) };
  measureOldest(connection, openSince, dependencies);
  const fields = { connection, count: report.recorded, durationMs: now().getTime() - started };
  if (report.stopped) telemetry.warn('POLL_STOPPED', { ...fields, reason: report.stopped });
  else telemetry.info('POLL_DONE', fields);
  telemetry.measure('PollsDone', report.stopped ? 0 : 1, { connection });
  await measureTrouble(access.settings, report, dependencies);
  return report;
}

/** Alarms look three hours back, so what lasts is measured again by each poll. One that read nothing judges nothing. */
async function measureTrouble(
  { name: connection, pollingIntervalMinutes, orders, morningMail }: ConnectionSettings,
  { stopped, quiet }: PollReport,
  { ledger: memory, telemetry, now }: PollDependencies,
): Promise<void> {
  if (orders?.events && (await areOrdersUnread(connection, { memory, now })))
    telemetry.measure('OrdersUnread', 1, { connection });
  if (morningMail.length > 0 && (await isMailMissed(connection, { memory, now })))
    telemetry.measure('MorningMailMissed', 1, { connection });
  if (quiet) return;
  const reading = { connection, what: 'statuses', intervalMinutes: pollingIntervalMinutes, stopped } as const;
  const { closedHours, isStuck } = await judgeReading(reading, { memory, now });
  if (closedHours !== undefined) telemetry.measure('PlatformDownHours', closedHours);
  if (isStuck) telemetry.measure('PollsStopped', 1, { connection });
}

/**
 * A quiet connection has had no open invoice for days, so its ERP waits for no status: it is read a few times a day, so
 * that the next deposit finds a young cursor, and credentials that no longer work come to light. A reading that stops
 * does not move the cursor, so it is repeated at the next turn. The documents of a works file come from others: those
 * connections are never quiet.
 */
async function readAtItsPace(
  access: Access,
  openSince: string | undefined,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<Changes & Pick<PollReport, 'quiet'>> {
  const now = dependencies.now();
  if (openSince !== undefined || access.settings.works)
    return readChanges(access, dependencies, deadline, { openAt: now.toISOString() });
  const cursor = await readCursor(access.settings.name, dependencies);
  const { openAt } = cursor ?? {};
  if (!cursor || !isQuiet(cursor, now)) return readChanges(access, dependencies, deadline, { openAt });
  if (now.getTime() < Date.parse(cursor.since) + timings.quietPoll.ms)
    return { seen: 0, recorded: 0, windows: 0, quiet: true };
  return readChanges(access, dependencies, deadline, { again: timings.quietSecondReading, openAt });
}

/** Chorus Pro may change an invoice after its payment: suspended, for one. */
const isQuiet = ({ openAt }: Cursor, now: Date): boolean =>
  openAt === undefined || now.getTime() >= Date.parse(openAt) + timings.quietAfter.ms;

/** Measures for how many days the oldest open invoice has been open. */
function measureOldest(connection: string, since: string | undefined, { telemetry, now }: PollDependencies): void {
  const days = since === undefined ? 0 : Math.floor((now().getTime() - Date.parse(since)) / dayMs);
  telemetry.measure('OldestOpenDays', days, { connection });
}
