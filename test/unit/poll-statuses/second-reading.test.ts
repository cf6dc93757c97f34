import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { paths, recordOf, told } from '../submit-invoice/scenario.ts';

const readingSchema = z.object({ from: z.string(), until: z.string() });
const hourMs = 3_600_000;
const searchesOf = (world: Relay): number => world.model.effects.calls[paths.search] ?? 0;

async function pollFor(world: Relay, hours: number): Promise<void> {
  for (let quarter = 0; quarter < hours * 4; quarter += 1) {
    world.advance(15);
    await world.poll();
  }
}

describe('a status that the search shows late', () => {
  it.each([1.5, 3, 12, 22])('by %d hours reaches the ERP within a day of its being shown', async (lag) => {
    const world = relay({ model: { searchLagMs: lag * hourMs } });
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.suspends } } }));
    const suspendedWithin = 48;
    await pollFor(world, suspendedWithin + lag + 24);
    expect(await recordOf(world)).toMatchObject({ status: { code: 'SUSPENDUE' } });
    expect(told(world)).toContain('action-needed');
  });

  it('costs one more search of two days, once a day', async () => {
    const world = relay();
    await world.submit(submitCommand());
    await pollFor(world, 24);
    const before = searchesOf(world);
    await pollFor(world, 24);
    // Four windows of twelve hours; every other search is a poll's own.
    expect(searchesOf(world) - before).toBe(24 * 4 + 4);
  });

  it('is read even if the second reading was interrupted: the next poll goes on where it stopped', async () => {
    const world = relay({ model: { searchLagMs: 3 * hourMs } });
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.suspends } } }));
    await pollFor(world, 72);
    const name = 'second-reading#example';
    world.advance(24 * 60);
    world.faults.add({ kind: 'server-error', path: paths.search, nth: 5 });
    expect(await world.poll()).toMatchObject({ stopped: 'platform-down' });
    const { from, until } = readingSchema.parse(await world.ledger.recall(name));
    expect(Date.parse(until) - Date.parse(from)).toBeGreaterThan(0);
    world.advance(15);
    await world.poll();
    expect(await world.ledger.recall(name)).toEqual({ from: until, until });
  });
});
