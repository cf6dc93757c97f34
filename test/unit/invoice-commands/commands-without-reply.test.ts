import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import { relay, type RelayOptions } from '../../support/relay.ts';
import { about, again, complete, day, path, suspended } from './scenario.ts';
import { recordOf, told } from '../submit-invoice/scenario.ts';

/** Loses the first response to `completer`, or the request itself. */
function losing(what: 'answer' | 'request'): RelayOptions {
  let lost = 0;
  const transport =
    (wire: Transport): Transport =>
    async (request) => {
      if (!request.url.endsWith(path('completer')) || (lost += 1) > 1) return wire(request);
      if (what === 'answer') await wire(request);
      return { kind: 'lost', why: 'ETIMEDOUT' };
    };
  return { transport };
}

describe('a command that was turned away although it took effect', () => {
  it.each(['unauthorized', 'forbidden', 'too-many-requests'] as const)('(%s) is answered', async (kind) => {
    const world = await suspended();
    world.faults.add({ kind, path: path('completer'), strikes: 'after', count: 1 });
    for (let i = 0; i < 3; i += 1) {
      await world.submit(complete, again);
      world.advance(5);
    }
    expect(told(world).at(-1)).toBe('answered');
    expect(told(world)).not.toContain('answer-refused');
    expect((await recordOf(world)).pendingCommand).toBeUndefined();
  });

  it('and took none is sent again as soon as its message comes', async () => {
    const world = await suspended();
    world.faults.add({ kind: 'too-many-requests', path: path('completer'), count: 1 });
    expect(await world.submit(complete, again)).toMatchObject({ kind: 'retry', reason: 'throttled' });
    world.advance(1);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(told(world).at(-1)).toBe('answered');
  });
});

describe('a command whose response was lost', () => {
  it('is not repeated if it took effect', async () => {
    const world = await suspended(losing('answer'));
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    expect(told(world).at(-1)).toBe('action-needed');
    world.advance(5);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(told(world).at(-1)).toBe('answered');
    expect(world.model.effects.calls[path('completer')]).toBe(1);
    expect((await recordOf(world)).pendingCommand).toBeUndefined();
  });

  it('is repeated if it took no effect, but not before half an hour', async () => {
    const world = await suspended(losing('request'));
    await world.submit(complete, again);
    world.advance(29);
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    expect(world.model.effects.calls[path('completer')]).toBeUndefined();
    world.advance(3);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(world.model.effects.calls[path('completer')]).toBe(1);
  });

  it.each([
    ['a request for the status', about('invoice.status')],
    ['another command', about('invoice.fetch')],
  ])('is still checked after %s', async (_what, other) => {
    const world = await suspended(losing('answer'));
    await world.submit(complete, again);
    world.advance(5);
    await world.submit(other);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(world.published.at(-1)).toMatchObject({ data: { command: { type: 'invoice.complete' } } });
    expect(told(world).at(-1)).toBe('answered');
  });

  it('makes other commands about the invoice wait for half an hour, so that it is not repeated too early', async () => {
    const world = await suspended(losing('request'));
    await world.submit(complete, again);
    world.advance(5);
    expect(await world.submit(complete, { messageId: 'm-3' })).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    expect(world.model.effects.calls[path('completer')]).toBeUndefined();
  });

  it('is not reported as done when the invoice moved on for another reason', async () => {
    const world = await suspended(losing('request'));
    await world.submit(complete, again);
    world.model.setStatus('F-2026-0001', 'REJETEE', 'Trop tard.');
    world.advance(5);
    await world.submit(complete, again);
    expect(told(world).at(-1)).toBe('answer-refused');
  });

  it('is reported as done even if the recipient has suspended the invoice again', async () => {
    const world = await suspended(losing('answer'));
    await world.submit(complete, again);
    world.advance(5);
    world.model.setStatus('F-2026-0001', 'SUSPENDUE', 'Il manque encore une pièce.');
    world.advance(35);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(told(world).at(-1)).toBe('answered');
    expect(world.model.effects.calls[path('completer')]).toBe(1);
  });

  it('is refused with Chorus Pro’s words when Chorus Pro refuses to show the result', async () => {
    const lost = losing('answer').transport;
    const refusing = (wire: Transport): Transport => {
      const losingWire = lost ? lost(wire) : wire;
      return async (request) => {
        const sending = await losingWire(request);
        const asked = request.url.endsWith(path('consulter/historique')) && sending.kind === 'response';
        const refused = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
        return asked ? { ...sending, body: refused } : sending;
      };
    };
    const world = await suspended({ transport: refusing });
    await world.submit(complete, again);
    world.advance(5);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(world.published.at(-1)?.data.reasons).toMatchObject([{ code: 'refused-by-chorus-pro' }]);
  });

  it('makes other commands wait while it is being sent', async () => {
    const world = await suspended(losing('answer'));
    await world.submit(complete, again);
    expect(await world.submit(complete, { messageId: 'm-3' })).toEqual({ kind: 'retry', reason: 'being-sent' });
  });
});

it('commands that alone are lost at every attempt do not hold up the others', async () => {
  const numbers = Array.from({ length: 6 }, (_, nth) => `F-${nth}`);
  const completionOf = (number: string) =>
    about('invoice.complete', { invoice: { number }, comment: `Voici ${number}.` });
  const world = relay({
    transport: (wire) => (request) =>
      request.url.endsWith(path('completer')) && !request.body?.includes('F-5')
        ? Promise.resolve({ kind: 'lost', why: 'ETIMEDOUT' })
        : wire(request),
  });
  for (const number of numbers)
    await world.submit(submitCommand({ invoice: { number, recipient: { siret: RECIPIENTS.suspends } } }));
  world.advance(2 * day + 60);
  await world.poll();
  const [good = '', ...poisons] = numbers.reverse();
  const queue = queueOf(world, poisons.map(completionOf));
  await queue.pass(8);
  queue.add(completionOf(good));
  await queue.pass(0.25);
  const answered = world.published.filter(({ type }) => type.includes('answered'));
  expect(answered.map(({ data }) => data.number)).toEqual([good]);
});
