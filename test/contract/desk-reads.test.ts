/** What a page of the desk reads that counts over many invoices: it is bounded, and the page says so. */
import { html } from 'hono/html';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskReading } from '../../functions/desk/reading.ts';
import { cutSaid } from '../../functions/desk/pages/cut.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Language } from '../../shared/invoice/spoken.ts';
import type { Ledger, LedgerLists, Memory } from '../../shared/ledger/ledger.ts';
import { exampleSettings } from '../support/example-connection.ts';
import { at, later, recordIn } from '../unit/ledger/records.ts';
import { openDynalite } from './ledger-engines.ts';

const invoices = 40;
const recipient = { name: 'recipient', at: at.toISOString() };

describe(`over ${invoices} invoices under way and ${invoices} refused`, () => {
  let ledger: Ledger & LedgerLists & Memory;
  let asked: readonly string[];
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    ({ ledger, asked, close } = await openDynalite(() => at));
    await ledger.remember(`recipient#qualification#${recordIn('sending').recipient}`, recipient);
    for (let i = 0; i < invoices; i += 1)
      for (const state of ['followed', 'refused'] as const) {
        const record = { ...recordIn(state), pk: `${state}#${i}`, openSince: later(i).toISOString() };
        await ledger.write({ record, transition: 'claim', replaces: 0 });
      }
  }, 60_000);
  afterAll(() => close());

  const reading = (mostOfAPlace?: number) =>
    new DeskReading({
      ledger,
      settings: exampleSettings,
      today: parisDay(at),
      ...(mostOfAPlace ? { mostOfAPlace } : {}),
    });

  it.each<[what: string, queries: number, read: (desk: DeskReading) => Promise<{ cut?: unknown }>]>([
    ['recipients', 9, (desk) => desk.recipients()],
    ['weeks', 9, (desk) => desk.weeks()],
    ['a search', 9, (desk) => desk.found('F-1')],
    ['retentions', 5, (desk) => desk.retentions()],
    ['works', 9, (desk) => desk.works()],
    ['what is unpaid', 9, (desk) => desk.unpaid({ from: '', to: '9999' })],
  ])('%s: a query for each of its %d places, and two requests by key', async (_what, queries, read) => {
    const before = asked.length;
    expect((await read(reading())).cut).toBeUndefined();
    const requests = asked.slice(before);
    expect(requests.filter((name) => name === 'QueryCommand')).toHaveLength(queries);
    expect(requests.filter((name) => name === 'BatchGetItemCommand')).toHaveLength(2);
    expect(requests).toHaveLength(queries + 2);
  });

  it('a place that has more is read up to a bound, and how many were read is said', async () => {
    expect((await reading(invoices).recipients()).cut).toBeUndefined();
    const { cut } = await reading(25).recipients();
    expect(cut).toBe(50);
    const viewer = { person: { id: 'p', name: 'P', connections: [] }, connection: 'example', mayAct: false, today: '' };
    const said = async (language: Language) => (await html`${cutSaid(1_250, { ...viewer, language })}`).toString();
    expect(await said('fr')).toMatch(/1\s250 factures ont été lues/);
    expect(await said('en')).toContain('1,250 invoices were read');
  });
});
