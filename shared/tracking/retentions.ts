/** What recipients keep back of invoices for a time (retenue de garantie, compte prorata), and until when. */
import Big from 'big.js';
import type { ConnectionSettings } from '../connection/settings.ts';
import { dayMs } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { inCents, sum } from '../invoice/amounts.ts';
import type { Deduction } from '../invoice/deductions.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, RecordView, Release, Retention } from '../ledger/record.ts';

type Withheld = Pick<CompleteInvoice, 'type' | 'issueDate' | 'totals'>;

/** What is kept back of an invoice, for its record. */
export const retentionsOf = (
  { type, issueDate, totals }: Withheld,
  { retentions: { months } }: Pick<ConnectionSettings, 'retentions'>,
): Retention[] =>
  (totals.deductions ?? []).filter(isKept).map(({ name, amount, releaseDate }) => ({
    name,
    amount: inCents(amount),
    ...(type === 'invoice' && Big(amount).gt(0) ? heldUntil(releaseDate, monthsAfter(issueDate, months)) : {}),
  }));

/** What names the invoices that it releases is in their records. */
const isKept = ({ kind, amount, releases }: Deduction): boolean =>
  kind === 'retention' && !releases && !Big(amount).eq(0);

function heldUntil(said: string | undefined, counted: string): Omit<Retention, 'name' | 'amount'> {
  const until = said ?? counted;
  const notice = new Date(Date.parse(until) - timings.retentionNotice.ms).toISOString().slice(0, 10);
  return { until, remindAt: inTheMorning(notice), ...(said === undefined ? { expected: true } : {}) };
}

/** Who said on which day the works were accepted, and how many months the guarantee lasts from then. */
export interface SaidAcceptance {
  /** ISO day. */
  on: string;
  by: string;
  at: Date;
  months: number;
}

/**
 * A retention whose day is counted from the acceptance of the works.
 * @returns undefined if its command said the day, or if it is so already
 */
export function fromAcceptance(
  { expected, accepted, ...retention }: Retention,
  { on, by, at, months }: SaidAcceptance,
): Retention | undefined {
  const until = monthsAfter(on, months);
  if (!expected && !accepted) return undefined;
  if (accepted?.on === on && retention.until === until) return undefined;
  return { ...retention, ...heldUntil(until, until), accepted: { on, by, at: at.toISOString() } };
}

/** On a day of France, after its midnight in summer and in winter, and when people begin to work. */
export const inTheMorning = (day: string): string => `${day}T06:00:00.000Z`;

/** @param day ISO; a month that is too short for it gives its last day: 31 August + 6 months → 28 February */
export function monthsAfter(day: string, months: number): string {
  const start = new Date(Date.parse(day));
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay))).toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

/** A retention with what was released of it and what is still held: decimal strings, negative if it gives back. */
export interface Held extends Retention {
  released: string;
  held: string;
}

/** Whether an invoice counts: it was neither refused nor rejected. */
const stands = ({ state }: Pick<RecordView, 'state'>): boolean =>
  state !== 'refused' && state !== 'withheld' && state !== 'rejected';

/** What a record releases of another one's retentions, if its invoice stands. */
export const releasesOf = (pk: string, by: RecordView): Release[] =>
  stands(by) ? (by.releases ?? []).filter(({ of }) => of === pk) : [];

/** The records that release something of another one, by the key of that one. */
export function releasersOf(records: readonly RecordView[]): ReadonlyMap<string, RecordView[]> {
  const found = new Map<string, RecordView[]>();
  for (const record of records)
    for (const of of new Set(record.releases?.map((release) => release.of)))
      found.set(of, [...(found.get(of) ?? []), record]);
  return found;
}

/**
 * What is held of an invoice; nothing if it does not stand. Of several retentions with one name the first is released
 * first.
 * @param by the records that release its retentions
 */
export function heldOf(record: RecordView, by: readonly RecordView[]): Held[] {
  if (!stands(record)) return [];
  const releases = by.flatMap((one) => releasesOf(record.pk, one));
  const left = new Map<string, Big>();
  for (const { name, amount } of releases) left.set(name, (left.get(name) ?? Big(0)).plus(amount));
  return (record.retentions ?? []).map((retention) => {
    const amount = Big(retention.amount).times(record.type === 'credit-note' ? -1 : 1);
    const rest = left.get(retention.name) ?? Big(0);
    const released = amount.lt(0) ? Big(0) : amount.lt(rest) ? amount : rest;
    left.set(retention.name, rest.minus(released));
    return {
      ...retention,
      amount: inCents(amount),
      released: inCents(released),
      held: inCents(amount.minus(released)),
    };
  });
}

/** The records that are noted as releasing something of this one. */
export async function releasersIn(
  { releasedBy = [] }: LedgerRecord,
  ledger: Pick<Ledger, 'get'>,
): Promise<LedgerRecord[]> {
  const records = await Promise.all(releasedBy.map((pk) => ledger.get(pk)));
  return records.filter((record) => record !== undefined);
}

interface OverReleased {
  /** The key of the record that has the retention. */
  of: string;
  /** For the reason. `held`: but for what this invoice releases. */
  told: { name: string; number: string; held: string; stated: string; currency: string };
}

/** The retentions of a record of which an invoice would release more than others have left. */
export async function overReleased(
  holder: LedgerRecord,
  { pk, releases = [] }: Pick<RecordView, 'pk' | 'releases'>,
  ledger: Pick<Ledger, 'get'>,
): Promise<OverReleased[]> {
  const { number = '', currency = '' } = holder;
  const others = (await releasersIn(holder, ledger)).filter((by) => by.pk !== pk);
  const all = heldOf(holder, others);
  const own = releases.filter(({ of }) => of === holder.pk);
  return [...new Set(own.map(({ name }) => name))].flatMap((name) => {
    const held = sum(all.filter((one) => one.name === name && Big(one.held).gt(0)).map((one) => one.held));
    const stated = sum(own.filter((one) => one.name === name).map(({ amount }) => amount));
    return stated.gt(held)
      ? [{ of: holder.pk, told: { name, number, currency, held: inCents(held), stated: inCents(stated) } }]
      : [];
  });
}
