import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { answering, deliver, effectsOf, keyOf, paths, recordOf } from '../submit-invoice/scenario.ts';

const lapse = 3;
const windowMinutes = 30;

describe('a function that crashed during its call', () => {
  const killed = () =>
    relay({ transport: answering(paths.submit, (body, nth) => (nth === 1 ? new Error('killed') : body)) });

  it('keeps its lease until it expires; then the invoice is in doubt, found, and followed', async () => {
    const world = killed();
    await expect(world.submit(submitCommand(), { messageId: 'm-1' })).rejects.toThrow('killed');
    expect((await recordOf(world)).state).toBe('sending');
    const again = () => world.submit(submitCommand(), { messageId: 'm-1', redelivered: true });
    expect(await again()).toEqual({ kind: 'retry', reason: 'being-sent' });
    await world.poll();
    expect((await recordOf(world)).state).toBe('sending');

    world.advance(lapse);
    expect(await again()).toEqual({ kind: 'done' });
    expect((await recordOf(world)).state).toBe('in-doubt');
    world.advance(1);
    await world.poll();
    expect((await recordOf(world)).state).toBe('followed');
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });

  it('is also detected by the poll when its message is gone', async () => {
    const world = killed();
    await expect(world.submit(submitCommand())).rejects.toThrow('killed');
    world.advance(lapse);
    await world.poll();
    expect((await recordOf(world)).state).not.toBe('sending');
    world.advance(1);
    await world.poll();
    expect((await recordOf(world, keyOf())).state).toBe('followed');
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });
});

describe('an invoice after a long outage', () => {
  it('is not given up because of the attempts that were parked', async () => {
    const world = relay();
    world.faults.add({ kind: 'server-error', path: paths.pdf });
    for (let i = 0; i < 20; i += 1) await world.submit(submitCommand(), { messageId: 'm-1', redelivered: i > 0 });
    world.faults.clear();
    world.faults.add({ kind: 'reset-before', path: paths.submit, count: 1 });
    world.advance(2);
    await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true });
    expect((await recordOf(world)).state).toBe('in-doubt');
    world.advance(windowMinutes + 1);
    await world.poll();
    await deliver(world);
    expect((await recordOf(world)).state).toBe('followed');
  });
});
