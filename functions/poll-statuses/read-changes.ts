import * as z from 'zod';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { readingsOf } from '../../shared/chorus-pro/readings.ts';
import { fullPaging, type Paging } from '../../shared/chorus-pro/search.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { readWindow, type Reading } from './read-window.ts';

/** `openAt`: when a poll last saw an open invoice. */
const cursorSchema = z.object({ since: z.iso.datetime(), openAt: z.iso.datetime().optional() });
export type Cursor = z.infer<typeof cursorSchema>;
/** A second reading: how far it has come, and where it ends. */
const secondReadingSchema = z.object({ from: z.iso.datetime(), until: z.iso.datetime() });

const { pollOverlap, firstPollReach, longestPollWindow, shortestPollWindow } = timings;
const { secondReadingReach } = timings;

export type Changes = Pick<PollReport, 'stopped'> & Reading['progress'];

const cursorOf = (connection: string, list = ''): string => `cursor#${connection}${list}`;

/** Why a list cannot be read, other than that nothing answers: another one may be read instead. */
const isClosed = (why: string): boolean => why === 'refused' || why === 'api-not-subscribed';

interface Pace {
  paging?: Paging;
  again?: { ms: number };
  /** Kept with the cursor (ISO). */
  openAt?: string | undefined;
}

/**
 * Reads all changes since the cursors and, at intervals (`again`), those of the last five days again: a search may
 * show a change later than the overlap reaches back. Reading a change twice has no effect. A list for works documents
 * that Chorus Pro keeps closed does not stop the others; its cursor waits, so that nothing is lost.
 * @throws Error if even the shortest window has too many changes: the poll cannot continue, and a person must know
 */
export async function readChanges(
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
  { paging = fullPaging, again = timings.secondReadingInterval, openAt }: Pace = {},
): Promise<Changes> {
  const { settings } = access;
  const progress = { seen: 0, recorded: 0, windows: 0 };
  const base = { settings, dependencies, deadline, paging, progress, chorusPro: access.chorusPro(deadline) };
  for (const { list, cursor, otherwise } of readingsOf(settings)) {
    const names = { cursor: cursorOf(settings.name, cursor), again: `second-reading#${settings.name}${cursor}` };
    const reading = { ...base, list };
    const why = (await readNew(names.cursor, reading, { openAt })) ?? (await readAgain(names.again, again, reading));
    if (why === undefined) continue;
    if (!settings.works || list.name === 'invoices' || !isClosed(why)) return { ...progress, stopped: why };
    tellWorksUnread(reading, why);
    const other = otherwise && { ...base, list: otherwise };
    const instead = other && (await readNew(names.cursor, other, { openAt, cursorWaits: true }));
    if (instead !== undefined) return { ...progress, stopped: instead };
  }
  return progress;
}

function tellWorksUnread({ settings, list, dependencies: { telemetry } }: Reading, reason: string): void {
  telemetry.error('WORKS_UNREAD', { connection: settings.name, operation: list.name, reason });
  telemetry.measure('WorksClosed', 1, { connection: settings.name });
}

/** The cursor moves once a whole window is in the ledger. @returns why it stopped, if it did */
async function readNew(
  cursorName: string,
  reading: Reading,
  { openAt, cursorWaits = false }: { openAt: string | undefined; cursorWaits?: boolean },
): Promise<string | undefined> {
  const { ledger, now } = reading.dependencies;
  const cursor = cursorSchema.safeParse(await ledger.recall(cursorName)).data;
  const end = now().getTime();
  const since = cursor ? Date.parse(cursor.since) : end - firstPollReach.ms;
  const remember = (at: number) =>
    ledger.remember(cursorName, { since: new Date(at).toISOString(), ...(openAt === undefined ? {} : { openAt }) });
  // If the first poll fails, the next must start from the same moment, even if Chorus Pro stays closed for days.
  if (!cursor) await remember(since);
  // Within the overlap the cursor stays: it must never move back.
  const reached = async (to: number) => (!cursorWaits && to > since ? remember(to) : undefined);
  return readPeriod({ from: since - pollOverlap.ms, end, reached }, reading);
}

/**
 * What the reading before could not see yet is read, however long ago that was. A second reading that stops is
 * continued by the next poll. @returns why it stopped, if it did
 */
async function readAgain(name: string, interval: { ms: number }, reading: Reading): Promise<string | undefined> {
  const { ledger, now } = reading.dependencies;
  const last = secondReadingSchema.safeParse(await ledger.recall(name)).data;
  const remember = (from: number, until: number) =>
    ledger.remember(name, { from: new Date(from).toISOString(), until: new Date(until).toISOString() });
  const at = now().getTime();
  // The first poll of a connection has just read its first day.
  if (!last) return remember(at, at).then(() => undefined);
  const isUnfinished = last.from < last.until;
  if (!isUnfinished && at < Date.parse(last.until) + interval.ms) return undefined;
  const from = isUnfinished ? Date.parse(last.from) : Date.parse(last.until) - secondReadingReach.ms;
  const end = isUnfinished ? Date.parse(last.until) : at;
  return readPeriod({ from, end, reached: (to) => remember(to, end) }, reading);
}

/** `since`: when all that had changed until then was in the ledger. Undefined before the first reading. */
export const readCursor = async (
  connection: string,
  { ledger }: Pick<PollDependencies, 'ledger'>,
): Promise<Cursor | undefined> => cursorSchema.safeParse(await ledger.recall(cursorOf(connection))).data;

interface Stretch {
  /** Both in epoch milliseconds. */
  from: number;
  end: number;
  /** Called whenever all that changed up to `to` is in the ledger. */
  reached: (to: number) => Promise<void>;
}

/**
 * Reads a period window by window; a window with more changes than one search can show is halved.
 * @returns why it stopped before the period's end, if it did
 */
async function readPeriod({ from: start, end, reached }: Stretch, reading: Reading): Promise<string | undefined> {
  let from = start;
  let length = longestPollWindow.ms;
  while (from < end) {
    const to = Math.min(from + length, end);
    const period = { from: new Date(from), to: new Date(to) };
    const read = await readWindow(period, reading);
    if (read.kind === 'stopped') return read.why;
    if (read.kind === 'too-much') {
      if (to - from <= shortestPollWindow.ms)
        throw new Error(`more changes at ${period.from.toISOString()} than a search shows`);
      length = Math.max(shortestPollWindow.ms, Math.floor((to - from) / 2));
    } else {
      reading.progress.windows += 1;
      await reached(to);
      from = to;
      length = Math.min(longestPollWindow.ms, length * 2);
    }
  }
  return undefined;
}
