import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../tools/chorus-pro-simulator/index.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import type { Relay, RelayOptions } from '../../support/relay.ts';
import { accept, answer, asked, day, path, toldOf, validating } from './scenario.ts';

const act = path('traiter/factureAValider');
const look = path('consulter/valideur');

/** A request that the relay has told of. */
async function waiting(options: RelayOptions = {}): Promise<{ world: Relay; id: number }> {
  const world = validating(options);
  const id = world.model.askValidation(asked());
  await world.pollValidations();
  return { world, id };
}

const last = ({ validationEvents }: Relay) => validationEvents.at(-1);
const first = { messageId: 'm-1' };
const again = { messageId: 'm-1', redelivered: true };

describe('an answer', () => {
  it('is given once, and told', async () => {
    const { world, id } = await waiting();
    expect(await world.submit(accept, first)).toEqual({ kind: 'done' });
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
    expect(toldOf(world)).toEqual(['requested', 'answered']);
    expect(last(world)).toMatchObject({
      id: `validation#qualification#${id}-1#answered#m-1`,
      data: { outcome: 'accepted', by: 'relay', command: { type: 'validation.answer', messageId: 'm-1' } },
    });
    expect(await world.submit(accept, again)).toEqual({ kind: 'done' });
    for (let at = 0; at <= 16; at += 1) {
      world.advance(day);
      await world.pollValidations();
    }
    expect(toldOf(world)).toEqual(['requested', 'answered']);
    expect(world.model.effects.calls[act]).toBe(1);
  });

  it('may refuse, with a reason of Chorus Pro’s list and a comment', async () => {
    const { world, id } = await waiting();
    await world.submit(answer('refuse', { reason: 'AUTRE', comment: 'Travaux non réalisés.' }));
    expect(world.model.effects.answers).toEqual({ [id]: ['REFUS'] });
    expect(world.model.invoice(id)).toMatchObject({ status: 'REFUSEE_1', comment: 'Travaux non réalisés.' });
    expect(last(world)?.data).toMatchObject({ outcome: 'refused', by: 'relay' });
  });

  it('with a reason that is not in the list is refused with the list, and another may be given', async () => {
    const { world, id } = await waiting();
    await world.submit(answer('refuse', { reason: 'PAS_CONTENT' }));
    expect(toldOf(world)).toEqual(['requested', 'answer-refused']);
    const [refusal] = last(world)?.data.reasons ?? [];
    expect(refusal).toMatchObject({ code: 'refusal-reason-unknown', path: 'reason' });
    expect(refusal?.fr).toContain('AUTRE (Autre motif), MAUVAIS_VALIDEUR (Mauvais valideur)');
    expect(world.model.effects.answers).toEqual({});
    await world.submit(accept);
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });

  it('before the first reading finds the request in Chorus Pro', async () => {
    const world = validating();
    const id = world.model.askValidation(asked());
    expect(await world.submit(accept)).toEqual({ kind: 'done' });
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['answered']);
  });

  it('waits while Chorus Pro’s list cannot be read, if the request is not known', async () => {
    const world = validating();
    world.model.askValidation(asked());
    world.faults.add({ kind: 'maintenance', path: '/cpro/*' });
    expect(await world.submit(accept, first)).toMatchObject({ kind: 'retry', reason: 'platform-down' });
    expect(world.published).toEqual([]);
  });

  it('to a request that nobody made is refused about its message', async () => {
    const world = validating();
    expect(await world.submit(accept, first)).toEqual({ kind: 'done' });
    expect(await world.submit(accept, again)).toEqual({ kind: 'done' });
    expect(world.published.map(({ type, subject }) => [type, subject])).toEqual([
      ['chorus-relay.invoice.answer-refused.v1', 'example/-/message m-1'],
    ]);
    expect(world.published[0]?.data).toMatchObject({
      reasons: [{ code: 'request-unknown' }],
      command: { type: 'validation.answer', messageId: 'm-1' },
    });
  });

  it('of a connection without the setting is refused', async () => {
    const world = validating({ settings: {} });
    await world.submit(accept);
    expect(world.published[0]?.data.reasons?.map(({ code }) => code)).toEqual(['validations-off']);
  });

  it('to one of several requests with a number needs Chorus Pro’s id', async () => {
    const { world, id } = await waiting();
    const other = world.model.askValidation(asked());
    await world.pollValidations();
    await world.submit(accept);
    expect(world.published[0]?.data.reasons?.[0]).toMatchObject({ code: 'request-ambiguous' });
    expect(world.published[0]?.data.reasons?.[0]?.en).toContain(`${id}, ${other}`);
    const { subcontractor } = SUPPLIERS;
    await world.submit(answer('accept', { request: { subcontractor, number: 'ST-1', chorusProId: other } }));
    expect(world.model.effects.answers).toEqual({ [other]: ['VALIDATION'] });
  });

  it('after the request has ended is refused, and says how it ended', async () => {
    const { world } = await waiting();
    world.model.setStatus('ST-1', 'REFUSEE_1');
    await world.submit(accept);
    expect(last(world)?.data.reasons?.[0]).toMatchObject({ code: 'request-ended' });
    expect(last(world)?.data.message.fr).toContain('elle est refusée (état REFUSEE_1 dans Chorus Pro)');
  });

  it('is told by Chorus Pro’s own words if it refuses, and the setting gives it other ones', async () => {
    const { world } = await waiting({ model: { validatorTypes: ['TITULAIRE', 'MANDATAIRE'] } });
    await world.submit(accept);
    expect(last(world)?.data.reasons?.[0]).toMatchObject({ code: 'refused-by-chorus-pro' });
    const settings = { validations: { validatorTypes: { first: 'TITULAIRE', second: 'MANDATAIRE' } } };
    const right = await waiting({ model: { validatorTypes: ['TITULAIRE', 'MANDATAIRE'] }, settings });
    await right.world.submit(accept);
    expect(toldOf(right.world)).toEqual(['requested', 'answered']);
  });
});

