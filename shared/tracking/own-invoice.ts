import { parisDay } from '../chorus-pro/dates.ts';
import type { Outcome } from '../chorus-pro/outcome.ts';
import { type NumberSearch, worksWithNumber } from '../chorus-pro/readings.ts';
import type { FoundInvoice } from '../chorus-pro/search.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import {
  type InvoiceInChorusPro,
  invoiceKey,
  isInChorusPro,
  isNumberedPerYear,
  isWorksDocument,
  type LedgerRecord,
  type RecordIn,
  type State,
  yearOf,
} from '../ledger/record.ts';
import type { Move, Told } from '../ledger/transition.ts';
import { applyMove, type OutboxDependencies } from '../messaging/outbox.ts';

/** Finds a record's own invoice in Chorus Pro, and puts a record in doubt if we do not know whether it is there. */

type Doubt = RecordIn<'in-doubt'>['doubt'];

/** An invoice that Chorus Pro has, or may have. */
export type Tracked = RecordIn<'in-doubt' | 'deposited'> | InvoiceInChorusPro;

export const isTracked = (record: LedgerRecord): record is Tracked =>
  isInChorusPro(record) || record.state === 'in-doubt' || record.state === 'deposited';

/**
 * Searches Chorus Pro for the record's invoice. @returns undefined if none of the invoices shown is the record's own
 */
export async function findOwnInvoice(
  record: Tracked,
  chorusPro: NumberSearch,
): Promise<Outcome<FoundInvoice | undefined>> {
  const found = await (isWorksDocument(record)
    ? worksWithNumber(record, chorusPro)
    : chorusPro.invoicesWithNumber(record.number));
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
  const deposit = record.state === 'deposited' && !record.doubt ? record : undefined;
  const candidates = found.filter(
    (invoice) =>
      invoice.number === record.number &&
      invoice.supplierSiret === record.supplier &&
      !isOfAnotherYear(record, invoice, began) &&
      (deposit === undefined || isFrom(deposit, invoice)) &&
      meaningOf(invoice.status).effect !== 'none' &&
      !(isRejected(invoice) && invoice.at !== undefined && invoice.at.getTime() < began),
  );
  const youngestFirst = candidates.sort((a, b) => b.chorusProId - a.chorusProId);
  return youngestFirst.find((invoice) => !isRejected(invoice)) ?? youngestFirst[0];
}

/** A works document may be shown without its deposit: then it is ours unless its status is older than the deposit. */
function isFrom(deposit: RecordIn<'deposited'>, { depositId, hidesDeposit, at }: FoundInvoice): boolean {
  if (!hidesDeposit || !isWorksDocument(deposit)) return depositId === deposit.depositId;
  return at === undefined || at.getTime() >= Date.parse(deposit.depositedAt) - timings.clockSkew.ms;
}

/**
 * Whether a supplier whose numbers begin anew each year has used the number for this invoice in another year. At New
 * Year a date that is a day earlier does not decide: it may be read in another time zone. Then, and without a date, an
 * invoice whose status is older than the record is not the record's own.
 */
function isOfAnotherYear(record: Tracked, { issueDate, at }: FoundInvoice, began: number): boolean {
  if (!isNumberedPerYear(record)) return false;
  const isOlder = at !== undefined && at.getTime() < began;
  if (issueDate === undefined) return isOlder;
  if (yearOf(issueDate) === yearOf(record.issueDate)) return false;
  const earlierBy = Date.parse(record.issueDate) - Date.parse(issueDate);
  return isOlder || earlierBy < 0 || earlierBy > timings.newYearSlack.ms;
}

/**
 * Why Chorus Pro may refuse the number of a supplier whose numbers begin anew each year: it counts the year in which
 * an invoice is created, so December's invoice that is sent in January uses January's number (`numberingYear` in
 * shared/chorus-pro/facts.ts).
 */
export async function numberUsedThisYear(
  record: RecordIn<'sending' | 'deposited'>,
  { ledger, now }: Pick<OutboxDependencies, 'ledger' | 'now'>,
): Promise<Reason[]> {
  if (!isNumberedPerYear(record)) return [];
  const thisYear = yearOf(parisDay(now()));
  const ownYear = Number(yearOf(record.issueDate));
  const keys = [ownYear - 1, ownYear + 1].map((year) => invoiceKey({ ...record, year: String(year) }));
  const others = await Promise.all(keys.map((pk) => ledger.get(pk)));
  return others.flatMap((other) => {
    if (!other || !isInChorusPro(other) || yearOf(parisDay(new Date(other.submittedAt))) !== thisYear) return [];
    const { number: value, issueDate } = other;
    return [reason('number-used-this-year', 'invoice.number', { value, issueDate, year: thisYear })];
  });
}

