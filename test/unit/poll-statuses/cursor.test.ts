import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { keyOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `F-${i + 1}`);

async function send(world: Relay, count: number): Promise<void> {
  for (const number of numbers(count)) await world.submit(submitCommand({ invoice: { number } }));
}

const statusesOf = async (world: Relay, count: number) =>
  new Set(await Promise.all(numbers(count).map(async (number) => (await recordOf(world, keyOf(number))).status?.code)));

const searchSchema = z.looseObject({ rechercheFactureParFournisseur: z.looseObject({ nbResultatsParPage: z.int() }) });

/** Chorus Pro returns at most ten results a page, whatever the request says. */
const tenAPage =
  (transport: Transport): Transport =>
  (request) => {
    if (!request.url.endsWith(paths.search)) return transport(request);
    const { rechercheFactureParFournisseur: paging, ...filters } = searchSchema.parse(JSON.parse(request.body ?? ''));
    const body = { ...filters, rechercheFactureParFournisseur: { ...paging, nbResultatsParPage: 10 } };
    return transport({ ...request, body: JSON.stringify(body) });
  };

describe('what changed since the last poll', () => {
  it('is read on every page', async () => {
    const world = relay({ transport: tenAPage });
    await send(world, 25);
    world.advance(11);
    expect(await world.poll()).toMatchObject({ seen: 25, recorded: 25 });
    expect(await statusesOf(world, 25)).toEqual(new Set(['EN_COURS_ACHEMINEMENT']));
  });

  it('is read beyond the 200 results at which a search stops', async () => {
    const world = relay();
    await send(world, 230);
    world.advance(11);
    expect(await world.poll()).toMatchObject({ seen: 230, recorded: 230 });
    expect(await statusesOf(world, 230)).toEqual(new Set(['EN_COURS_ACHEMINEMENT']));
  });

  it('is read again from the same place when a page in the middle fails', async () => {
    const world = relay({ transport: tenAPage });
    await send(world, 25);
    await world.poll();
    const cursor = await world.ledger.recall('cursor#example');
    world.advance(11);
    world.faults.add({ kind: 'server-error', path: paths.search, nth: 3 });
    expect(await world.poll()).toMatchObject({ seen: 5, recorded: 5, stopped: 'platform-down' });
    expect(await world.ledger.recall('cursor#example')).toEqual(cursor);

    world.advance(2);
    expect(await world.poll()).toMatchObject({ seen: 25, recorded: 20 });
    expect(await statusesOf(world, 25)).toEqual(new Set(['EN_COURS_ACHEMINEMENT']));
    expect(told(world).filter((type) => type === 'status-changed')).toHaveLength(25);
  });

  it('is not missed after Chorus Pro was down for longer than a first poll reaches back', async () => {
    const world = relay();
    await send(world, 1);
    const hours = 60;
    world.faults.add({
      kind: 'maintenance',
      from: world.now().getTime(),
      to: world.now().getTime() + hours * 3_600_000,
    });
    world.advance(15);
    for (let hour = 0; hour < hours; hour += 1) {
      expect(await world.poll()).toMatchObject({ recorded: 0, stopped: 'platform-down' });
      world.advance(60);
    }
    expect(await world.poll()).toMatchObject({ recorded: 1 });
  });

  it('is not missed when the search shows it late', async () => {
    const world = relay({ model: { searchLagMs: 20 * 60_000 } });
    await send(world, 1);
    for (let i = 0; i < 4; i += 1) {
      world.advance(15);
      await world.poll();
    }
    expect((await recordOf(world, keyOf('F-1'))).status?.code).toBe('EN_COURS_ACHEMINEMENT');
  });

  it('is recorded once by two concurrent polls', async () => {
    const world = relay();
    await send(world, 3);
    world.advance(11);
    const reports = await Promise.all([world.poll(), world.poll()]);
    expect(reports.reduce((total, { recorded }) => total + recorded, 0)).toBe(3);
    expect(told(world).filter((type) => type === 'status-changed')).toHaveLength(3);
  });

  it('is read from one day back when the cursor is invalid', async () => {
    const world = relay();
    await send(world, 1);
    await world.ledger.remember('cursor#example', { since: 'yesterday' });
    world.advance(11);
    expect(await world.poll()).toMatchObject({ recorded: 1 });
  });
});

describe('events that could not be published', () => {
  it('are published by the next poll, once each and in order', async () => {
    const world = relay();
    const { publish } = world.dependencies;
    world.dependencies.publish = () => Promise.reject(new Error('no topic'));
    await send(world, 2);
    world.advance(11);
    await world.poll();
    expect(world.published).toEqual([]);
    expect((await recordOf(world, keyOf('F-1'))).outbox.map(({ data }) => data.sequence)).toEqual([1, 2, 3]);

    world.dependencies.publish = publish;
    world.advance(2);
    expect(await world.poll()).toMatchObject({ attended: 2 });
    for (const number of numbers(2)) {
      const own = world.published.filter(({ data }) => data.number === number);
      expect(own.map(({ data }) => data.sequence)).toEqual([1, 2, 3]);
      expect(await recordOf(world, keyOf(number))).toMatchObject({ outbox: [] });
    }
    expect(await world.poll()).toMatchObject({ attended: 0 });
  });

  it('are published again with the same id after a crash', async () => {
    const world = relay();
    const { publish } = world.dependencies;
    world.dependencies.publish = async (events) => {
      await publish(events);
      throw new Error('ended');
    };
    await send(world, 1);
    world.dependencies.publish = publish;
    world.advance(2);
    await world.poll();
    const ids = world.published.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(2);
    expect([...new Set(ids)]).toEqual([`${keyOf('F-1')}#1`, `${keyOf('F-1')}#2`]);
  });
});
