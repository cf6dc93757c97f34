import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { effectsOf, keyOf, paths, recordOf, told } from './scenario.ts';

/** An invoice that was accepted and is parked, and a deployment whose settings change before it is sent. */
async function parked(settings: object) {
  const connections = new Map(exampleConnectionsWith());
  const world = relay({ connections });
  world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
  await world.submit(submitCommand({ command: { worksite: 'Gare' } }), { messageId: 'm-1' });
  expect((await recordOf(world)).state).toBe('accepted');
  for (const [name, changed] of exampleConnectionsWith(settings)) connections.set(name, changed);
  world.reopen();
  world.advance(5);
  return world;
}

describe('an invoice that was accepted before the settings changed', () => {
  it.each([
    ['keep its worksite back now', { transfer: { withoutWorksites: ['Gare'] } }],
    ['let nobody send any more', { allowedSenders: ['AROAEXAMPLEEXAMPLE00'] }],
  ])('is sent as it was accepted, though they %s', async (_what, settings) => {
    const world = await parked(settings);
    await world.submit(submitCommand({ command: { worksite: 'Gare' } }), { messageId: 'm-1', redelivered: true });
    expect(told(world)).toEqual(['accepted', 'submitted']);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('never crosses from one environment of Chorus Pro to the other', async () => {
    const world = await parked({ environment: 'production' });
    const resume = { type: 'relay.resume', version: 1, connection: 'example', pk: keyOf() };
    expect(await world.submit(resume)).toEqual({ kind: 'dead-letter', why: 'other-environment' });
    world.advance(26 * 60);
    await world.poll();
    expect(world.sent).toEqual([]);
    expect(effectsOf(world).tries).toBe(0);
    expect((await recordOf(world)).state).toBe('accepted');
  });
});
