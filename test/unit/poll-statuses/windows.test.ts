import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readChanges } from '../../../functions/poll-statuses/read-changes.ts';
import type { Paging } from '../../../shared/chorus-pro/search.ts';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import type { Status } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { ledgerWithRival, touching } from '../../support/rival-writer.ts';
import { keyOf, paths, recordOf } from '../submit-invoice/scenario.ts';

const full: Paging = { size: 1_000, ceiling: 10_000 };
const small: Paging = { size: 10, ceiling: 10_000 };
const hour = 60;
const cursorSchema = z.object({ since: z.string() });

const numbersOf = (count: number, letter = 'F') => Array.from({ length: count }, (_, i) => `${letter}-${100 + i}`);

/** Invoices that are all followed, and a cursor at the moment when they were sent. */
async function sent(count: number, options: RelayOptions = {}): Promise<Relay> {
  const world = relay(options);
  for (const number of numbersOf(count)) await world.submit(submitCommand({ invoice: { number } }));
  await world.ledger.remember('cursor#example', { since: world.now().toISOString() });
  return world;
}

const read = async (world: Relay, paging = full, deadline = { remainingMs: () => 297_000 }) => {
  const access = await world.dependencies.access('example');
  if (!access) throw new Error('no example');
  return readChanges(access, world.dependencies, deadline, { paging });
};
const statusesOf = async (world: Relay, numbers: readonly string[]) =>
  Promise.all(numbers.map(async (number) => (await recordOf(world, keyOf(number))).status?.code));
const truthOf = (world: Relay, numbers: readonly string[]) =>
  numbers.map((number) => world.model.invoice(number)?.status);
const searches = ({ model }: Relay): number => model.effects.calls[paths.search] ?? 0;

/** The recipients move some invoices on, a few at a time, over six hours. */
function liveOn(world: Relay, count: number): void {
  const statuses: Status[] = ['MISE_A_DISPOSITION', 'SERVICE_FAIT', 'MANDATEE'];
  for (const [i, number] of numbersOf(count).entries()) {
    if (i % 10 === 0) world.advance((6 * hour * 10) / count);
    world.model.setStatus(number, statuses[i % 3] ?? 'MANDATEE');
  }
}

describe('for any page size and search limit', () => {
  it.each<[string, Paging]>([
    ['one page', full],
    ['pages of ten', small],
    ['pages of ten, and no more than thirty rows', { size: 10, ceiling: 30 }],
    ['pages of seven, and no more than twenty rows', { size: 7, ceiling: 20 }],
  ])('a poll sees the same changes: %s', async (_what, paging) => {
    const world = await sent(60);
    liveOn(world, 60);
    expect(await read(world, paging)).not.toHaveProperty('stopped');
    expect(await statusesOf(world, numbersOf(60))).toEqual(truthOf(world, numbersOf(60)));
    expect(await world.ledger.recall('cursor#example')).toEqual({ since: world.now().toISOString() });
  });

  it.each([
    [0, 1],
    [10, 1],
    [11, 3],
    [30, 4],
  ])('%i changes since the last poll need %i calls with pages of ten', async (count, calls) => {
    const world = await sent(count);
    world.advance(15);
    const before = searches(world);
    expect(await read(world, small)).toMatchObject({ seen: count, recorded: count });
    expect(searches(world) - before).toBe(calls);
  });

  it('more changes in one second than a search shows are reported', async () => {
    const world = await sent(25);
    world.advance(15);
    const changedAt = '2026-11-23T09:10:00.000Z';
    await expect(read(world, { size: 10, ceiling: 20 })).rejects.toThrow('more changes at 2026-11-23T09:09:59');
    const { since } = cursorSchema.parse(await world.ledger.recall('cursor#example'));
    expect(since < changedAt).toBe(true);
  });
});

