import { describe, expect, it } from 'vitest';
import { pollStatuses } from '../../../functions/poll-statuses/poll-statuses.ts';
import { timings } from '../../../shared/facts/timings.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { paths } from '../submit-invoice/scenario.ts';

const count = 1_020;
const forChangesMs = timings.leftForChanges.ms;

/** More parked invoices than one query returns, all with lost messages. */
async function parked(): Promise<Relay> {
  const world = relay();
  world.faults.add({ kind: 'unavailable', path: paths.pdf });
  for (let i = 0; i < count; i += 1) await world.submit(submitCommand({ invoice: { number: `F-${i}` } }));
  world.faults.clear();
  world.advance(24 * 60);
  return world;
}

describe('more due records than one query returns', () => {
  it('are all processed by one poll that has enough time', async () => {
    const world = await parked();
    expect(await world.poll()).toMatchObject({ attended: count });
    expect(new Set(world.sent).size).toBe(count);
  });

  it('are processed once each, even if they stay due', async () => {
    const world = await parked();
    world.ledger.write = () => Promise.resolve('conflict');
    expect(await world.poll()).toMatchObject({ attended: count });
  });

  it('are processed first by the next poll when time runs out', async () => {
    const world = await parked();
    let calls = 0;
    const short = { remainingMs: () => ((calls += 1) <= 700 ? 297_000 : forChangesMs - 1) };
    expect(await pollStatuses('example', world.dependencies, short)).toMatchObject({ attended: 700, unfinished: true });
    expect(await world.poll()).toMatchObject({ attended: count - 700 });
    expect(new Set(world.sent).size).toBe(count);
    expect(world.sent).toHaveLength(count);
  });
});
