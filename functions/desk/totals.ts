/** What recipients owe, and when it is expected: counted over rows of the list. */
import Big from 'big.js';
import { inCents, sum } from '../../shared/invoice/amounts.ts';
import { daysBetween } from '../../shared/tracking/retentions.ts';
import { mondayOf } from './pages/filters.ts';
import type { ListedRow } from './pages/invoice-lists.ts';
import type { RecipientTotal } from './pages/recipients.ts';
import type { Week } from './pages/weeks.ts';

type Owed = RecipientTotal['outstanding'];

/** By currency; nothing where nothing is owed. */
const owedOf = (rows: readonly ListedRow[]): Owed =>
  [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, its]) => ({
    amount: inCents(sum(its.map(({ owed }) => owed))),
    currency,
  }));

/** From the deposit to the payment, in whole days. */
function averageDays(rows: readonly ListedRow[]): number | undefined {
  const days = rows.flatMap(({ submittedOn, paidOn, type }) =>
    submittedOn === undefined || paidOn === undefined || type === 'credit-note'
      ? []
      : [daysBetween(submittedOn, paidOn)],
  );
  return days.length === 0 ? undefined : Math.round(days.reduce((all, one) => all + one, 0) / days.length);
}

function totalOf(recipient: string, rows: readonly ListedRow[]): RecipientTotal {
  const unpaid = rows.filter((row) => row.unpaid);
  // A credit note lessens what is owed, and nobody waits for its payment.
  const invoices = unpaid.filter(({ type }) => type !== 'credit-note');
  const [oldest] = invoices.flatMap(({ issueDate }) => issueDate ?? []).sort();
  return {
    recipient,
    recipientName: rows.find(({ recipientName }) => recipientName !== undefined)?.recipientName,
    count: invoices.length,
    outstanding: owedOf(unpaid),
    late: owedOf(unpaid.filter(({ late }) => late)),
    oldest,
    averageDays: averageDays(rows),
  };
}

/** In euros alone, to put them in order. */
const eurosOf = ({ outstanding }: RecipientTotal): Big =>
  Big(outstanding.find(({ currency }) => currency === 'EUR')?.amount ?? 0);

/** Those that owe most come first; who owes nothing is there for the days that it takes to pay. */
export const recipientTotals = (rows: readonly ListedRow[]): RecipientTotal[] =>
  [...Map.groupBy(rows, ({ recipient }) => recipient)]
    .flatMap(([recipient, its]) => (recipient === undefined ? [] : [totalOf(recipient, its)]))
    .sort((a, b) => eurosOf(b).cmp(eurosOf(a)));

/**
 * What is unpaid in euros, by the week in which it is due, or expected to be; at the end, what has no due date yet: so
 * that it adds up to what recipients owe. @param today ISO
 */
export function weeksAhead(rows: readonly ListedRow[], today: string): Week[] {
  const expected = rows
    .filter(({ unpaid, currency }) => unpaid && currency === 'EUR')
    .map(({ dueDate, expectedDue, owed }) => ({ due: dueDate ?? expectedDue, owed }));
  return [...Map.groupBy(expected, ({ due }) => due && mondayOf(due))]
    .map(([monday, its]) => ({
      monday,
      invoices: its.length,
      amount: inCents(sum(its.map(({ owed }) => owed))),
      isPast: monday !== undefined && monday < mondayOf(today),
    }))
    .sort((a, b) => (a.monday ?? last).localeCompare(b.monday ?? last));
}

/** After every day. */
const last = '9999';
