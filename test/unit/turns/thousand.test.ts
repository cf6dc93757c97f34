import { describe, expect, it } from 'vitest';
import { turnsOf } from '../../../functions/give-turns/give-turns.ts';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { ManyConnections, minute } from './many-connections.ts';

const interval = 15;
const thousand = 1_000;
const start = Date.UTC(2026, 10, 23, 9);

/** The longest time, in minutes, that passes until a connection has been polled, and polled again. */
function longestWait({ taken, clock }: ManyConnections, names: readonly string[], from: number): number {
  const ends = new Map(names.map((name) => [name, [from]]));
  for (const { connection, ended, stopped } of taken) if (!stopped) ends.get(connection)?.push(ended);
  const waits = [...ends.values()].flatMap((own) => [...own, clock].slice(1).map((end, i) => end - (own[i] ?? 0)));
  return Math.max(...waits) / minute;
}

const paid = ({ published }: ManyConnections) => published.filter(({ type }) => type.includes('.paid.'));
const stateOf = async ({ ledger }: ManyConnections, name: string) =>
  (await ledger.get(invoiceKey({ environment: 'qualification', supplier: SUPPLIERS.company, number: `F-${name}` })))
    ?.state;

describe('a thousand connections, one in fifty broken, 300 ms a call', () => {
  it('are polled within their interval, and the broken ones delay nobody', async () => {
    const world = new ManyConnections(thousand);
    const busy = world.names.filter((_, i) => i % 5 === 0);
    for (const name of busy) await world.deposit(name);
    world.breakDown(50);
    const from = world.clock;
    await world.pass(2 * interval);
    const healthy = busy.filter((name) => world.healthy.includes(name));
    for (const name of healthy) world.party(name).model.setStatus(`F-${name}`, 'MISE_EN_PAIEMENT');
    const since = paid(world).length;
    await world.pass(interval);
    expect([since, paid(world).length]).toEqual([0, healthy.length]);
    expect(longestWait(world, world.healthy, from)).toBeLessThanOrEqual(interval + 0.1);
    // The places are enough: what is given in a minute is taken in the first seconds of it.
    const waits = world.taken.map(({ given, begun }) => begun - given);
    expect(Math.max(...waits)).toBeLessThan(10_000);
    expect(world.mostAtOnce).toBe(25);
    const broken = world.taken.filter(({ connection }) => !world.healthy.includes(connection));
    expect(broken).toHaveLength(3 * 20);
    expect(broken.every(({ stopped }) => stopped)).toBe(true);
    expect(world.faults).toEqual([]);
  });

  it('have their turns spread over the interval: no minute has many more than the others', () => {
    const connections = Array.from({ length: thousand }, (_, i) => ({
      name: `builder-${i + 1}`,
      pollingIntervalMinutes: interval,
      ...{ version: 1, state: 'connected' as const, orders: false, mail: false, hasOwnInbox: false },
    }));
    const minutes = Array.from({ length: interval }, (_, i) => turnsOf(connections, new Date(start + i * minute)));
    const counts = minutes.map((turns) => turns.length);
    expect(Math.max(...counts)).toBeLessThan((1.3 * thousand) / interval);
    expect(new Set(minutes.flat().map(({ connection }) => connection)).size).toBe(thousand);
  });

  it('come to the same if turns are lost, or taken twice at once', async () => {
    const troubled = new ManyConnections(60, (turn) => (turn % 7 === 0 ? 0 : turn % 5 === 0 ? 2 : 1));
    const world = new ManyConnections(60);
    for (const one of [troubled, world]) {
      for (const name of one.names) await one.deposit(name);
      await one.pass(interval);
      for (const name of one.names) one.party(name).model.setStatus(`F-${name}`, 'MISE_EN_PAIEMENT');
      await one.pass(4 * interval);
    }
    const idsOf = (one: ManyConnections) =>
      new Set(paid(one).map(({ id, subject }) => `${subject} ${id.slice(0, -2)}`));
    expect(idsOf(troubled)).toEqual(idsOf(world));
    expect(idsOf(troubled).size).toBe(60);
    // What two turns tell at once has one id, and says the same.
    const told = new Map(troubled.published.map((event) => [event.id, event]));
    for (const event of troubled.published) expect({ ...event, time: '' }).toEqual({ ...told.get(event.id), time: '' });
    expect(await Promise.all(troubled.names.map((name) => stateOf(troubled, name)))).toEqual(
      troubled.names.map(() => 'settled'),
    );
    expect(troubled.faults).toEqual([]);
  });
});