describe('a row whose record another writer moves at the same moment', () => {
  it('is recorded in the same poll all the same', async () => {
    const world = await sent(1);
    world.advance(15);
    world.dependencies.ledger = ledgerWithRival(
      world.ledger,
      ({ transition }) => transition === 'advance',
      touching(world.ledger, world.now),
    );
    expect(await read(world)).toEqual({ windows: 1, seen: 1, recorded: 1 });
    expect(await statusesOf(world, numbersOf(1))).toEqual(truthOf(world, numbersOf(1)));
  });
});

describe('a poll that is interrupted', () => {
  it('while catching up on several days resumes after the last finished window', async () => {
    const world = await sent(3);
    world.advance(72 * hour);
    world.faults.add({ kind: 'server-error', path: paths.search, nth: 4, count: 1 });
    expect(await read(world)).toMatchObject({ stopped: 'platform-down' });
    const cursor = await world.ledger.recall('cursor#example');
    const left = 72 - 3 * 12 + 1;
    expect(cursor).toEqual({ since: new Date(world.now().getTime() - left * 3_600_000).toISOString() });

    world.advance(15);
    const before = searches(world);
    expect(await read(world)).not.toHaveProperty('stopped');
    expect(searches(world) - before).toBe(Math.ceil((left + 1.25) / 12));
    expect(await statusesOf(world, numbersOf(3))).toEqual(truthOf(world, numbersOf(3)));
  });

  it('within the overlap hour does not move the cursor back', async () => {
    const world = await sent(25);
    world.advance(30);
    await read(world);
    const cursor = await world.ledger.recall('cursor#example');
    world.advance(15);
    // The whole window is too large. Its first half is read, and the search of its second half fails.
    world.faults.add({ kind: 'server-error', path: paths.search, nth: 3, count: 1 });
    expect(await read(world, { size: 10, ceiling: 20 })).toMatchObject({ stopped: 'platform-down' });
    expect(await world.ledger.recall('cursor#example')).toEqual(cursor);
  });

  it('by the end of its time reports it, and the next poll reads the rest', async () => {
    const world = await sent(20);
    world.advance(15);
    let left = 13;
    const first = await read(world, full, { remainingMs: () => (left -= 1) * 1_000 });
    expect(first.stopped).toBe('no-time-left');
    expect(first.recorded).toBeGreaterThan(0);
    expect(await read(world)).toEqual({ windows: 1, seen: 20, recorded: 20 - first.recorded });
  });
});

describe('rows that move while the pages are read', () => {
  /** Something happens in Chorus Pro after each page is returned. */
  const between =
    (happens: (nth: number) => void) =>
    (transport: Transport): Transport => {
      let nth = 0;
      return async (request) => {
        const sending = await transport(request);
        if (request.url.endsWith(paths.search)) happens((nth += 1));
        return sending;
      };
    };

  it('up, because others leave the period, are not skipped', async () => {
    const numbers = numbersOf(35);
    const moving = { on: false };
    const world: Relay = await sent(35, {
      transport: between((nth) => {
        if (!moving.on) return;
        world.advance(0.1);
        world.model.setStatus(`F-${100 + nth}`, 'SUSPENDUE');
      }),
    });
    world.advance(5 * hour);
    moving.on = true;
    await read(world, small);
    moving.on = false;
    world.advance(15);
    await read(world, small);
    expect(await statusesOf(world, numbers)).toEqual(truthOf(world, numbers));
  });

  it('down, because the search shows others late, are not skipped', async () => {
    const numbers = numbersOf(15);
    const late = numbersOf(3, 'A');
    const world: Relay = await sent(15, {
      transport: between((nth) => {
        if (nth === 2) world.model.options.searchLagMs = 0;
      }),
    });
    world.advance(5 * hour);
    for (const number of late) await world.submit(submitCommand({ invoice: { number } }));
    world.advance(20);
    world.model.options.searchLagMs = 25 * 60_000;
    await read(world, small);
    expect(await statusesOf(world, [...numbers, ...late])).toEqual(truthOf(world, [...numbers, ...late]));
  });
});
