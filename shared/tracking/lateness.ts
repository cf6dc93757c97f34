import { parisDay } from '../chorus-pro/dates.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import { dayMs } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { frenchAmount, frenchDate } from '../invoice/amounts.ts';
import type { InvoiceInChorusPro } from '../ledger/record.ts';
import type { Told } from '../ledger/transition.ts';

/** When an unpaid invoice counts as late, and when an invoice without news is looked up. */

type Payable = Pick<InvoiceInChorusPro, 'submittedAt' | 'lateToldAt' | 'paidBefore' | 'type' | 'amount'>;

/** The last day on which the payment is in time: ISO, in Paris's calendar. */
const lastDayOf = (submittedAt: string): string => parisDay(new Date(Date.parse(submittedAt) + timings.paymentTerm.ms));

/** From when an invoice is late, in epoch milliseconds. Undefined once the ERP has been told, or if nothing is due. */
function lateFrom({ submittedAt, lateToldAt, paidBefore, type, amount }: Payable): number | undefined {
  const nothingDue = type === 'credit-note' || amount === '0.00' || paidBefore;
  if (lateToldAt !== undefined || nothingDue) return undefined;
  return Date.parse(submittedAt) + timings.paymentTerm.ms + dayMs;
}

/** While the recipient waits for the supplier, the payment term is suspended and the invoice is not late. */
export function isLate(record: Payable & Pick<InvoiceInChorusPro, 'status'>, now: Date): boolean {
  const from = lateFrom(record);
  const waitsForSupplier = meaningOf(record.status.code).actor === 'supplier';
  return from !== undefined && now.getTime() >= from && !waitsForSupplier;
}

/** The event for a late invoice: since when it is late, by how many days, and how much is due. */
export function lateTold({ submittedAt, amount, currency }: InvoiceInChorusPro, now: Date): Told {
  const dueDate = lastDayOf(submittedAt);
  const days = Math.round((Date.parse(parisDay(now)) - Date.parse(dueDate)) / dayMs);
  const frenchSum = `${frenchAmount(amount)}\u00a0${currency === 'EUR' ? '€' : currency}`;
  return {
    type: 'late',
    late: { dueDate, days },
    message: {
      fr: `Facture non payée ${days} ${days === 1 ? 'jour' : 'jours'} après l’échéance légale du ${frenchDate(dueDate)} : ${frenchSum}.`,
      en: `Not paid ${days} ${days === 1 ? 'day' : 'days'} after the legal due date of ${dueDate}: ${amount} ${currency}.`,
    },
  };
}

/** When a poll must next look at a followed invoice without news: to look it up, or to report it late. ISO instant. */
export function nextCheck(record: Payable, now: Date): string {
  const late = lateFrom(record);
  const lookUp = now.getTime() + timings.silentInvoice.ms;
  const next = late === undefined || late <= now.getTime() ? lookUp : Math.min(lookUp, late);
  return new Date(next).toISOString();
}
