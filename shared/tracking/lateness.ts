import { parisDay } from '../chorus-pro/dates.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import type { Told } from '../ledger/transition.ts';
import type { LedgerRecord } from '../ledger/record.ts';

/**
 * The State and local bodies pay within thirty days of receiving the invoice (code de la commande publique, art. R. 2192-10);
 * hospitals have 50 days and public enterprises 60 (R. 2192-11), which Chorus Pro's directory does not tell apart. [R]
 */
const paymentTermDays = 30;
const dayMs = 24 * 3_600_000;

/** The last day on which the payment is in time, Paris's calendar, ISO. */
const lastDayOf = (submittedAt: string): string =>
  parisDay(new Date(Date.parse(submittedAt) + paymentTermDays * dayMs));

/** From when on an invoice is late; nothing once it was told. */
export function lateFrom({ submittedAt, lateToldAt, type, amount }: LedgerRecord): number | undefined {
  const nothingDue = type === 'credit-note' || amount === '0.00';
  if (submittedAt === undefined || lateToldAt !== undefined || nothingDue) return undefined;
  return Date.parse(submittedAt) + (paymentTermDays + 1) * dayMs;
}

/** The term stands still while the recipient waits for the supplier: then nobody else is late. */
export function isLate(record: LedgerRecord, now: Date): boolean {
  const from = lateFrom(record);
  const waits = record.status && meaningOf(record.status.code).actor === 'supplier';
  return from !== undefined && now.getTime() >= from && !waits;
}

/** What is told of an invoice that is late: since when, by how many days, how much. */
export function lateTold({ submittedAt = '', amount, currency }: LedgerRecord, now: Date): Told {
  const dueDate = lastDayOf(submittedAt);
  const days = Math.round((Date.parse(parisDay(now)) - Date.parse(dueDate)) / dayMs);
  const sum = amount === undefined ? '' : ` : ${amount} ${currency ?? 'EUR'}`;
  return {
    type: 'late',
    late: { dueDate, days },
    message: {
      fr: `Facture non payée ${days} ${days === 1 ? 'jour' : 'jours'} après l’échéance légale du ${dueDate}${sum}.`,
      en: `Not paid ${days} ${days === 1 ? 'day' : 'days'} after the legal term of ${dueDate}${sum}.`,
    },
  };
}
