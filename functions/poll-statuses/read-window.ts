import { type Deadline, isServiceFailure } from '../../shared/aws/runtime.ts';
import type { List } from '../../shared/chorus-pro/readings.ts';
import { type Outcome, whyNot } from '../../shared/chorus-pro/outcome.ts';
import type { FoundInvoice, Page, Paging, Period } from '../../shared/chorus-pro/search.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { type ConnectionSettings, isIssuer } from '../../shared/connection/settings.ts';
import { invoiceKey, yearOf } from '../../shared/ledger/record.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import { withLateness } from '../../shared/tracking/lateness.ts';
import { isTracked, ownInvoiceAmong } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll, PollReport } from './dependencies.ts';
import type { Followed } from './works-documents.ts';

/** What a poll reads, with what, and what it has read so far. */
export interface Reading extends Poll {
  list: List;
  settings: ConnectionSettings;
  deadline: Deadline;
  paging: Paging;
  /** `windows`: how many periods were read whole. */
  progress: Pick<PollReport, 'seen' | 'recorded'> & { windows: number };
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
  const { chorusPro, list, paging } = reading;
  const changes = list.changes(chorusPro);
  const ask = (page: number) => changes(period, page, paging);
  const first = await ask(1);
  if (first.kind !== 'accepted') return stopped(first);
  const { pages, isCut } = first.value;
  if (isCut || pages * paging.size >= paging.ceiling) return { kind: 'too-much' };
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
    const moved = await recordChange(found, reading.settings.environment, reading);
    if (moved) progress.recorded += 1;
    const isOurs = moved || isIssuer(reading.settings, found.supplierSiret);
    if (found.works && isOurs && (await followAlone(found, moved, reading)) === 'no-answer')
      return { kind: 'stopped', why: 'no-answer' };
  }
  return { kind: 'whole' };
}

const stopped = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): WindowRead => ({
  kind: 'stopped',
  why: whyNot(outcome),
});

/** A works document that cannot be followed does not keep the others from it. */
async function followAlone(found: FoundInvoice, moved: boolean, reading: Reading): Promise<Followed> {
  try {
    const { followWorks } = await import('./works-documents.ts');
    return await followWorks(found, moved, reading);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    tellFault(reading.dependencies.telemetry, error, { subject: found.number });
    return 'followed';
  }
}

/** A few times, in case another poll or the sender writes at the same moment. */
const tries = 3;

/**
 * Records one row of the search. A record that cannot be read must not keep the others from moving; a service that does
 * not answer ends the poll.
 * @returns whether the ledger moved
 */
async function recordChange(found: FoundInvoice, environment: string, poll: Reading): Promise<boolean> {
  try {
    return await record(found, environment, poll);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    tellFault(poll.dependencies.telemetry, error, { subject: found.number });
    return false;
  }
}

async function record(found: FoundInvoice, environment: string, reading: Reading): Promise<boolean> {
  if (meaningOf(found.status).effect === 'none') return false;
  const key = { environment, supplier: found.supplierSiret, number: found.number };
  const dated = found.issueDate === undefined ? [] : [invoiceKey({ ...key, year: yearOf(found.issueDate) })];
  for (const pk of [invoiceKey(key), ...dated]) if (await recordUnder(pk, found, reading)) return true;
  return false;
}

async function recordUnder(key: string, found: FoundInvoice, reading: Reading): Promise<boolean> {
  const { dependencies, chorusPro, settings } = reading;
  const { ledger, now } = dependencies;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const known = await ledger.get(key);
    // Sent by other means, or in the hands of its sender, who writes the outcome itself; or not ours, despite its
    // number.
    if (!known || !isTracked(known) || !ownInvoiceAmong(known, [found])) return false;
    // Two connections may share an account. What follows a works document is told to the one that moves it.
    if (found.works && known.connection !== settings.name && !isIssuer(settings, found.supplierSiret)) return false;
    const seen = await withHistory(known, await withLateness(known, found, reading), chorusPro, now());
    const recorded = await recordStatus(dependencies, known, seen);
    if (recorded !== 'conflict') return recorded === 'recorded';
  }
  return false;
}