describe('an answer without a reply', () => {
  const lost: [string, FaultRule['kind']][] = [
    ['that took effect', 'reset-after'],
    ['that timed out but took effect', 'hang-after'],
    ['whose reply was cut off', 'truncated'],
  ];
  it.each(lost)('%s is found and told, not given again', async (_case, kind) => {
    const { world, id } = await waiting({ model: { answersTwice: 'taken' } });
    world.faults.add({ kind, path: act, count: 1 });
    expect(await world.submit(accept, first)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    world.advance(10);
    expect(await world.submit(accept, again)).toEqual({ kind: 'done' });
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
    expect(toldOf(world)).toEqual(['requested', 'answered']);
  });

  it('that had no effect is given again after half an hour, not before', async () => {
    const { world, id } = await waiting();
    world.faults.add({ kind: 'reset-before', path: act, count: 1 });
    await world.submit(accept, first);
    world.advance(25);
    expect(await world.submit(accept, again)).toEqual({ kind: 'retry', reason: 'answer-awaited' });
    expect(world.model.effects.answers).toEqual({});
    world.advance(15);
    expect(await world.submit(accept, again)).toEqual({ kind: 'done' });
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });

  it('that a reading finds first is told once, as the relay’s', async () => {
    const { world } = await waiting();
    world.faults.add({ kind: 'reset-after', path: act, count: 1 });
    await world.submit(accept, first);
    world.advance(90);
    await world.pollValidations();
    expect(last(world)?.data).toMatchObject({ by: 'relay', outcome: 'accepted', command: { messageId: 'm-1' } });
    await world.submit(accept, again);
    expect(toldOf(world)).toEqual(['requested', 'answered']);
  });

  it('is not taken for silence while Chorus Pro cannot be asked on the sixteenth day', async () => {
    const { world } = await waiting();
    world.advance(14 * day);
    await world.pollValidations();
    world.faults.add({ kind: 'reset-after', path: act, count: 1 });
    await world.submit(accept, first);
    world.faults.add({ kind: 'maintenance', path: '/cpro/*' });
    world.advance(2 * day);
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['requested', 'due']);
    world.faults.clear();
    world.advance(60);
    await world.pollValidations();
    expect(toldOf(world)).toEqual(['requested', 'due', 'answered']);
    expect(last(world)?.data).toMatchObject({ by: 'relay', outcome: 'accepted' });
  });

  it('is not overtaken by another message with the opposite answer', async () => {
    const { world, id } = await waiting({ model: { answersTwice: 'taken' } });
    world.faults.add({ kind: 'reset-after', path: act, count: 1 });
    await world.submit(accept, first);
    world.advance(60);
    await world.submit(answer('refuse', { reason: 'AUTRE' }), { messageId: 'm-2' });
    await world.submit(accept, again);
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
    expect(
      world.validationEvents.slice(1).map(({ type, data }) => [type.split('.')[2], data.command?.messageId]),
    ).toEqual([
      ['answer-refused', 'm-2'],
      ['answered', 'm-1'],
    ]);
  });

  it('is looked for before anything else, though the look fails at first', async () => {
    const { world, id } = await waiting({ model: { answersTwice: 'taken' } });
    world.faults.add({ kind: 'reset-after', path: act, count: 1 });
    await world.submit(accept, first);
    world.advance(60);
    world.faults.add({ kind: 'unavailable', path: look, count: 1 });
    expect(await world.submit(accept, again)).toMatchObject({ kind: 'retry' });
    world.advance(5);
    await world.submit(accept, again);
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });

  it('that was turned away by the gateway is given again at once', async () => {
    const { world, id } = await waiting();
    world.faults.add({ kind: 'forbidden', path: act, count: 1 });
    expect(await world.submit(accept, first)).toEqual({ kind: 'retry', reason: 'api-not-subscribed' });
    world.advance(5);
    expect(await world.submit(accept, again)).toEqual({ kind: 'done' });
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });

  it('is given once though its message is delivered twice at the same instant', async () => {
    const { world, id } = await waiting({ model: { answersTwice: 'taken' } });
    const both = await Promise.all([world.submit(accept, first), world.submit(accept, again)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'retry']);
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });

  it('that had no effect is not taken for the silence that accepted the request', async () => {
    const { world } = await waiting();
    world.advance(14 * day + 23 * 60);
    world.faults.add({ kind: 'reset-before', path: act, count: 1 });
    await world.submit(accept, first);
    world.advance(1.5 * day);
    await world.submit(accept, again);
    expect(last(world)?.data.reasons?.[0]).toMatchObject({ code: 'request-ended' });
  });

  it('is not given while another function is giving it', async () => {
    const { world, id } = await waiting();
    const both = await Promise.all([world.submit(accept, first), world.submit(accept, { messageId: 'm-2' })]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'retry']);
    expect(world.model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });
});
