import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { recordSchema } from '../../shared/ledger/record.ts';
import { type ListName, lists } from '../../shared/lists/places.ts';
import { readList, type ListPage } from '../../shared/lists/read-list.ts';
import type { Reading } from '../../shared/lists/read-rows.ts';
import { exampleConnectionsWith } from '../support/example-connection.ts';
import { at, later, recordIn } from '../unit/ledger/records.ts';
import { openDynalite } from './ledger-engines.ts';

/** TEST_LONG loads as many invoices as a connection may have in some years; the reads are the same. */
const invoices = process.env['TEST_LONG'] ? 100_000 : 2_000;

/** Reads all of them, a page at a time. */
const longest = 600_000;

const status = (code: string, minutes: number) => ({
  code,
  at: later(minutes).toISOString(),
  observedAt: at.toISOString(),
});

/** One of each seven: what a list must find among all the others. */
const kinds = [
  (minutes: number) => ({ ...recordIn('followed'), openSince: later(minutes).toISOString() }),
  (minutes: number) => ({ ...recordIn('followed'), status: status('SUSPENDUE', minutes) }),
  (minutes: number) => ({ ...recordIn('followed'), lateToldAt: later(minutes).toISOString() }),
  (minutes: number) => ({ ...recordIn('settled'), status: status('MISE_EN_PAIEMENT', minutes) }),
  (minutes: number) => ({ ...recordIn('rejected'), status: status('REJETEE', minutes) }),
  (minutes: number) => ({ ...recordIn('refused'), createdAt: later(minutes).toISOString() }),
  (minutes: number) => ({ ...recordIn('settled'), status: status('COMPTABILISEE', minutes) }),
] as const;

const recordAt = (i: number, connection: string) => {
  const kind = kinds[i % kinds.length] ?? kinds[0];
  const number = `F-${String(i).padStart(6, '0')}`;
  return recordSchema.parse({ ...kind(i), connection, number, pk: `invoice#qualification#${connection}#${number}` });
};

describe(`among ${invoices} invoices`, () => {
  let reading: Reading;
  let asked: readonly string[];
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    const engine = await openDynalite(() => at);
    ({ asked, close } = engine);
    const { ledger } = engine;
    for (let i = 0; i < invoices; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, j) =>
          ledger.write({ record: recordAt(i + j, 'example'), transition: 'claim', replaces: 0 }),
        ),
      );
    await ledger.write({ record: recordAt(1, 'other'), transition: 'claim', replaces: 0 });
    await ledger.remember(`recipient#qualification#${recordIn('sending').recipient}`, {
      at: at.toISOString(),
      value: { name: 'Mairie d’Auray' },
    });
    const settings = exampleConnectionsWith({}).get('example');
    if (!settings) throw new Error('there is an example');
    reading = { ledger, settings, today: parisDay(later(invoices)) };
  }, longest);
  afterAll(() => close());

  const names = ['to-do', 'late', 'under-way', 'paid', 'payment-unknown', 'refused'] as const;

  it.each(names)('the first page of %s takes a query for each of its places, and two requests by key', async (list) => {
    const before = asked.length;
    const started = performance.now();
    const page = await readList(reading, { list, size: 50 });
    const took = performance.now() - started;
    const requests = asked.slice(before);
    expect(requests.filter((name) => name === 'QueryCommand')).toHaveLength(lists[list].places.length);
    expect(requests.filter((name) => name === 'BatchGetItemCommand')).toHaveLength(2);
    expect(requests).toHaveLength(lists[list].places.length + 2);
    expect(page.rows).toHaveLength(50);
    expect(
      page.rows.every(
        ({ connection, recipientName }) => connection === 'example' && recipientName === 'Mairie d’Auray',
      ),
    ).toBe(true);
    expect(took).toBeLessThan(1_000);
  });

  it.each(names)(
    'all pages of %s have each invoice once, in order',
    async (list) => {
      const keys: string[] = [];
      for (let page: ListPage | undefined; !page || page.next !== undefined;) {
        page = await readList(reading, { list, size: 300, from: page?.next });
        keys.push(...page.rows.map(({ key }) => key));
        expect(page.unreadable).toEqual([]);
      }
      const isListed: Readonly<Record<ListName, readonly number[]>> = {
        ...{ 'under-way': [0], late: [2], paid: [3], 'payment-unknown': [6] },
        ...{ 'to-do': [1, 4, 5], refused: [4, 5] },
      };
      const expected = Array.from({ length: invoices }, (_, i) => i).filter((i) => isListed[list].includes(i % 7));
      const wanted = expected.map((i) => recordAt(i, 'example').pk);
      expect([...keys].sort()).toEqual(wanted);
      if (list !== 'late') expect(keys).toEqual(lists[list].newestFirst ? [...wanted].reverse() : wanted);
    },
    longest,
  );

  it('a cursor that is none begins anew', async () => {
    const first = await readList(reading, { list: 'paid', size: 5 });
    expect(await readList(reading, { list: 'paid', size: 5, from: 'nonsense' })).toEqual(first);
    const foreign = Buffer.from(JSON.stringify({ nowhere: { pk: 'a', at: 'b' } })).toString('base64url');
    expect(await readList(reading, { list: 'paid', size: 5, from: foreign })).toEqual(first);
  });

  it.each([
    { pk: '', at: '2026-11-20' },
    { pk: 'k', at: '' },
    { pk: 'k'.repeat(3_000), at: '2026-11-20' },
    { pk: 'k', at: '2'.repeat(3_000) },
  ])('so does one that DynamoDB would not take', async (paid) => {
    const first = await readList(reading, { list: 'paid', size: 5 });
    const from = Buffer.from(JSON.stringify({ paid })).toString('base64url');
    expect(await readList(reading, { list: 'paid', size: 5, from })).toEqual(first);
  });
});
