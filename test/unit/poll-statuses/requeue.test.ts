import { describe, expect, it } from 'vitest';
import { ServiceUnavailable } from '../../../shared/aws/runtime.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { deliver, effectsOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const days = 3;
const pollsADay = 96;

/** Parked because uploads failed, and then its message is lost. */
async function parkedAndForgotten() {
  const world = relay();
  world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
  await world.submit(submitCommand());
  expect((await recordOf(world)).state).toBe('accepted');
  const pollFor = async (polls: number) => {
    for (let i = 0; i < polls; i += 1) {
      world.advance(15);
      await world.poll();
    }
  };
  return { world, pollFor };
}

describe('a parked invoice whose message is lost', () => {
  it('is requeued once a day, however many polls run', async () => {
    const { world, pollFor } = await parkedAndForgotten();
    await pollFor(pollsADay - 1);
    expect(world.sent).toEqual([]);
    await pollFor(1);
    expect(world.sent).toHaveLength(1);
    await pollFor((days - 1) * pollsADay);
    expect(world.sent).toHaveLength(days);
    expect((await recordOf(world)).state).toBe('accepted');
    expect(told(world)).toEqual(['accepted']);
  });

  it('is sent once, however many messages there are, and then no longer requeued', async () => {
    const { world, pollFor } = await parkedAndForgotten();
    await pollFor(days * pollsADay);
    await deliver(world);
    await pollFor(days * pollsADay);
    expect(world.sent).toEqual([]);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });

  it('is requeued by the next poll, if the queue did not take the message', async () => {
    const { world } = await parkedAndForgotten();
    const { send } = world.dependencies;
    world.advance(24 * 60);
    world.dependencies.send = () => Promise.reject(new ServiceUnavailable('SQS replied 503'));
    await expect(world.poll()).rejects.toThrow('SQS replied 503');
    world.dependencies.send = send;
    world.advance(15);
    await world.poll();
    expect(world.sent).toHaveLength(1);
  });

  it('is sent once, though several polls requeue it at the same time', async () => {
    const { world } = await parkedAndForgotten();
    world.advance(24 * 60);
    await Promise.all([world.poll(), world.poll(), world.poll()]);
    await deliver(world);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    world.advance(15);
    await world.poll();
    expect(world.sent).toEqual([]);
  });
});
