import { describe, expect, it } from 'vitest';
import { exampleWorld } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordIn } from '../ledger/records.ts';
import { exampleConnections, exampleSettings } from '../../support/example-connection.ts';
import { relay, type RelayOptions } from '../../support/relay.ts';
import { paths, told } from '../submit-invoice/scenario.ts';

const day = 24 * 60;
/** A backlog must not use up the quota of calls that new invoices need. */
const lookUpsOfAPoll = 50;

/** Followed invoices that the search for changes does not show, all due for an individual look-up. */
async function silentInvoices(count: number, options: RelayOptions = {}) {
  const lookedUp: string[] = [];
  const world = relay({
    ...options,
    world: { ...exampleWorld(), scenarioOf: () => 'still' },
    transport: (wire) => (request) => {
      const number = /"numeroFacture":"([^"]+)"/.exec(request.body ?? '')?.[1];
      if (number !== undefined && request.url.endsWith('/rechercher/fournisseur')) lookedUp.push(number);
      return wire(request);
    },
  });
  for (let i = 0; i < count; i += 1) await world.submit(submitCommand({ invoice: { number: `F-${i}` } }));
  await world.poll();
  world.advance(11 * day);
  lookedUp.splice(0);
  return { world, lookUps: () => lookedUp.splice(0) };
}

describe('followed invoices without news', () => {
  it(`are looked up once each, ${lookUpsOfAPoll} per poll`, async () => {
    const { world, lookUps } = await silentInvoices(120);
    const polls: string[][] = [];
    for (let i = 0; i < 4; i += 1) {
      await world.poll();
      polls.push(lookUps());
      world.advance(15);
    }
    expect(polls.map(({ length }) => length)).toEqual([lookUpsOfAPoll, lookUpsOfAPoll, 20, 0]);
    expect(new Set(polls.flat()).size).toBe(120);
  });

  it('are not read again and again while they wait for their turn', async () => {
    const { world, lookUps } = await silentInvoices(300);
    await world.poll();
    world.advance(15);
    lookUps();
    const read: string[] = [];
    const get = world.ledger.get.bind(world.ledger);
    world.ledger.get = (pk) => {
      read.push(pk);
      return get(pk);
    };
    await world.poll();
    expect(lookUps()).toHaveLength(lookUpsOfAPoll);
    expect(read).toHaveLength(lookUpsOfAPoll);
  });

  it('of a connection that moved to the other environment make room for those of the new one', async () => {
    const connections = new Map(exampleConnections);
    const { world, lookUps } = await silentInvoices(lookUpsOfAPoll, { connections });
    connections.set('example', { ...exampleSettings, environment: 'production' });
    world.reopen();
    await world.submit(submitCommand({ invoice: { number: 'F-NEW' } }));
    world.advance(11 * day);
    await world.poll();
    await world.poll();
    expect(lookUps()).toEqual(['F-NEW']);
  });

  it('do not delay other due records', async () => {
    const { world, lookUps } = await silentInvoices(60);
    world.faults.add({ kind: 'reset-before', path: '/cpro/factures/v1/soumettre', count: 1 });
    await world.submit(submitCommand({ invoice: { number: 'IN-DOUBT' } }));
    world.advance(30);
    await world.poll();
    expect(lookUps()).toContain('IN-DOUBT');
  });

  it('leave the urgent ones their place, however many are open', async () => {
    const world = relay();
    const open = 100_000;
    for (let i = 0; i < open; i += 1) {
      const record = recordIn('followed', { pk: `invoice#${i}`, watchAt: '2026-11-24T00:00:00.000Z' });
      await world.ledger.write({ record, transition: 'claim', replaces: 0 });
    }
    world.faults.add({ kind: 'reset-before', path: paths.submit, count: 1 });
    await world.submit(submitCommand({ invoice: { number: 'IN-DOUBT' } }));
    world.advance(2 * day);
    const get = world.ledger.get.bind(world.ledger);
    let reads = 0;
    world.ledger.get = (pk) => {
      reads += 1;
      return get(pk);
    };
    expect(await world.poll()).toMatchObject({ attended: 1 + lookUpsOfAPoll });
    expect(told(world)).toEqual(['accepted', 'in-doubt']);
    expect(world.sent, 'the doubt was resolved, and the invoice queued again').toHaveLength(1);
    expect(reads).toBeLessThan(3 * lookUpsOfAPoll);
  });
});
