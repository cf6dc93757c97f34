import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { begin, type InvoiceDraft, type Write } from '../../shared/ledger/transition.ts';
import {
  at,
  claim,
  draft,
  later,
  moved,
  recordIn,
  rowOf,
  stateNames,
  transitionNames,
} from '../unit/ledger/records.ts';
import { ledgerEngines } from './ledger-engines.ts';
import { recordArbitrary } from './ledger-records.ts';

let keys = 0;
/** Every test has its own invoice: the engines live as long as the file. */
const fresh = (changes: Partial<InvoiceDraft> = {}): InvoiceDraft =>
  draft({ pk: `invoice#test#${(keys += 1)}`, ...changes });

describe.each(ledgerEngines(process.env['DYNAMODB_ENDPOINT']))('the ledger on $name', ({ open }) => {
  let ledger: Ledger & Memory;
  let item: (pk: string) => Promise<unknown>;
  let close = (): Promise<void> => Promise.resolve();
  let now = at;
  beforeAll(async () => {
    ({ ledger, item, close } = await open(() => now));
  });
  afterAll(() => close());

  const written = async (write: Write): Promise<LedgerRecord> => {
    expect(await ledger.write(write)).toBe('written');
    return write.record;
  };

  it('has nothing under a key that was never written', async () => {
    expect(await ledger.get('invoice#never')).toBeUndefined();
  });

  it('gives back what was written', async () => {
    const record = await written(claim(fresh()));
    expect(await ledger.get(record.pk)).toEqual(record);
  });

  it('leaves out what is undefined, however deep', async () => {
    const write = claim(fresh());
    const terms = { framework: 'A1', vatRegime: 'on-debits', recipientService: undefined } as const;
    expect(await ledger.write({ ...write, record: { ...write.record, terms } })).toBe('written');
    expect((await ledger.get(write.record.pk))?.terms).toEqual({ framework: 'A1', vatRegime: 'on-debits' });
  });

  it('begins a record once', async () => {
    const of = fresh();
    const first = await written(claim(of));
    expect(await ledger.write(claim(of))).toBe('conflict');
    expect(await ledger.get(of.pk)).toEqual(first);
  });

  it('moves no record that does not exist', async () => {
    const write = moved(claim(fresh()).record, 'release');
    expect(await ledger.write(write)).toBe('conflict');
    expect(await ledger.get(write.record.pk)).toBeUndefined();
  });

  it('replaces exactly the version that a move started from', async () => {
    const first = await written(claim(fresh()));
    const second = await written(moved(first, 'doubt', [], later(1)));
    expect(await ledger.write(moved(first, 'doubt', [], later(2)))).toBe('conflict');
    expect(await ledger.write(moved({ ...second, version: 7 }, 'look-again', [], later(2)))).toBe('conflict');
    expect(await ledger.get(first.pk)).toEqual(second);
  });

  it('lets one of two writers through, whoever it is', async () => {
    const first = await written(claim(fresh()));
    const rivals = Array.from({ length: 8 }, (_, i) => moved(first, 'doubt', [], later(i + 1)));
    const results = await Promise.all(rivals.map((rival) => ledger.write(rival)));
    expect(results.filter((result) => result === 'written')).toHaveLength(1);
    expect(await ledger.get(first.pk)).toEqual(rivals[results.indexOf('written')]?.record);
  });

  it('lets one of two beginners through', async () => {
    const of = fresh();
    const results = await Promise.all([1, 2, 3, 4].map(() => ledger.write(claim(of))));
    expect(results.filter((result) => result === 'written')).toHaveLength(1);
  });

  it.each(transitionNames)('refuses %s from any state that its table does not name', async (name) => {
    for (const state of stateNames) {
      const of = fresh();
      const before = await written({ ...claim(of), record: { ...recordIn(state), pk: of.pk } });
      const allowed = rowOf(name).from.includes(state);
      // As if the code had been wrong about the state: the store itself holds the table.
      const write: Write = {
        record: { ...before, version: 2, writeId: `${name}-${state}` },
        transition: name,
        replaces: 1,
      };
      expect([state, await ledger.write(write)]).toEqual([state, allowed ? 'written' : 'conflict']);
      expect((await ledger.get(of.pk))?.version).toBe(allowed ? 2 : 1);
    }
  });

  it('tells a writer whose reply was lost that its write is there', async () => {
    const first = claim(fresh());
    await written(first);
    expect(await ledger.write(first)).toBe('written');
    const second = moved(first.record, 'doubt', [], later(1));
    await written(second);
    expect(await ledger.write(second)).toBe('written');
    expect((await ledger.get(first.record.pk))?.version).toBe(2);
    expect(await ledger.write(first)).toBe('conflict');
  });

  describe('what is due', () => {
    const dueOf = (connection: string, minutes: number, limit = 100) =>
      ledger.due(connection, { before: later(minutes), limit });

    it('comes earliest first, and nothing before its time', async () => {
      const connection = 'ordered';
      for (const minutes of [30, 10, 20, 40])
        await written(claim(fresh({ connection, pk: `o#${minutes}` }), later(minutes)));
      expect(await dueOf(connection, 30)).toEqual(['o#10', 'o#20', 'o#30']);
      expect(await dueOf(connection, 9)).toEqual([]);
      expect(await dueOf(connection, 100, 2)).toEqual(['o#10', 'o#20']);
    });

    it('is each connection’s own', async () => {
      await written(claim(fresh({ connection: 'one', pk: 'c#1' }), later(1)));
      await written(claim(fresh({ connection: 'other', pk: 'c#2' }), later(1)));
      expect(await dueOf('one', 5)).toEqual(['c#1']);
      expect(await dueOf('none', 5)).toEqual([]);
    });

    it('does not hold what wants nothing, nor what no longer does', async () => {
      const connection = 'sparse';
      await written(claim(fresh({ connection })));
      const waiting = await written(claim(fresh({ connection }), later(1)));
      expect(await dueOf(connection, 5)).toEqual([waiting.pk]);
      await written(moved(waiting, 'refuse', [], later(2)));
      expect(await dueOf(connection, 5)).toEqual([]);
    });
  });

  describe('the oldest that is open', () => {
    it('is the connection’s own, until it comes to its end', async () => {
      const connection = 'open';
      expect(await ledger.oldestOpen(connection)).toBeUndefined();
      const first = await written(claim(fresh({ connection }), later(30), later(1)));
      await written(claim(fresh({ connection }), later(30), later(2)));
      await written(claim(fresh({ connection: 'other' }), later(30), at));
      await written(begin(fresh({ connection }), { name: 'refuse', changes: { reasons: [] } }, at));
      expect(await ledger.oldestOpen(connection)).toBe(first.updatedAt);
      const aged = await written(moved(first, 'doubt', [], later(3)));
      expect(await ledger.oldestOpen(connection), 'a move keeps its age').toBe(first.updatedAt);
      await written(moved(aged, 'refuse', [], later(4)));
      expect(await ledger.oldestOpen(connection)).toBe(later(2).toISOString());
    });
  });

  describe('the memory', () => {
    it('recalls the last that it was told, and nothing that it was not', async () => {
      expect(await ledger.recall('cursor#none')).toBeUndefined();
      await ledger.remember('cursor#a', {
        since: at.toISOString(),
        deep: { list: [1, 'two', { three: true }], none: null },
      });
      expect(await ledger.recall('cursor#a')).toEqual({
        since: at.toISOString(),
        deep: { list: [1, 'two', { three: true }], none: null },
      });
      await ledger.remember('cursor#a', { since: later(1).toISOString() });
      expect(await ledger.recall('cursor#a')).toEqual({ since: later(1).toISOString() });
    });

    it('leaves out what is undefined', async () => {
      await ledger.remember('service#b', { code: 'A', commitment: undefined });
      expect(await ledger.recall('service#b')).toEqual({ code: 'A' });
    });

    it('forgets at its instant what has one, although the store still holds it', async () => {
      await ledger.remember('faults#c', { count: 1 }, later(10));
      now = new Date(later(10).getTime() - 1);
      expect(await ledger.recall('faults#c')).toEqual({ count: 1 });
      now = later(10);
      expect(await ledger.recall('faults#c')).toBeUndefined();
      expect(await item('memory#faults#c')).toMatchObject({ value: { count: 1 } });
    });

    it('says to the store when a value expires, in seconds since 1970, rounded up', async () => {
      await ledger.remember('faults#d', { count: 1 }, new Date('2026-11-23T09:00:00.001Z'));
      expect(await item('memory#faults#d')).toHaveProperty('expiresAt', Date.UTC(2026, 10, 23, 9, 0, 1) / 1000);
      await ledger.remember('faults#d', { count: 2 });
      expect(await item('memory#faults#d'), 'without an instant it is kept').not.toHaveProperty('expiresAt');
    });

    it('swaps a value only for the version that was recalled', async () => {
      const swap = (replaces: number, holders: string[]) =>
        ledger.swap('slots#e', { replaces, value: { version: replaces + 1, writeId: holders.join(), holders } });
      expect(await swap(0, ['a'])).toBe('swapped');
      expect(await swap(0, ['b']), 'it exists already').toBe('lost');
      expect(await swap(2, ['b']), 'it has another version').toBe('lost');
      expect(await swap(1, ['a', 'b'])).toBe('swapped');
      expect(await ledger.recall('slots#e')).toMatchObject({ version: 2, holders: ['a', 'b'] });
    });

    it('counts a repeated swap as won, as after a lost reply, and an equal one of another as lost', async () => {
      const swap = (writeId: string) => ledger.swap('slots#f', { replaces: 0, value: { version: 1, writeId } });
      expect(await swap('one')).toBe('swapped');
      expect(await swap('one')).toBe('swapped');
      expect(await swap('another')).toBe('lost');
    });

    it('treats an expired value as absent in a swap', async () => {
      await ledger.remember('slots#g', { version: 1, holder: 'a' }, later(10));
      now = later(10);
      expect(await ledger.swap('slots#g', { replaces: 1, value: { version: 2, writeId: 'b', holder: 'b' } })).toBe(
        'lost',
      );
      const value = { version: 1, writeId: 'b', holder: 'b' };
      const taken = { replaces: 0, value, until: later(20) };
      expect(await ledger.swap('slots#g', taken)).toBe('swapped');
      expect(await ledger.recall('slots#g')).toEqual(value);
      expect(await item('memory#slots#g')).toHaveProperty('expiresAt', later(20).getTime() / 1000);
    });

    it('and the records keep out of each other’s way', async () => {
      const record = await written(claim(fresh({ connection: 'apart', pk: 'same name' }), later(1)));
      await ledger.remember('same name', { connection: 'apart', dueAt: at.toISOString() });
      expect(await ledger.get('same name')).toEqual(record);
      expect(await ledger.due('apart', { before: later(5), limit: 10 })).toEqual(['same name']);
    });
  });

  it('gives back every field of any record as it was', async () => {
    await fc.assert(
      fc.asyncProperty(recordArbitrary, async (given) => {
        const record = { ...given, pk: `any#${(keys += 1)}` };
        expect(await ledger.write({ record, transition: 'claim', replaces: 0 })).toBe('written');
        expect(await ledger.get(record.pk)).toEqual(record);
        expect(await item(record.pk), 'a record never expires').not.toHaveProperty('expiresAt');
      }),
      { numRuns: 50 },
    );
  });
});
