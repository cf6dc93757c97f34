import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import type { Outcome } from '../chorus-pro/outcome.ts';
import type { FoundInvoice } from '../chorus-pro/search.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Reason } from '../invoice/reasons.ts';
import {
  type InvoiceInChorusPro,
  isInChorusPro,
  isNumberedPerYear,
  type LedgerRecord,
  type RecordIn,
  yearOf,
} from '../ledger/record.ts';
import { applyMove, type OutboxDependencies } from '../messaging/outbox.ts';

/** Finds a record's own invoice in Chorus Pro, and puts a record in doubt if we do not know whether it is there. */

/** An invoice that Chorus Pro has, or may have. */
export type Tracked = RecordIn<'in-doubt' | 'deposited'> | InvoiceInChorusPro;

export const isTracked = (record: LedgerRecord): record is Tracked =>
  isInChorusPro(record) || record.state === 'in-doubt' || record.state === 'deposited';

/**
 * Searches Chorus Pro for the record's invoice. @returns undefined if none of the invoices shown is the record's own
 */
export async function findOwnInvoice(
  record: Tracked,
  chorusPro: Pick<ChorusPro, 'invoicesWithNumber'>,
): Promise<Outcome<FoundInvoice | undefined>> {
  const found = await chorusPro.invoicesWithNumber(record.number);
  return found.kind === 'accepted' ? { kind: 'accepted', value: ownInvoiceAmong(record, found.value) } : found;
}

/**
 * The record's own invoice among those with its number. There may be several: one that was rejected before the record
 * began is not ours but an earlier attempt, and an invoice that is not rejected goes before a rejected one.
 */
export function ownInvoiceAmong(record: Tracked, found: readonly FoundInvoice[]): FoundInvoice | undefined {
  if (isInChorusPro(record)) return found.find(({ chorusProId }) => chorusProId === record.chorusProId);
  const began = Date.parse(record.createdAt) - timings.clockSkew.ms;
  const isRejected = ({ status }: FoundInvoice) => meaningOf(status).effect === 'rejected';
  // The deposit's number identifies our file; after a doubt, several files may have been ours.
  const ours = record.state === 'deposited' && !record.doubt ? { depositId: record.depositId } : undefined;
  const candidates = found.filter(
    (invoice) =>
      invoice.number === record.number &&
      invoice.supplierSiret === record.supplier &&
      !isOfAnotherYear(record, invoice, began) &&
      (ours === undefined || invoice.depositId === ours.depositId) &&
      meaningOf(invoice.status).effect !== 'none' &&
      !(isRejected(invoice) && invoice.at !== undefined && invoice.at.getTime() < began),
  );
  const youngestFirst = candidates.sort((a, b) => b.chorusProId - a.chorusProId);
  return youngestFirst.find((invoice) => !isRejected(invoice)) ?? youngestFirst[0];
}

/**
 * Whether a supplier whose numbers begin anew each year has used the number for this invoice in another year. A few
 * days around New Year do not decide: a date may be read in another time zone. Without a date, an invoice whose status
 * is older than the record is not the record's own.
 */
function isOfAnotherYear(record: Tracked, { issueDate, at }: FoundInvoice, began: number): boolean {
  if (!isNumberedPerYear(record)) return false;
  if (issueDate === undefined) return at !== undefined && at.getTime() < began;
  const apart = Math.abs(Date.parse(issueDate) - Date.parse(record.issueDate));
  return yearOf(issueDate) !== yearOf(record.issueDate) && apart > timings.newYearSlack.ms;
}

/** After this many doubts about one invoice it is not chance: a person must look before it is sent again. */
export const mostDoubts = 10;

/** Why an invoice is in doubt whose lease ran out. */
export const diedWhileSending = 'the function that sent it ended before it wrote the outcome';

/**
 * From now on the invoice is not sent before the relay has looked for it in Chorus Pro. The refusal of a repeated
 * attempt is kept: perhaps it only means that the attempt before had succeeded.
 * @param why for the operator: the cause of the doubt
 */
export async function enterDoubt(
  dependencies: OutboxDependencies,
  record: RecordIn<'sending' | 'deposited'>,
  why: string,
  refusal?: Reason[],
): Promise<void> {
  const { telemetry, now } = dependencies;
  const at = now();
  const times = (record.doubt?.times ?? 0) + 1;
  const doubted = await applyMove(dependencies, record, {
    name: 'doubt',
    changes: {
      doubt: { since: at.toISOString(), why, times, ...(refusal ? { refusal } : {}) },
      nextStepAt: after(at, timings.firstLook),
    },
    events: [{ type: 'in-doubt' }],
  });
  if (!doubted) return;
  telemetry.warn('INVOICE_IN_DOUBT', { subject: record.subject, reason: why, attempt: record.attempts });
  telemetry.measure('InDoubt', 1, { connection: record.connection });
}
