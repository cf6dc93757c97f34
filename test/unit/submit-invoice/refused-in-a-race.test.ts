import { expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { ledgerWithRival } from '../../support/rival-writer.ts';
import { answering, codesOf, deliver, paths, recordOf, told } from './scenario.ts';

const faulty = (issueDate: string) => submitCommand({ invoice: { issueDate } });

it('two refusals that race for the same number are both told: the slower message comes again', async () => {
  const world = relay();
  await world.submit(faulty('2026-11-24'), { messageId: 'm-1' });
  world.dependencies.ledger = ledgerWithRival(
    world.ledger,
    ({ transition, replaces }) => transition === 'refuse' && replaces > 0,
    () => world.submit(faulty('2026-11-25'), { messageId: 'm-rival' }),
  );
  const slower = submitCommand({ invoice: { framework: 'A12' } });
  expect(await world.submit(slower, { messageId: 'm-2' })).toEqual({ kind: 'retry', reason: 'being-sent' });
  expect(told(world)).toEqual(['refused', 'refused']);
  expect(await world.submit(slower, { messageId: 'm-2', redelivered: true })).toEqual({ kind: 'done' });
  expect(told(world)).toEqual(['refused', 'refused', 'refused']);
  expect(codesOf(await recordOf(world))).toEqual(['validator-missing']);
});

it('a refusal by Chorus Pro that comes after the lease ran out is not lost: it is looked into, and told', async () => {
  const no = JSON.stringify({ codeRetour: 20013, libelle: 'non' });
  const world = relay({ transport: answering(paths.pdf, () => no) });
  world.dependencies.ledger = ledgerWithRival(
    world.ledger,
    ({ transition }) => transition === 'refuse',
    () => {
      world.advance(2);
      return world.poll();
    },
  );
  expect(await world.submit(submitCommand(), { messageId: 'm-1' })).toEqual({ kind: 'retry', reason: 'being-sent' });
  expect(told(world)).toEqual(['accepted', 'in-doubt']);
  for (let hour = 0; hour < 51; hour += 1) {
    world.advance(60);
    await world.poll();
    await deliver(world);
  }
  expect(told(world)).toEqual(['accepted', 'in-doubt', 'refused']);
  expect(codesOf(await recordOf(world))).toEqual(['refused-by-chorus-pro']);
});
