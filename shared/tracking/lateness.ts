import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { parisDay } from '../chorus-pro/dates.ts';
import type { PastStatus } from '../chorus-pro/search.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { dayMs, type Timing } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { sirenOf } from '../invoice/fields.ts';
import { type InvoiceInChorusPro, isInChorusPro, type LedgerRecord, type RecordView } from '../ledger/record.ts';

import { type Awaited, silenceFrom } from './works-turn.ts';

/** When an unpaid invoice counts as late, and when an invoice without news is looked up: docs/payment-terms.md. */

type Payable = Pick<
  InvoiceInChorusPro,
  'submittedAt' | 'paymentDue' | 'lateToldAt' | 'paidBefore' | 'type' | 'amount' | 'status'
>;

type PublicBody = NonNullable<ConnectionSettings['paymentTerms']['others']>;

const termOf: Readonly<Record<PublicBody, Timing>> = {
  'state-or-local': timings.paymentTerm,
  health: timings.paymentTermOfHealth,
  enterprise: timings.paymentTermOfEnterprises,
};

interface PaymentTerm {
  days: number;
  /** Nobody said what kind of body it is: it has no more days than these, and perhaps fewer. */
  isLongest: boolean;
}

/** How many days a recipient has to pay. */
export function paymentTermOf({ paymentTerms }: Pick<ConnectionSettings, 'paymentTerms'>, siret: string): PaymentTerm {
  const { recipients, others } = paymentTerms;
  const kind = recipients[siret] ?? recipients[sirenOf(siret)] ?? others;
  return { days: termOf[kind ?? 'enterprise'].amount, isLongest: kind === undefined };
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/**
 * The last day on which the payment is in time: ISO, in Paris's calendar. The term begins when the recipient has the
 * invoice (R. 2192-12 and R. 2192-15). The first suspension interrupts it (R. 2192-27); what was left of it, or the new
 * term, begins when the recipient has what it waited for (R. 2192-29). An invoice to recycle begins anew.
 * @param history oldest first
 * @returns undefined while no term runs, or if Chorus Pro does not say when a status was reached
 */
export function paymentDueOf(history: readonly PastStatus[], days: number): string | undefined {
  let left: number | undefined = days;
  let due: string | undefined;
  let wasInterrupted = false;
  for (const { status, at } of history) {
    if (!at) return undefined;
    const { actor, command, worksCommand } = meaningOf(status);
    const isSuspension = command === 'invoice.complete' || worksCommand === 'works.complete';
    if (command === 'invoice.recycle' || worksCommand === 'works.recycle') {
      left = days;
      due = undefined;
      wasInterrupted = false;
    } else if (isSuspension && due !== undefined && !wasInterrupted) {
      left = Math.max(daysBetween(parisDay(at), due), timings.newPaymentTerm.amount);
      due = undefined;
      wasInterrupted = true;
    } else if (actor === 'recipient' && left !== undefined) {
      due = daysAfter(parisDay(at), left);
      left = undefined;
    }
  }
  return due;
}

/**
 * When the payment is to be expected, before a history has said it: ISO. It counts from the submission, for the day on
 * which the recipient had the invoice is in the history only.
 * @returns undefined if no term may run, or if a new one has begun
 */
export function expectedDueOf(
  { submittedAt, status, answered }: Pick<RecordView, 'submittedAt' | 'status' | 'answered'>,
  days: number,
): string | undefined {
  if (submittedAt === undefined || status === undefined || answered) return undefined;
  const { actor } = meaningOf(status.code);
  return actor === 'recipient' || actor === 'chorus-pro' ? daysAfter(parisDay(new Date(submittedAt)), days) : undefined;
}

/** Whether a payment is awaited. */
const isOwed = ({ paidBefore, type, amount }: Pick<Payable, 'paidBefore' | 'type' | 'amount'>): boolean =>
  !paidBefore && type !== 'credit-note' && amount !== '0.00';

/** Whether being late still matters: something is due, and the ERP has not been told. */
const canBeLate = (record: Payable): boolean => record.lateToldAt === undefined && isOwed(record);

/**
 * From when an invoice may be late, in epoch milliseconds: no term is shorter than the first. At midnight in UTC, the
 * new day has begun in Paris.
 */
function mayBeLateFrom({ submittedAt, paymentDue }: Payable): number {
  if (paymentDue !== undefined) return Date.parse(paymentDue) + dayMs;
  return Date.parse(submittedAt) + timings.paymentTerm.ms + dayMs;
}

/** Whether to read an invoice's history, which alone says when it must be paid. */
export const mayBeLate = (record: Payable, now: Date): boolean =>
  canBeLate(record) && now.getTime() >= mayBeLateFrom(record);

/** While the recipient waits for the supplier, it is not late. */
export function isLate(record: Payable, now: Date): record is Payable & { paymentDue: string } {
  const waitsForSupplier = meaningOf(record.status.code).actor === 'supplier';
  return record.paymentDue !== undefined && mayBeLate(record, now) && !waitsForSupplier;
}

/** Where a recipient reports no payments, an invoice settles before it is paid, and may still be suspended. */
export const wasPaid = ({ state, status }: RecordView): boolean =>
  state === 'settled' && status !== undefined && meaningOf(status.code).effect === 'settled';

/** A payment that came after the last day of the term; all days ISO, in Paris's calendar. */
export interface LatePayment extends Pick<PaymentTerm, 'isLongest'> {
  dueDate: string;
  paidOn: string;
}

/**
 * Adds to the sighting of a payment that it came late. The last day that the ERP was told stays; else the history says
 * it, which is read only if the payment may have been late. Without an answer nothing is added.
 */
export async function withLateness<Sighting extends { status: string; at?: Date }>(
  record: LedgerRecord,
  seen: Sighting,
  {
    chorusPro,
    settings,
  }: { chorusPro: Pick<ChorusPro, 'historyOf'>; settings: Pick<ConnectionSettings, 'paymentTerms'> },
): Promise<Sighting & { late?: LatePayment }> {
  if (!isInChorusPro(record) || !isOwed(record) || wasPaid(record)) return seen;
  if (!seen.at || meaningOf(seen.status).effect !== 'settled') return seen;
  const paidOn = parisDay(seen.at);
  const { days, isLongest } = paymentTermOf(settings, record.recipient);
  const { paymentDue = daysAfter(parisDay(new Date(record.submittedAt)), days), lateToldAt } = record;
  if (paidOn <= paymentDue) return seen;
  const dueDate = lateToldAt === undefined ? await dueInHistory(record, chorusPro, days) : paymentDue;
  return dueDate === undefined || paidOn <= dueDate ? seen : { ...seen, late: { dueDate, isLongest, paidOn } };
}

async function dueInHistory(
  { chorusProId }: InvoiceInChorusPro,
  chorusPro: Pick<ChorusPro, 'historyOf'>,
  days: number,
): Promise<string | undefined> {
  const history = await chorusPro.historyOf(chorusProId);
  return history.kind === 'accepted' ? paymentDueOf(history.value, days) : undefined;
}

/**
 * When a poll must next look at a followed invoice without news: to look it up, to report it late, or since nobody has
 * answered a works document in time. ISO instant.
 */
export function nextCheck(record: Payable & Awaited, now: Date): string {
  const lookUp = now.getTime() + timings.silentInvoice.ms;
  const silence = silenceFrom(record);
  const awaited = [
    ...(canBeLate(record) ? [mayBeLateFrom(record)] : []),
    ...(silence === undefined ? [] : [Date.parse(silence)]),
  ];
  return new Date(Math.min(lookUp, ...awaited.filter((ms) => ms > now.getTime()))).toISOString();
}
