import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, LedgerLists, ListQuery, Memory } from '../../shared/ledger/ledger.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { InvoiceDraft, Write } from '../../shared/ledger/transition.ts';
import { at, claim, draft, later, moved } from '../unit/ledger/records.ts';
import { ledgerEngines } from './ledger-engines.ts';

let keys = 0;
const fresh = (changes: Partial<InvoiceDraft> = {}): InvoiceDraft =>
  draft({ pk: `invoice#test#${(keys += 1)}`, ...changes });

describe.each(ledgerEngines(process.env['DYNAMODB_ENDPOINT']))('what people list, on $name', ({ open }) => {
  let ledger: Ledger & LedgerLists & Memory;
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    ({ ledger, close } = await open(() => at));
  });
  afterAll(() => close());

  const written = async <Some extends LedgerRecord>(write: Write<Some>): Promise<Some> => {
    expect(await ledger.write(write)).toBe('written');
    return write.record;
  };

  const keysAt = async (connection: string, place: string, query: Partial<ListQuery> = {}) =>
    (await ledger.list(connection, place, { limit: 100, ...query })).map(({ pk }) => pk);
  const three = (connection: string) =>
    Promise.all(
      [1, 2, 3].map((i) => written(claim(fresh({ connection, pk: `${connection}#${i}` }), later(60), later(i)))),
    );

  it('comes in its order, or the newest first, and from a certain instant on', async () => {
    await three('listed');
    expect(await keysAt('listed', 'under-way')).toEqual(['listed#1', 'listed#2', 'listed#3']);
    expect(await keysAt('listed', 'under-way', { newestFirst: true, limit: 2 })).toEqual(['listed#3', 'listed#2']);
    expect(await keysAt('listed', 'under-way', { since: later(2).toISOString() })).toEqual(['listed#2', 'listed#3']);
    expect(await keysAt('listed', 'paid')).toEqual([]);
    expect(await keysAt('nobody', 'under-way')).toEqual([]);
  });

  it.each([false, true])(
    'goes on after any entry, also of one that has moved (newest first: %s)',
    async (newestFirst) => {
      const connection = `paged-${String(newestFirst)}`;
      const records = await three(connection);
      const [first] = await ledger.list(connection, 'under-way', { newestFirst, limit: 1 });
      const others = records.map(({ pk }) => pk).filter((pk) => pk !== first?.pk);
      const next = { newestFirst, after: first };
      expect((await keysAt(connection, 'under-way', next)).sort()).toEqual(others);
      const moving = records.find(({ pk }) => pk === first?.pk);
      if (moving) await written(moved(moving, 'refuse', [], later(9)));
      expect((await keysAt(connection, 'under-way', next)).sort()).toEqual(others);
    },
  );

  it('has each record at one place, from which it moves with its state', async () => {
    const record = await written(claim(fresh({ connection: 'moving' })));
    expect(await ledger.list('moving', 'under-way', { limit: 9 })).toEqual([{ pk: record.pk, at: record.openSince }]);
    await written(moved(record, 'refuse', [], later(1)));
    expect(await keysAt('moving', 'under-way')).toEqual([]);
    expect(await keysAt('moving', 'refused-to-do')).toEqual([record.pk]);
  });

  it('is read by its keys in their order, however many, each once', async () => {
    const records = await Promise.all(Array.from({ length: 120 }, () => written(claim(fresh()))));
    const keys = records.map(({ pk }) => pk).reverse();
    const read = await ledger.getMany([...keys, 'invoice#never', ...keys]);
    expect(read).toEqual({ records: [...records].reverse(), unreadable: [] });
    expect(await ledger.getMany([])).toEqual({ records: [], unreadable: [] });
  });

  it.each(['', 'k'.repeat(2_049), 'é'.repeat(1_025)])('has nothing under a key that no item can have', async (pk) => {
    expect(await ledger.get(pk)).toBeUndefined();
    expect(await ledger.getMany([pk])).toEqual({ records: [], unreadable: [] });
    expect(await ledger.recall(pk.repeat(2))).toBeUndefined();
  });

  it('keeps what it lists a record by to itself', async () => {
    const record = await written(claim(fresh({ connection: 'apart' })));
    expect(await ledger.get(record.pk)).not.toHaveProperty('list');
  });

  it('recalls many names at once, without what is not there or has expired', async () => {
    await ledger.remember('many#a', { is: 'a' });
    await ledger.remember('many#b', { is: 'b' }, later(-60));
    const recalled = await ledger.recallMany(['many#a', 'many#b', 'many#c']);
    expect(recalled.get('many#a')).toEqual({ is: 'a' });
    expect([recalled.get('many#b'), recalled.get('many#c')]).toEqual([undefined, undefined]);
  });
});
