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

/** Polls until the ERP hears that its invoice was suspended. @returns when that happened, and when it heard */
async function hearOfSuspension(world: Relay): Promise<{ suspended: number; heard: number }> {
  while (!told(world).includes('action-needed')) await pollFor(world, 0.25);
  const { status } = await recordOf(world);
  if (status?.code !== 'SUSPENDUE' || !status.at) throw new Error(`it is ${status?.code}`);
  return { suspended: Date.parse(status.at), heard: world.now().getTime() };
}

const suspendedBy = (recipient: string) => submitCommand({ invoice: { recipient: { siret: recipient } } });

describe('a status that the search shows late', () => {
  it.each([1.5, 3, 12, 22, 30, 47, 72, 118])('by %d hours reaches the ERP within seven hours then', async (lag) => {
    const world = relay({ model: { searchLagMs: lag * hourMs } });
    await world.submit(suspendedBy(RECIPIENTS.suspends));
    const { suspended, heard } = await hearOfSuspension(world);
    expect(heard - suspended).toBeGreaterThanOrEqual(lag * hourMs);
    expect(heard - suspended).toBeLessThan((lag + 7) * hourMs);
  });

  it('reaches the ERP even if the platform was closed for days when it was shown', async () => {
    const lag = 72;
    const world = relay({ model: { searchLagMs: lag * hourMs } });
    await world.submit(suspendedBy(RECIPIENTS.suspends));
    await pollFor(world, 60);
    world.faults.add({ kind: 'unavailable' });
    await pollFor(world, 120);
    world.faults.clear();
    const reopened = world.now().getTime();
    const { heard } = await hearOfSuspension(world);
    expect(heard - reopened).toBeLessThan(7 * hourMs);
  });

  it('costs one more search of five days, four times a day', async () => {
    const world = relay();
    await world.submit(submitCommand());
    await pollFor(world, 24);
    const before = searchesOf(world);
    await pollFor(world, 24);
    // Eleven windows of twelve hours; every other search is a poll's own.
    expect(searchesOf(world) - before).toBe(24 * 4 + 4 * 11);
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
