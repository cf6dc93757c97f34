import * as z from 'zod';
import type { Access } from '../../shared/chorus-pro/access.ts';
import { fullPaging } from '../../shared/chorus-pro/search.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { PollDependencies, PollReport } from './dependencies.ts';
import { readWindow } from './read-window.ts';

const cursorSchema = z.object({ since: z.iso.datetime() });

/**
 * Each poll reads the last hour again: a change that Chorus Pro's search shows late bears its own, earlier date; clocks differ;
 * and an invoice may still have been on its way into the ledger. What is read twice changes nothing twice.
 */
const overlapMs = 60 * 60_000;
/** A connection polled for the first time has followed nothing yet; a day covers what was sent before its first poll. */
const firstReachMs = 24 * 3_600_000;

/** After a closure as much is read at once; a poll that ends before it is through goes on from there the next time. */
const longestWindowMs = 12 * 3_600_000;
/** Below this a window is cut no more. */
const shortestWindowMs = 1_000;

/**
 * All that changed since the cursor, one window after the other. The cursor moves when a window is in the ledger as a whole; one
 * that has more in it than can be seen at once is halved.
 * @throws Error when even the shortest has too much in it: nothing after it can be read, and a person must know
 */
export async function readChanges(
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
  paging = fullPaging,
): Promise<Pick<PollReport, 'seen' | 'recorded' | 'stopped'>> {
  const { ledger, now } = dependencies;
  const cursorName = `cursor#${access.settings.name}`;
  const cursor = cursorSchema.safeParse(await ledger.recall(cursorName)).data;
  const end = now().getTime();
  const since = cursor ? Date.parse(cursor.since) : end - firstReachMs;
  const progress = { seen: 0, recorded: 0 };
  const remember = (at: number) => ledger.remember(cursorName, { since: new Date(at).toISOString() });
  // A first poll that fails must not let the reach slide: Chorus Pro may be closed for longer than it.
  if (!cursor) await remember(since);

  let from = since - overlapMs;
  let length = longestWindowMs;
  while (from < end) {
    const to = Math.min(from + length, end);
    const period = { from: new Date(from), to: new Date(to) };
    const read = await readWindow(period, { access, dependencies, deadline, paging, progress });
    if (read.kind === 'stopped') return { ...progress, stopped: read.why };
    if (read.kind === 'too-much') {
      if (to - from <= shortestWindowMs)
        throw new Error(`more changes at ${period.from.toISOString()} than a search shows`);
      length = Math.max(shortestWindowMs, Math.floor((to - from) / 2));
    } else {
      // Within the overlap it stays: a cursor that moves back would never arrive.
      if (to > since) await remember(to);
      from = to;
      length = Math.min(longestWindowMs, length * 2);
    }
  }
  return progress;
}
