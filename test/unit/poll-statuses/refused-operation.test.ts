import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../tools/chorus-pro-simulator/faults.ts';
import { submitCommand } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import { relay } from '../../support/relay.ts';
import { paths, told } from '../submit-invoice/scenario.ts';

const numbers = Array.from({ length: 12 }, (_, nth) => `F-2026-${nth}`);
const commands = numbers.map((number) => submitCommand({ invoice: { number } }));

describe('an operation that the gateway refuses to everybody', () => {
  it.each<[kind: FaultRule['kind'], path: typeof paths.submit | typeof paths.pdf, hours: number, mostCalls: number]>([
    ['forbidden', paths.submit, 48, 70],
    ['forbidden', paths.pdf, 48, 70],
    // A 429 pauses the whole connection, by up to a quarter of an hour.
    ['too-many-requests', paths.submit, 12, 5 * 12],
    ['too-many-requests', paths.pdf, 12, 5 * 12],
  ])(
    '(%s, %s) for %i hours gets few calls meanwhile, and all are sent once afterwards',
    async (kind, path, hours, mostCalls) => {
      const world = relay();
      const queue = queueOf(world, commands);
      const calls = { [paths.submit]: 0, [paths.pdf]: 0 };
      const draw = world.faults.draw.bind(world.faults);
      world.faults.draw = (called) => {
        if (called === paths.submit || called === paths.pdf) calls[called] += 1;
        return draw(called);
      };
      world.faults.add({ kind, path });
      await queue.pass(hours);
      expect(calls[path]).toBeLessThan(mostCalls);
      expect(calls[paths.pdf]).toBeLessThan(mostCalls);
      world.faults.clear();
      await queue.pass(3);
      expect(Object.values(world.model.effects.invoices)).toEqual(numbers.map(() => 1));
      expect(told(world)).not.toContain('in-doubt');
    },
  );
});
