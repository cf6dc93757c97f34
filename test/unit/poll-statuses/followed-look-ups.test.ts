import { describe, expect, it } from 'vitest';
import { exampleWorld } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

const day = 24 * 60;
/** A backlog must not use up the quota of calls that new invoices need. */
const lookUpsOfAPoll = 50;

/** Followed invoices that the search for changes does not show, all due for an individual look-up. */
async function silentInvoices(count: number) {
  const lookedUp: string[] = [];
  const world = relay({
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

  it('do not delay other due records', async () => {
    const { world, lookUps } = await silentInvoices(60);
    world.faults.add({ kind: 'reset-before', path: '/cpro/factures/v1/soumettre', count: 1 });
    await world.submit(submitCommand({ invoice: { number: 'IN-DOUBT' } }));
    world.advance(30);
    await world.poll();
    expect(lookUps()).toContain('IN-DOUBT');
  });
});
