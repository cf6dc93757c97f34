/** Interest for late payment (intérêts moratoires) as the code de la commande publique counts it, to the cent. */
import Big from 'big.js';
import { dayMs, type Fact } from '../facts/fact.ts';
import { halfYearOf, refinancingRates } from '../facts/refinancing-rates.ts';
import { type Decimal, inCents, toCent } from '../invoice/amounts.ts';
import type { RecordView } from '../ledger/record.ts';

/** The rules that the computation follows. docs/payment-terms.md shows them. */
export const interestFacts = {
  marginPoints: {
    value: '8',
    mark: 'V-3P',
    source: 'code de la commande publique, art. R. 2192-31, as third parties reproduce it in full',
  },
  indemnity: {
    value: '40.00',
    mark: 'V-3P',
    source: 'code de la commande publique, art. D. 2192-35, as third parties cite it',
  },
  daysOfYear: {
    value: 365,
    mark: 'V-3P',
    source: 'the formula of guides for local authorities and buyers, which know no other divisor for a leap year',
  },
  daysToPayInterest: {
    value: 45,
    mark: 'V-3P',
    source: 'code de la commande publique, art. R. 2192-36, as third parties reproduce it in full',
  },
  base: {
    value: 'the amount due: with VAT, less retentions, penalties, advances and what is already paid',
    mark: 'INF',
    source:
      'décret 2002-232, art. 5, which came before the code: the total with VAT less the retention, after penalties; art. R. 2192-32 and 33 were not read',
  },
  lastDay: {
    value: 'the day on which the payment was issued counts',
    mark: 'INF',
    source:
      'décret 2002-232, art. 5: until the “date de mise en paiement du principal incluse”; R. 2192-32 was not read',
  },
} as const satisfies Record<string, Fact<string | number>>;

/** What is owed, and the last day on which its payment is in time: ISO. */
export interface Debt {
  type: 'invoice' | 'credit-note';
  /** Amount due. */
  amount: Decimal;
  currency: string;
  dueDate: string;
}

/** In percent a year. */
export interface InterestRate {
  /** The ECB’s, and the first day of the half-year on which it was in force. */
  refinancing: Decimal;
  halfYear: string;
  /** With the eight points. */
  total: Decimal;
  /** Nobody has checked it against the ECB’s own table. */
  isToCheck: boolean;
}

export interface Interest {
  /** The first and the last day that count: ISO. */
  since: string;
  until: string;
  days: number;
  /** Owed once, in euros. */
  indemnity: Decimal;
  /** Absent if the table has no rate for the half-year in which it began to run. Euros, to the cent. */
  run?: { rate: InterestRate; amount: Decimal; perDay: Decimal };
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** @param day ISO, on which the interest begins to run; the rate stays until the payment */
export function interestRateOn(day: string): InterestRate | undefined {
  const halfYear = halfYearOf(day);
  const known = refinancingRates[halfYear];
  if (!known) return undefined;
  const total = Big(known.value).plus(interestFacts.marginPoints.value).toFixed(2);
  return { refinancing: known.value, halfYear, total, isToCheck: known.mark !== 'V-3P' };
}

/** Whether interest can run on it at all: the relay counts none on another currency than the euro. */
export const bearsInterest = ({ type, amount, currency }: Omit<Debt, 'dueDate'>): boolean =>
  type === 'invoice' && currency === 'EUR' && Big(amount).gt(0);

/**
 * What is owed for a late payment. From the day after the last day in time to the day of the payment, both included
 * (L. 2192-13, R. 2192-32), at the rate of the half-year in which it began (R. 2192-31).
 * @param until ISO: the day on which the payment was issued, or today
 * @returns undefined if nothing is
 */
export function interestOn(debt: Debt, until: string): Interest | undefined {
  const since = dayAfter(debt.dueDate);
  if (!bearsInterest(debt) || until < since) return undefined;
  const days = Math.round((Date.parse(until) - Date.parse(debt.dueDate)) / dayMs);
  const rate = interestRateOn(since);
  const owed = { since, until, days, indemnity: interestFacts.indemnity.value };
  return rate ? { ...owed, run: { rate, ...amountsAt(rate, debt.amount, days) } } : owed;
}

function amountsAt({ total }: InterestRate, amount: Decimal, days: number): { amount: Decimal; perDay: Decimal } {
  // Rounded once, at the end: what a day bears is only shown.
  const ofDays = (count: number) =>
    toCent(
      Big(amount)
        .times(total)
        .times(count)
        .div(interestFacts.daysOfYear.value * 100),
    );
  return { amount: inCents(ofDays(days)), perDay: inCents(ofDays(1)) };
}

/** A record, as far as it says what its payment is or was late. */
export type Overdue = Pick<
  RecordView,
  'state' | 'type' | 'amount' | 'currency' | 'paymentDue' | 'lateToldAt' | 'paidBefore' | 'paidLateOn'
>;

/**
 * What is owed for an invoice of the ledger: one that was told to be late, as it is today, or one that was paid late.
 * @param today ISO, in Paris's calendar
 */
export function interestOf(record: Overdue, today: string): Interest | undefined {
  const { state, type, amount, currency, paymentDue: dueDate, lateToldAt, paidBefore, paidLateOn } = record;
  const isUnpaid = state === 'followed' && lateToldAt !== undefined && !paidBefore;
  const until = state === 'rejected' ? undefined : (paidLateOn ?? (isUnpaid ? today : undefined));
  if (until === undefined || dueDate === undefined) return undefined;
  if (type === undefined || amount === undefined || currency === undefined) return undefined;
  return interestOn({ type, amount, currency, dueDate }, until);
}
