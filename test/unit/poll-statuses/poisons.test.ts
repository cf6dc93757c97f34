import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import { relay } from '../../support/relay.ts';
import { keyOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const pdf = (number: string) => submitCommand({ invoice: { number } });
const file = (number: string) => {
  const content = Buffer.from(cii({ number })).toString('base64');
  return submitCommand({
    invoice: { number },
    command: { document: { name: `${number}.xml`, format: 'cii', content } },
  });
};

/** A relay over a Chorus Pro that loses some invoices at every attempt, and takes the others. */
const losing = () =>
  relay({
    transport: (inner) => (request) =>
      [paths.submit, paths.flux].some((path) => request.url.endsWith(path)) && request.body?.includes('POISON')
        ? Promise.resolve({ kind: 'lost', why: 'ECONNRESET' })
        : inner(request),
  });

describe('invoices that alone are lost at every attempt', () => {
  it.each([
    ['by PDF', 10, pdf],
    ['by PDF', 3, pdf],
    ['by file', 10, file],
  ])('(%s, %i of them) do not hold up the others for more than some minutes', async (_what, poisons, command) => {
    const world = losing();
    const queue = queueOf(
      world,
      Array.from({ length: poisons }, (_, nth) => command(`POISON-${nth}`)),
    );
    for (let nth = 1; nth <= 20; nth += 1) {
      await queue.pass(2.75);
      queue.add(command(`GOOD-${nth}`));
      await queue.pass(0.25);
      expect.soft((await recordOf(world, keyOf(`GOOD-${nth}`))).state).not.toBe('accepted');
    }
    expect(Object.values(world.model.effects.invoices).filter((times) => times === 1)).toHaveLength(20);
  });

  it('are given up in the end', async () => {
    const world = losing();
    const queue = queueOf(
      world,
      Array.from({ length: 10 }, (_, nth) => pdf(`POISON-${nth}`)),
    );
    for (let nth = 1; nth <= 24; nth += 1) {
      queue.add(pdf(`GOOD-${nth}`));
      await queue.pass(3);
    }
    for (let nth = 0; nth < 10; nth += 1)
      expect
        .soft(await recordOf(world, keyOf(`POISON-${nth}`)))
        .toMatchObject({ state: 'in-doubt', doubt: { times: 10 } });
    expect(told(world).filter((type) => type === 'submitted')).toHaveLength(24);
  });
});