describe('a connection without open invoices', () => {
  it('is read four times a day, and once the last days again: 17 searches in the place of 140', async () => {
    const world = new ManyConnections(1);
    const [name = ''] = world.names;
    // The first day of a connection reads the day before.
    await world.pass(24 * 60);
    const { calls } = world.party(name);
    const before = { ...calls };
    const turns = world.taken.length;
    await world.pass(24 * 60);
    expect(world.taken).toHaveLength(turns + 96);
    expect(calls.others - before.others).toBe(17);
    expect(calls.tokens - before.tokens).toBe(4);
  });

  it('is read at its first turn after a deposit', async () => {
    const world = new ManyConnections(1);
    const [name = ''] = world.names;
    await world.pass(interval);
    const { calls } = world.party(name);
    const quiet = calls.others;
    await world.pass(2 * interval);
    expect(calls.others).toBe(quiet);
    await world.deposit(name);
    world.party(name).model.setStatus(`F-${name}`, 'MISE_EN_PAIEMENT');
    await world.pass(interval);
    expect(paid(world)).toHaveLength(1);
  });

  it('is read as before for a week after its last invoice was paid: that may be suspended after all', async () => {
    const world = new ManyConnections(1);
    const [name = ''] = world.names;
    const { model, calls } = world.party(name);
    await world.deposit(name);
    model.setStatus(`F-${name}`, 'MISE_EN_PAIEMENT');
    await world.pass(2 * interval);
    expect(paid(world)).toHaveLength(1);
    await world.pass(6 * 24 * 60);
    model.setStatus(`F-${name}`, 'SUSPENDUE');
    await world.pass(2 * interval);
    expect(world.published.at(-1)?.data.status?.code).toBe('SUSPENDUE');
    model.setStatus(`F-${name}`, 'MISE_EN_PAIEMENT');
    await world.pass(8 * 24 * 60);
    const before = calls.others;
    await world.pass(24 * 60);
    expect(calls.others - before).toBeLessThan(20);
  });

  it('is read at each turn as long as it cannot be read', async () => {
    const world = new ManyConnections(1);
    const [name = ''] = world.names;
    await world.pass(interval);
    world.party(name).trouble = 'closed';
    await world.pass(6 * 60 + 4 * interval);
    expect(world.taken.slice(-3).map(({ stopped }) => stopped)).toEqual([true, true, true]);
  });
});

describe('a turn', () => {
  /** As many invoices of one connection, of which nothing was heard for so many days. */
  async function silent(count: number, days: number): Promise<ManyConnections> {
    const world = new ManyConnections(1);
    const [name = ''] = world.names;
    for (let i = 0; i < count; i += 1) await world.deposit(name, `F-${i}`);
    await world.leap(days * 24 * 60);
    return world;
  }

  it('ends before its function is cut off, if its connection hangs', async () => {
    const world = await silent(5, 11);
    const [name = ''] = world.names;
    world.party(name).trouble = 'hangs';
    await world.pass(2 * interval);
    expect(world.taken).toHaveLength(2);
    for (const { begun, ended } of world.taken) expect(ended - begun).toBeLessThanOrEqual(46_000);
  });

  it('is followed by another at once if it got on and ran out of time, five in a row at most', async () => {
    const world = await silent(80, 40);
    // They were paid long ago, so that no list of changes shows them, and a dozen is looked up in a turn.
    world.callMs = 2_000;
    await world.pass(interval);
    const { taken } = world;
    expect(taken).toHaveLength(5);
    expect(taken.slice(1).map(({ given }) => given)).toEqual(taken.slice(0, -1).map(({ ended }) => ended));
  });
});
