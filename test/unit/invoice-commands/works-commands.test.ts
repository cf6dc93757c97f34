import { describe, expect, it } from 'vitest';
import { PROJECT_MANAGERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import type { Relay } from '../../support/relay.ts';
import { told } from '../submit-invoice/scenario.ts';
import { answer, day, pollFor, worksCommand, worksRecord, worksRelay, worksSettings } from './works-scenario.ts';

const path = {
  complete: '/cpro/facturesTravaux/v1/completer',
  recycle: '/cpro/facturesTravaux/v1/recycler',
} as const;
const complete = answer('works.complete', 'S-1', { comment: 'Voici les attachements.' });
const last = (world: Relay) => world.published.at(-1);
const reasonsOf = (world: Relay) => (last(world)?.data.reasons ?? []).map(({ code }) => code);
const callsOf = (world: Relay, of: keyof typeof path): number => world.model.effects.calls[path[of]] ?? 0;

/** A monthly draft whose project manager wants something of the supplier. */
async function draftWith(manager: string, options: Parameters<typeof worksRelay>[0] = {}): Promise<Relay> {
  const world = worksRelay(options);
  await world.submit(worksCommand('S-1', { manager }));
  await pollFor(world, 4);
  return world;
}
const toComplete = (options: Parameters<typeof worksRelay>[0] = {}) => draftWith(PROJECT_MANAGERS.wantsMore, options);

describe('works.complete', () => {
  it('is what a document to complete asks for; it goes out once', async () => {
    const world = await toComplete();
    expect(last(world)?.data).toMatchObject({
      status: { code: 'A_COMPLETER', answer: 'works.complete' },
      actionNeeded: true,
    });
    const attachments = [{ name: 'attachements.pdf', content: tinyPdf }];
    await world.submit({ ...complete, attachments }, { messageId: 'm-2' });
    expect(last(world)?.data.command).toEqual({ type: 'works.complete', messageId: 'm-2' });
    expect(told(world).at(-1)).toBe('answered');
    await world.submit({ ...complete, attachments }, { messageId: 'm-2', redelivered: true });
    expect(callsOf(world, 'complete')).toBe(1);
    await pollFor(world, 40);
    expect((await worksRecord(world, 'S-1'))?.state).toBe('settled');
  });

  it('whose reply is lost is looked for, and not sent twice', async () => {
    const world = await toComplete();
    world.faults.add({ kind: 'reset-after', path: path.complete, count: 1 });
    expect(await world.submit(complete, { messageId: 'm-2' })).toMatchObject({ kind: 'retry' });
    world.advance(20);
    expect(await world.submit(complete, { messageId: 'm-2', redelivered: true })).toEqual({ kind: 'done' });
    expect([told(world).at(-1), callsOf(world, 'complete')]).toEqual(['answered', 1]);
  });

  it('is refused at another status, with what is possible there', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 1);
    await world.submit(complete);
    expect(reasonsOf(world)).toEqual(['answer-not-possible']);
    expect(callsOf(world, 'complete')).toBe(0);
  });
});

describe('works.recycle', () => {
  it('corrects what the document names', async () => {
    const world = await draftWith(PROJECT_MANAGERS.sendsBack);
    expect(last(world)?.data.status).toMatchObject({
      code: 'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
      answer: 'works.recycle',
    });
    await world.submit(answer('works.recycle', 'S-1', { commitment: 'ENG-2' }));
    expect([told(world).at(-1), callsOf(world, 'recycle')]).toEqual(['answered', 1]);
    expect(await worksRecord(world, 'S-1')).toMatchObject({ corrected: { commitment: 'ENG-2' } });
  });
});