/** After this many doubts about one invoice it is not chance: a person must look before it is sent again. */
const mostDoubts = 10;

/** The relay has given up sending: it has reported that it needs a person, and only keeps looking. */
export const isStuck = <Some extends { state: State; doubt?: Doubt | undefined }>(
  record: Some,
): record is Extract<Some, { state: 'in-doubt' }> =>
  record.state === 'in-doubt' && (record.doubt?.times ?? 0) >= mostDoubts;

/** Whether an earlier attempt may have taken effect, so that a refusal may only mean "already there". */
export const isRepeated = ({ doubt, attempts }: RecordIn<'sending' | 'deposited'>): boolean =>
  doubt !== undefined || attempts > 1;

/** Why an invoice is in doubt whose lease ran out. */
export const diedWhileSending = 'the function that sent it ended before it wrote the outcome';

/** What is known of a doubt's cause. */
interface Cause {
  /** Of a repeated attempt: perhaps it only means that the attempt before had succeeded. */
  refusal?: Reason[];
  /** Since when no call of the operation has been accepted, for any invoice. */
  failingSince?: string | undefined;
}

/**
 * From now on the invoice is not sent before the relay has looked for it in Chorus Pro.
 * @param why for the operator: the cause of the doubt
 */
export async function enterDoubt(
  dependencies: OutboxDependencies,
  record: RecordIn<'sending' | 'deposited'>,
  why: string,
  cause: Cause = {},
): Promise<void> {
  const { telemetry, now } = dependencies;
  const at = now();
  const doubted = await applyMove(dependencies, record, {
    name: 'doubt',
    changes: { doubt: nextDoubt(record, { why, ...cause }, at), nextStepAt: after(at, timings.firstLook) },
    // Told once: of a doubt that comes back, the ERP hears `failed` after a day, then daily.
    events: record.doubt && record.state === 'sending' ? [] : [{ type: 'in-doubt' }],
  });
  if (!doubted) return;
  telemetry.warn('INVOICE_IN_DOUBT', { subject: record.subject, reason: why, attempt: record.attempts });
  telemetry.measure('InDoubt', 1, { connection: record.connection });
}

function nextDoubt(
  record: RecordIn<'sending' | 'deposited'>,
  { why, refusal, failingSince }: Cause & { why: string },
  at: Date,
): Doubt {
  const since = at.toISOString();
  const before = record.doubt;
  // Only if another invoice has been accepted since the doubt before can this one be the cause.
  const counts = before === undefined || failingSince === undefined || failingSince > before.since;
  const onlyTurnedAway = refusal !== undefined && (before === undefined || before.turnedAway === true);
  const deposits = [...(before?.deposits ?? []), ...(record.state === 'deposited' ? [record.depositId] : [])];
  return {
    ...{ since, why, times: (before?.times ?? 0) + (counts ? 1 : 0) },
    began: before?.began ?? before?.since ?? since,
    ...(before?.toldAt ? { toldAt: before.toldAt } : {}),
    ...(refusal ? { refusal } : {}),
    ...(onlyTurnedAway ? { turnedAway: true } : {}),
    ...(deposits.length > 0 ? { deposits: [...new Set(deposits)] } : {}),
  };
}

/** Puts an invoice on again that the relay had given up: it is looked for at once, then sent if it is not there. */
export const retryMove = ({ doubt }: RecordIn<'in-doubt'>, now: Date): Move<'retry'> => ({
  name: 'retry',
  changes: { doubt: { ...doubt, times: 1 }, nextStepAt: now.toISOString() },
  events: [{ type: 'in-doubt' }],
});

/** The same for the ERP, which sent it again. @returns undefined if another writer was faster */
export async function retryStuck(
  dependencies: OutboxDependencies,
  record: RecordIn<'in-doubt'>,
  { messageIds, told }: { messageIds: string[]; told: Told },
): Promise<RecordIn<'in-doubt'> | undefined> {
  const { telemetry, now } = dependencies;
  const { changes, events = [], ...retry } = retryMove(record, now());
  const move = { ...retry, changes: { ...changes, messageIds }, events: [told, ...events] };
  const retried = await applyMove(dependencies, record, move);
  if (retried) telemetry.info('DOUBT_RETRIED', { subject: record.subject, attempt: record.attempts });
  return retried;
}
