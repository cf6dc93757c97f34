import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { FoundInvoice, Page, Paging, Period } from '../../shared/chorus-pro/search.ts';
import type { Poll } from './dependencies.ts';
import type { PollReport } from './poll-statuses.ts';
import { recordChange } from './record-change.ts';

/** What a poll reads with, and what it has read so far. */
export interface Reading extends Poll {
  environment: string;
  deadline: Deadline;
  paging: Paging;
  progress: Pick<PollReport, 'seen' | 'recorded'>;
}

/** `too-much`: one search cannot show all of it reliably. `stopped`: no reply, or no time left. */
export type WindowRead = { kind: 'whole' } | { kind: 'too-much' } | { kind: 'stopped'; why: string };

/**
 * Reads all changes of a period. The list may change while it is read: a row whose status changes leaves it, and every
 * row behind moves up by one. So the pages are read from the last to the first: rows that move up are read twice, never
 * skipped. A row that enters late would push others down, onto pages already read: then the list is longer than one
 * page before, and the window counts as too much. A list of one page is read at once.
 */
export async function readWindow(period: Period, reading: Reading): Promise<WindowRead> {
  const { chorusPro, paging } = reading;
  const ask = (page: number) => chorusPro.changedBetween(period, page, paging);
  const first = await ask(1);
  if (first.kind !== 'accepted') return stopped(first);
  const { pages } = first.value;
  if (pages * paging.size >= paging.ceiling) return { kind: 'too-much' };
  if (pages <= 1) return recordAll(first.value, reading);
  let before = rowsOf(first.value);
  for (let page = pages; page >= 1; page -= 1) {
    const outcome = await ask(page);
    if (outcome.kind !== 'accepted') return stopped(outcome);
    const rows = rowsOf(outcome.value);
    if (rows > before) return { kind: 'too-much' };
    before = rows;
    const recorded = await recordAll(outcome.value, reading);
    if (recorded.kind !== 'whole') return recorded;
  }
  return { kind: 'whole' };
}

/** The length of the whole list, in rows, or else in pages if Chorus Pro gives no total. */
const rowsOf = ({ total, pages }: Page<FoundInvoice>): number => total ?? pages;

async function recordAll({ items }: Page<FoundInvoice>, reading: Reading): Promise<WindowRead> {
  const { deadline, progress } = reading;
  for (const found of items) {
    if (deadline.remainingMs() <= 0) return { kind: 'stopped', why: 'no-time-left' };
    progress.seen += 1;
    if (await recordChange(found, reading.environment, reading)) progress.recorded += 1;
  }
  return { kind: 'whole' };
}

const stopped = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): WindowRead => ({
  kind: 'stopped',
  why: outcome.kind === 'not-done' ? outcome.reason : outcome.kind,
});