describe('with the setting off', () => {
  it('nothing is sent, and the reason says what to do on the portal', async () => {
    const world = await toComplete({ answers: 'off' });
    await world.submit(complete);
    expect(reasonsOf(world)).toEqual(['works-answers-off']);
    expect(last(world)?.data.reasons?.[0]?.fr).toContain('complétez la pièce sur le portail');
    expect([callsOf(world, 'complete'), world.model.invoice('S-1')?.status]).toEqual([0, 'A_COMPLETER']);
  });

  it('or without works: the same', async () => {
    const connections = new Map(worksSettings({}));
    const world = await toComplete({ connections });
    const settings = connections.get('example');
    if (settings) connections.set('example', { ...settings, works: undefined });
    world.reopen();
    await world.submit(complete);
    expect(reasonsOf(world)).toEqual(['works-not-set']);
  });
});

describe.each([
  ['404', 'not-found'],
  ['the gateway’s own answer for a route that it does not have', 'no-route'],
] as const)('a path that proves wrong by %s', (_how, kind) => {
  const wrong = async (telemetry = recordedTelemetry()) => {
    const state = { wrong: true };
    const world = await toComplete({
      telemetry,
      transport: (wire) => (request) =>
        state.wrong && request.url.endsWith('facturesTravaux/v1/completer')
          ? Promise.resolve({
              kind: 'response',
              status: kind === 'not-found' ? 404 : 403,
              headers: kind === 'not-found' ? {} : { 'www-authenticate': 'Bearer realm="DefaultRealm"' },
              body: kind === 'not-found' ? 'Not Found' : '{"httpCode":"403","httpMessage":"Forbidden"}',
            })
          : wire(request),
    });
    return { world, state, telemetry };
  };

  it('is told, alarms, and leaves the document where it was', async () => {
    const { world, telemetry } = await wrong();
    const before = await worksRecord(world, 'S-1');
    expect(await world.submit(complete)).toEqual({ kind: 'done' });
    expect(reasonsOf(world)).toEqual(['works-path-wrong']);
    expect(last(world)?.data.reasons?.[0]?.en).toContain('set `works.answers` to "off"');
    expect(telemetry.logged).toContainEqual([
      'error',
      'WORKS_PATH_WRONG',
      { subject: 'example/99910001900010/S-1', operation: 'facturesTravaux/v1/completer' },
    ]);
    expect(telemetry.measured).toContainEqual(['WorksPathWrong', 1, { connection: 'example' }]);
    const after = await worksRecord(world, 'S-1');
    expect(after).toMatchObject({ state: before?.state, status: before?.status });
    expect(after).not.toHaveProperty('pendingCommand');
  });

  it('is not called again for a month, then once more', async () => {
    const { world, state } = await wrong();
    await world.submit(complete);
    state.wrong = false;
    await world.submit(complete);
    expect([reasonsOf(world), callsOf(world, 'complete')]).toEqual([['works-path-wrong'], 0]);
    world.advance(31 * day);
    await world.submit(complete);
    expect([told(world).at(-1), callsOf(world, 'complete')]).toEqual(['answered', 1]);
  });
});

describe('a command of the other family', () => {
  it.each([
    ['invoice.complete', { comment: 'Voici.' }, 'works.complete'],
    ['invoice.recycle', { commitment: 'ENG-2' }, 'works.recycle'],
    ['invoice.correct-validator', { validator: { siret: PROJECT_MANAGERS.answers } }, undefined],
  ])('%s is refused for a works document, and the right one named', async (type, more, instead) => {
    const world = await toComplete();
    await world.submit(answer(type, 'S-1', more));
    expect(reasonsOf(world)).toEqual(['works-command-instead']);
    const said = last(world)?.data.reasons?.[0]?.en ?? '';
    expect(said.includes('Use ')).toBe(instead !== undefined);
    expect(said).toContain(instead ?? 'A4');
  });

  it('works.complete is refused for an invoice', async () => {
    const world = worksRelay();
    await world.submit(submitCommand());
    await world.submit(answer('works.complete', 'F-2026-0001', { comment: 'Voici.' }));
    expect(reasonsOf(world)).toEqual(['not-a-works-document']);
  });

  it.each(['invoice.status', 'invoice.fetch'])('%s serves both', async (type) => {
    const world = await toComplete();
    await world.submit(answer(type, 'S-1'));
    expect(told(world).at(-1)).toBe('answered');
  });
});
