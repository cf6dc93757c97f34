import { describe, expect, it } from 'vitest';
import { tinyPdf } from '../../support/commands.ts';
import type { Relay } from '../../support/relay.ts';
import { told } from '../submit-invoice/scenario.ts';
import { answer, pollFor, worksCommand, worksRecord, worksRelay } from './works-scenario.ts';

const hour = 3_600_000;
const signing = '/cpro/facturesTravaux/v1/soumettre';
const calls = (world: Relay): number => world.model.effects.calls[signing] ?? 0;
const reasonsOf = (world: Relay) => (world.published.at(-1)?.data.reasons ?? []).map(({ code }) => code);

describe('works.sign-final', () => {
  const sign = (more: object = {}) =>
    answer('works.sign-final', 'PDF-1', {
      account: { number: 'PDF-1DG' },
      signed: { number: 'DGD-1', issueDate: '2026-12-20' },
      document: { name: 'DGD-1.pdf', content: tinyPdf },
      ...more,
    });

  async function toSign(options: Parameters<typeof worksRelay>[0] = {}): Promise<Relay> {
    const world = worksRelay(options);
    await world.submit(worksCommand('PDF-1', { document: 'A7' }));
    await pollFor(world, 30);
    return world;
  }

  it.each(['production', 'qualification'] as const)('signs the general statement, in %s', async (environment) => {
    const world = await toSign({ environment });
    const account = world.worksTold.findLast(({ data }) => data.document.framework === 'A20');
    expect(account?.data.status.answer).toBe('works.sign-final');
    await world.submit(sign(), { messageId: 'm-2' });
    expect(told(world).at(-1)).toBe('answered');
    expect(world.model.invoice('PDF-1DG')?.status).toBe('ASSOCIEE');
    await world.submit(sign(), { messageId: 'm-2', redelivered: true });
    expect(calls(world)).toBe(1);
    expect((await worksRecord(world, 'PDF-1', environment))?.works?.signed).toEqual({
      ...{ account: 'PDF-1DG', number: 'DGD-1', issueDate: '2026-12-20', due: '1200.00' },
    });
    await pollFor(world, 40);
    const signed = world.worksTold.filter(({ data }) => data.document.number === 'DGD-1');
    expect(signed.at(-1)?.data.status.code).toBe('MISE_EN_PAIEMENT');
    expect(await worksRecord(world, 'PDF-1', environment)).toMatchObject({
      state: 'settled',
      works: { signed: { number: 'DGD-1' } },
    });
  });

  it('whose reply is lost is looked for on the general statement', async () => {
    const world = await toSign();
    world.faults.add({ kind: 'reset-after', path: signing, count: 1 });
    expect(await world.submit(sign(), { messageId: 'm-2' })).toMatchObject({ kind: 'retry' });
    world.advance(20);
    await world.submit(sign(), { messageId: 'm-2', redelivered: true });
    expect([told(world).at(-1), calls(world)]).toEqual(['answered', 1]);
    expect((await worksRecord(world, 'PDF-1'))?.works?.signed).toMatchObject({ number: 'DGD-1', due: '1200.00' });
  });

  it('is noted without its amount if Chorus Pro does not say it', async () => {
    const world = await toSign();
    const lists = '/cpro/factures/v1/rechercher/demandePaiement';
    world.model.observe(({ path: called }) => {
      if (called === signing) world.faults.add({ kind: 'server-error', path: lists });
    });
    await world.submit(sign(), { messageId: 'm-2' });
    expect(told(world).at(-1)).toBe('answered');
    expect((await worksRecord(world, 'PDF-1'))?.works?.signed).toEqual({
      ...{ account: 'PDF-1DG', number: 'DGD-1', issueDate: '2026-12-20' },
    });
  });

  it.each(['REFUSEE_MOA', 'MISE_EN_PAIEMENT'] as const)(
    'whose reply is lost is found, though the general statement is %s since',
    async (status) => {
      const world = await toSign();
      world.faults.add({ kind: 'reset-after', path: signing, count: 1 });
      expect(await world.submit(sign(), { messageId: 'm-2' })).toMatchObject({ kind: 'retry' });
      world.advance(20);
      world.model.setStatus('PDF-1DG', status);
      await world.submit(sign(), { messageId: 'm-2', redelivered: true });
      expect([told(world).at(-1), calls(world)]).toEqual(['answered', 1]);
    },
  );

  it('that is turned away goes out again with the PDF that was uploaded', async () => {
    const world = await toSign();
    world.faults.add({ kind: 'too-many-requests', path: signing });
    for (const redelivered of [false, true]) await world.submit(sign(), { messageId: 'm-2', redelivered });
    world.faults.clear();
    world.advance(60);
    await world.submit(sign(), { messageId: 'm-2', redelivered: true });
    expect(told(world).at(-1)).toBe('answered');
    expect(world.model.effects.calls['/cpro/factures/v1/deposer/pdf']).toBe(1);
  });

  it('waits until the relay knows of the draft that it names', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('PDF-1', { document: 'A7' }));
    world.advance(60);
    world.model.answerDraft('PDF-1');
    world.model.answerDraft('PDF-1PDG');
    world.model.setStatus('PDF-1PDGDG', 'A_ASSOCIER_FOURNISSEUR');
    const signed = { number: 'DGD-1', issueDate: '2026-11-23' };
    const early = sign({ account: { number: 'PDF-1PDGDG' }, signed });
    expect(await world.submit(early, { messageId: 'm-2' })).toEqual({ kind: 'retry', reason: 'draft-awaited' });
    await pollFor(world, 1);
    await world.submit(early, { messageId: 'm-2', redelivered: true });
    expect([told(world).at(-1), world.model.invoice('PDF-1PDGDG')?.status]).toEqual(['answered', 'ASSOCIEE']);
  });

  it('finds the statement in the billing file while the lists do not show it yet', async () => {
    const world = worksRelay({ model: { searchLagMs: 3 * hour } });
    await world.submit(worksCommand('PDF-1', { document: 'A7' }));
    await pollFor(world, 1);
    world.model.answerDraft('PDF-1');
    world.model.answerDraft('PDF-1PDG');
    world.model.setStatus('PDF-1PDGDG', 'A_ASSOCIER_FOURNISSEUR');
    const signed = { number: 'DGD-1', issueDate: '2026-11-23' };
    await world.submit(sign({ account: { number: 'PDF-1PDGDG' }, signed }), { messageId: 'm-2' });
    expect([told(world).at(-1), world.model.invoice('PDF-1PDGDG')?.status]).toEqual(['answered', 'ASSOCIEE']);
  });

  it('says so if there is no such statement, or if it is no PDF', async () => {
    const world = await toSign();
    await world.submit(sign({ account: { number: 'PDF-1XX' } }));
    expect(reasonsOf(world)).toEqual(['account-not-there']);
    await world.submit(sign({ document: { name: 'dgd.xml', content: Buffer.from('<a/>').toString('base64') } }));
    expect(told(world).at(-1)).toBe('answer-refused');
    expect(calls(world)).toBe(0);
  });
});
