import * as z from 'zod';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { fullPaging } from '../../shared/chorus-pro/search.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { readWindow, type Reading } from './read-window.ts';

const cursorSchema = z.object({ since: z.iso.datetime() });

const { pollOverlap, firstPollReach, longestPollWindow, shortestPollWindow } = timings;

/**
 * Reads all changes since the cursor, window by window. The cursor moves once a whole window is in the ledger; a window
 * with more changes than one search can show is halved. Reading a change twice has no effect.
 * @throws Error if even the shortest window has too many changes: the poll cannot continue, and a person must know
 */
export async function readChanges(
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
  paging = fullPaging,
): Promise<Pick<PollReport, 'seen' | 'recorded' | 'stopped'>> {
  const { ledger, now } = dependencies;
  const { name, environment } = access.settings;
  const cursorName = `cursor#${name}`;
  const cursor = cursorSchema.safeParse(await ledger.recall(cursorName)).data;
  const end = now().getTime();
  const since = cursor ? Date.parse(cursor.since) : end - firstPollReach.ms;
  const progress = { seen: 0, recorded: 0 };
  const chorusPro = access.chorusPro(deadline);
  const reading: Reading = { environment, chorusPro, dependencies, deadline, paging, progress };
  const remember = (at: number) => ledger.remember(cursorName, { since: new Date(at).toISOString() });
  // If the first poll fails, the next must start from the same moment, even if Chorus Pro stays closed for days.
  if (!cursor) await remember(since);

  let from = since - pollOverlap.ms;
  let length = longestPollWindow.ms;
  while (from < end) {
    const to = Math.min(from + length, end);
    const period = { from: new Date(from), to: new Date(to) };
    const read = await readWindow(period, reading);
    if (read.kind === 'stopped') return { ...progress, stopped: read.why };
    if (read.kind === 'too-much') {
      if (to - from <= shortestPollWindow.ms)
        throw new Error(`more changes at ${period.from.toISOString()} than a search shows`);
      length = Math.max(shortestPollWindow.ms, Math.floor((to - from) / 2));
    } else {
      // Within the overlap the cursor stays: it must never move back.
      if (to > since) await remember(to);
      from = to;
      length = Math.min(longestPollWindow.ms, length * 2);
    }
  }
  return progress;
}
