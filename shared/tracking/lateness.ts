import { parisDay } from '../chorus-pro/dates.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import { dayMs } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { InvoiceInChorusPro } from '../ledger/record.ts';
import type { Told } from '../ledger/transition.ts';

/** When an invoice that nobody pays is late, and when one of which nothing is heard is looked up. */

type Payable = Pick<InvoiceInChorusPro, 'submittedAt' | 'lateToldAt' | 'type' | 'amount'>;

/** The last day on which the payment is in time, Paris's calendar, ISO. */
const lastDayOf = (submittedAt: string): string => parisDay(new Date(Date.parse(submittedAt) + timings.paymentTerm.ms));

/** From when on an invoice is late; never again once that was told. */
function lateFrom({ submittedAt, lateToldAt, type, amount }: Payable): number | undefined {
  const nothingDue = type === 'credit-note' || amount === '0.00';
  if (lateToldAt !== undefined || nothingDue) return undefined;
  return Date.parse(submittedAt) + timings.paymentTerm.ms + dayMs;
}

/** The term stands still while the recipient waits for the supplier: nobody else is late then. */
export function isLate(record: Payable & Pick<InvoiceInChorusPro, 'status'>, now: Date): boolean {
  const from = lateFrom(record);
  const waitsForSupplier = meaningOf(record.status.code).actor === 'supplier';
  return from !== undefined && now.getTime() >= from && !waitsForSupplier;
}

/** What is told of an invoice that is late: since when, by how many days, how much. */
export function lateTold({ submittedAt, amount, currency }: InvoiceInChorusPro, now: Date): Told {
  const dueDate = lastDayOf(submittedAt);
  const days = Math.round((Date.parse(parisDay(now)) - Date.parse(dueDate)) / dayMs);
  const sum = ` : ${amount} ${currency}`;
  return {
    type: 'late',
    late: { dueDate, days },
    message: {
      fr: `Facture non payée ${days} ${days === 1 ? 'jour' : 'jours'} après l’échéance légale du ${dueDate}${sum}.`,
      en: `Not paid ${days} ${days === 1 ? 'day' : 'days'} after the legal term of ${dueDate}${sum}.`,
    },
  };
}

/** When a followed invoice needs attention of its own: to be looked up, or to be told late. */
export function nextCheck(record: Payable, now: Date): string {
  const late = lateFrom(record);
  const lookUp = now.getTime() + timings.silentInvoice.ms;
  const next = late === undefined || late <= now.getTime() ? lookUp : Math.min(lookUp, late);
  return new Date(next).toISOString();
}
