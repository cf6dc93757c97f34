import { describe, expect, it } from 'vitest';
import { dueIndex, listIndex, openIndex, watchIndex } from '../../../shared/ledger/dynamodb-ledger.ts';
import type { LedgerRecord } from '../../../shared/ledger/record.ts';
import { storedOf } from '../../../shared/ledger/stored-record.ts';
import { placeOf } from '../../../shared/lists/places.ts';
import { readsOfInvoice, unitsOfInvoice } from '../../../tools/docs/cost-page.ts';
import { oneInvoice } from '../../../tools/docs/scale-demand.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

/** As DynamoDB counts an item: names and values in UTF-8, three bytes for a list or a map, and one for each entry. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((all: number, one) => all + 1 + bytesOf(one), 3);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((all, [name, one]) => all + 1 + Buffer.byteLength(name) + bytesOf(one), 3);
}

/** A record as the store writes it. */
function itemOf(record: LedgerRecord) {
  const { place, at: listedAt } = placeOf(record);
  return { ...storedOf(record), list: `${record.connection}#${place}`, listedAt };
}
type Item = ReturnType<typeof itemOf>;

const unitsOf = (item: Item | undefined): number => Math.ceil((item ? bytesOf(item) : 0) / 1024);

/** What an entry of each index is found by, beside the connection. */
const keys: Readonly<Record<string, (item: Item) => string | undefined>> = {
  [dueIndex]: ({ dueAt }) => dueAt,
  [watchIndex]: ({ watchAt }) => watchAt,
  [openIndex]: ({ openSince }) => openSince,
  [listIndex]: ({ list, listedAt }) => `${list} ${listedAt}`,
};

/** An entry of an index is put, deleted, or, if its key changes, both. */
const moves = (before: string | undefined, after: string | undefined): number =>
  before === after ? 0 : [before, after].filter(Boolean).length;

interface Counted {
  reads: number;
  writes: number;
  units: Record<string, number>;
  last: Item | undefined;
}

/** Counts what the ledger's table and its indexes would be charged with for one invoice. */
function countWrites({ ledger }: Relay, number: string): Counted {
  const counted: Counted = {
    reads: 0,
    writes: 0,
    units: { table: 0, due: 0, watch: 0, open: 0, list: 0 },
    last: undefined,
  };
  const write = ledger.write.bind(ledger);
  const get = ledger.get.bind(ledger);
  ledger.get = (pk) => {
    if (pk.endsWith(number)) counted.reads += 1;
    return get(pk);
  };
  const add = (where: string, units: number) => (counted.units[where] = (counted.units[where] ?? 0) + units);
  ledger.write = async (wanted) => {
    const { record } = wanted;
    if (record.number !== number) return write(wanted);
    const { last } = counted;
    const item = itemOf(record);
    add('table', Math.max(unitsOf(last), unitsOf(item)));
    for (const [index, key] of Object.entries(keys)) add(index, moves(last && key(last), key(item)));
    counted.writes += 1;
    counted.last = item;
    return write(wanted);
  };
  return counted;
}

const callsOf = ({ model }: Relay): number =>
  Object.entries(model.effects.calls).reduce((all, [path, calls]) => (path.includes('token') ? all : all + calls), 0);

describe('one invoice, from its command to its payment', () => {
  it('takes what the pages on costs and scale count', async () => {
    const world = relay();
    // Another one before it: the directory has the recipient, and the connection has its place among the calls.
    await world.submit(submitCommand({ invoice: { number: 'F-FIRST' } }));
    await world.poll();
    const before = callsOf(world);
    const counted = countWrites(world, 'F-2026-0001');
    await world.submit(submitCommand());
    expect(callsOf(world) - before).toBe(oneInvoice.calls);
    expect(counted.writes).toBe(3);
    const follow = async () => {
      world.advance(20);
      await world.poll();
    };
    // Chorus Pro itself passes it on first.
    await follow();
    for (const status of ['MISE_A_DISPOSITION', 'MANDATEE', 'MISE_EN_PAIEMENT'] as const) {
      world.model.setStatus('F-2026-0001', status);
      await follow();
    }
    expect(counted.last).toMatchObject({ state: 'settled', sequence: oneInvoice.events });
    expect(counted.writes).toBe(11);
    expect(counted.units).toEqual(unitsOfInvoice);
    expect(counted.reads).toBe(readsOfInvoice);
    expect(bytesOf(counted.last)).toBe(oneInvoice.bytes);
    const { pk, list, listedAt } = counted.last ?? {};
    expect(bytesOf({ pk, list, listedAt })).toBe(oneInvoice.entry);
  });
});
