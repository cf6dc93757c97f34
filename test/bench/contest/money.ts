/** What a thousand invoices cost at AWS: counts of this run and of the cost page, and its one table of prices. */
import { dollarsOf, sum, thousandInvoices } from '../../../tools/docs/cost-page.ts';
import type { PriceName } from '../../../tools/docs/prices.ts';
import type { Cell } from './contest.ts';

export interface Item {
  what: string;
  price: PriceName;
  count: number;
}

const gigabytes = 1;

/** In a function of 1 GB. */
const secondsOf = ({ of }: Cell, side: 'ours' | 'usual'): number => of[side].wall.median * gigabytes;
const logsOf = ({ of }: Cell, side: 'ours' | 'usual'): number => (of[side].logBytes.median * 1_000) / 1e9;

/** What a batch costs once, however many invoices it has: AWS's services use a key of KMS again for some minutes. */
const onceABatch: ReadonlySet<PriceName> = new Set(['keyRequests', 'trace']);

/** As the cost page counts, but for what was measured here. What is stored for years is left out on both sides. */
export const ourItems = (cell: Cell): Item[] =>
  thousandInvoices.flatMap((item) => {
    if (item.price === 'storage') return [];
    if (item.price === 'compute')
      return [{ ...item, what: 'GB-seconds, measured here', count: secondsOf(cell, 'ours') }];
    if (item.price === 'logs') return [{ ...item, what: 'GB of logs, measured here', count: logsOf(cell, 'ours') }];
    return [onceABatch.has(item.price) ? { ...item, count: item.count / cell.load.batch } : item];
  });

/** Memory that a function may have, in MB; with the last it has a whole processor. [AWS: Lambda quotas] */
export const memories = [256, 512, 1_024, 1_769] as const;
const wholeProcessor = 1_769;

/** What a thousand invoices take in a function of that memory: reckoned, as if only its own work took longer. */
export function inMemory(megabytes: number, { of, load }: Cell): { seconds: number; dollars: number } {
  const { work, wall } = of.ours;
  const waiting = Math.max(0, wall.median - work.median);
  const slower = Math.max(1, wholeProcessor / megabytes);
  const ofOne = (waiting + work.median * slower) / 1_000;
  return { seconds: ofOne * load.batch, dollars: dollarsOf(1_000 * ofOne * (megabytes / 1_024), 'compute') };
}

/** Days to payment. */
export const spans = [4, 30] as const;

/** Each invoice is asked for by itself, every six hours: a call of 0.3 s in a function of 256 MB, and its record. */
const asksADay = 4;
const ask: readonly { price: PriceName; count: number }[] = [
  { price: 'compute', count: 0.3 * 0.25 },
  { price: 'invocation', count: 1 },
  { price: 'read', count: 1 },
];

export function usualItems(cell: Cell, days: number): Item[] {
  const asks = 1_000 * asksADay * days;
  return [
    { what: 'GB-seconds, measured here', price: 'compute', count: secondsOf(cell, 'usual') },
    { what: 'GB of logs, measured here', price: 'logs', count: logsOf(cell, 'usual') },
    { what: 'writes: idempotency twice, a status for each of five', price: 'write', count: 7_000 },
    { what: 'documents', price: 'object', count: 1_000 },
    { what: 'requests to the queues', price: 'queue', count: 10_000 },
    ...ask.map(({ price, count }) => ({ what: `asking ${asksADay} times a day`, price, count: count * asks })),
  ];
}

export const dollarsOfItems = (items: readonly Item[]): number =>
  sum(items.map(({ price, count }) => dollarsOf(count, price)));
