import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { isInChorusPro } from '../../../shared/ledger/record.ts';
import { move } from '../../../shared/ledger/transition.ts';
import { exampleConnections, exampleConnectionsWith } from '../../support/example-connection.ts';
import { relay } from '../../support/relay.ts';
import { ledgerWithRival, touching } from '../../support/rival-writer.ts';
import { submitCommand } from '../../support/commands.ts';
import { codesOf, recordOf, told } from '../submit-invoice/scenario.ts';
import { about, again, complete, path, suspended } from './scenario.ts';

const answers = (types: readonly string[]) => types.filter((type) => type === 'answered' || type === 'answer-refused');

describe('a command whose end meets a conflict', () => {
  it('comes again, is not carried out twice, and the ERP hears one answer', async () => {
    const world = await suspended();
    world.dependencies.ledger = ledgerWithRival(
      world.ledger,
      ({ transition }) => transition === 'end-command',
      touching(world.ledger, world.now),
    );
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'being-sent' });
    expect(answers(told(world))).toEqual([]);
    world.advance(5);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(answers(told(world))).toEqual(['answered']);
    expect(world.model.effects.calls[path('completer')]).toBe(1);
    expect(await recordOf(world)).toMatchObject({ endedCommands: ['m-2'] });
  });
});

describe('a command whose start meets a conflict', () => {
  it('comes again if another command began meanwhile: only one is under way', async () => {
    const world = await suspended();
    const until = new Date(world.now().getTime() + 60_000).toISOString();
    const pendingCommand = { messageId: 'm-9', type: 'invoice.recycle', since: until, until } as const;
    world.dependencies.ledger = ledgerWithRival(
      world.ledger,
      ({ transition }) => transition === 'start-command',
      async ({ record: { pk } }) => {
        const record = await world.ledger.get(pk);
        if (!record || !isInChorusPro(record)) throw new Error('the invoice is in Chorus Pro');
        await world.ledger.write(move(record, { name: 'start-command', changes: { pendingCommand } }, world.now()));
      },
    );
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'being-sent' });
    expect(world.model.effects.calls[path('completer')]).toBeUndefined();
    expect((await recordOf(world)).pendingCommand).toMatchObject({ messageId: 'm-9' });
  });
});

describe('a command that got no response twice', () => {
  /**
   * Chorus Pro carries out the first try and hides it until `shows`: what it says of the invoice is what it said
   * before.
   */
  function hiding() {
    const state = { tries: 0, shows: false };
    const before = new Map<string, string>();
    const reads = ['consulter/fournisseur', 'consulter/historique'];
    const transport =
      (wire: Transport): Transport =>
      async (request) => {
        if (request.url.endsWith(path('completer'))) {
          if ((state.tries += 1) === 1) await wire(request);
          return { kind: 'lost', why: 'ETIMEDOUT' };
        }
        const response = await wire(request);
        const read = reads.find((one) => request.url.endsWith(path(one)));
        if (!read || response.kind !== 'response' || state.shows) return response;
        if (state.tries === 0) before.set(read, response.body);
        return { ...response, body: before.get(read) ?? response.body };
      };
    return { state, options: { transport } };
  }

  it('is found done by the effect of the first try, which is older than the second', async () => {
    const { state, options } = hiding();
    const world = await suspended(options);
    const first = world.now();
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    world.advance(32);
    expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    expect(state.tries).toBe(2);
    expect((await recordOf(world)).pendingCommand?.since).toBe(first.toISOString());
    state.shows = true;
    world.advance(5);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(answers(told(world))).toEqual(['answered']);
    expect(state.tries).toBe(2);
  });
});

it('a command that was carried out and got no response is found done, though another one was sent since', async () => {
  let lost = false;
  const world = await suspended({
    transport: (wire) => async (request) => {
      const response = await wire(request);
      if (lost || !request.url.endsWith(path('completer'))) return response;
      lost = true;
      return { kind: 'lost', why: 'ETIMEDOUT' };
    },
  });
  expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
  world.advance(40);
  world.model.setStatus('F-2026-0001', 'A_RECYCLER');
  const recycle = about('invoice.recycle', { commitment: 'ENGAGEMENT-2' });
  expect(await world.submit(recycle, { messageId: 'm-3' })).toEqual({ kind: 'done' });
  expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
  expect(answers(told(world))).toEqual(['answered', 'answered']);
  expect(world.model.effects.completed[path('completer')]).toBe(1);
  expect((await recordOf(world)).unansweredCommands).toEqual([]);
});

it('the effect of a later command does not count for one that had none', async () => {
  let lost = false;
  const world = await suspended({
    transport: (wire) => (request) => {
      if (lost || !request.url.endsWith(path('completer'))) return wire(request);
      lost = true;
      return Promise.resolve({ kind: 'lost', why: 'ETIMEDOUT' });
    },
  });
  expect(await world.submit(complete, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
  world.advance(40);
  expect(await world.submit(complete, { messageId: 'm-3' })).toEqual({ kind: 'done' });
  expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
  expect(answers(told(world))).toEqual(['answered', 'answer-refused']);
  expect(world.model.effects.completed[path('completer')]).toBe(1);
});

it('a command that was refused before its invoice was there stays refused when its message comes again', async () => {
  const world = relay();
  await world.submit(about('invoice.status'), { messageId: 'm-2' });
  await world.submit(submitCommand(), { messageId: 'm-1' });
  await world.poll();
  expect(await world.submit(about('invoice.status'), again)).toEqual({ kind: 'done' });
  expect(answers(told(world))).toEqual(['answer-refused']);
});

it('the last ten commands are remembered, and no more: a record does not grow for ever', async () => {
  const world = await suspended();
  const messages = Array.from({ length: 12 }, (_, i) => `command-${i + 1}`);
  for (const messageId of messages)
    expect(await world.submit(about('invoice.status'), { messageId })).toEqual({ kind: 'done' });
  expect((await recordOf(world)).endedCommands).toEqual(messages.slice(2).reverse());
});

it('a connection cannot command the invoice of another one, not even of the same supplier', async () => {
  const connections = new Map([...exampleConnections, ...exampleConnectionsWith({ name: 'other' })]);
  const world = relay({ connections });
  await world.submit(submitCommand());
  const before = await recordOf(world);
  expect(await world.submit({ ...about('invoice.fetch'), connection: 'other' }, { messageId: 'm-9' })).toEqual({
    kind: 'done',
  });
  const refused = await recordOf(world, 'command#m-9');
  expect(codesOf(refused)).toEqual(['invoice-not-there']);
  expect(refused.reasons?.[0]?.en).not.toContain('in Chorus Pro, its statuses are followed');
  expect(told(world).at(-1)).toBe('answer-refused');
  expect(world.published.at(-1)?.data.connection).toBe('other');
  expect(await recordOf(world)).toEqual(before);
});
