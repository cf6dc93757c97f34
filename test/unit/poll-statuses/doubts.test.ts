import { describe, expect, it } from 'vitest';
import { exampleClient, submitInvoice } from '../../../tools/chorus-pro-simulator/example-client.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { answering, codesOf, deliver, effectsOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const windowMinutes = 30;

/** An invoice whose submission got no response: it was lost after its effect or before it. */
async function inDoubt(when: 'after' | 'before', world = relay()): Promise<Relay> {
  world.faults.add({ kind: `reset-${when}`, path: paths.submit, count: 1 });
  await world.submit(submitCommand(), { messageId: 'm-1' });
  expect((await recordOf(world)).state).toBe('in-doubt');
  return world;
}

describe('an invoice in doubt that Chorus Pro has', () => {
  it('is found and followed, without a second submission', async () => {
    const world = await inDoubt('after');
    world.advance(1);
    await world.poll();
    const record = await recordOf(world);
    expect(record).toMatchObject({
      state: 'followed',
      chorusProId: world.model.accepted()[0]?.id,
      status: { code: 'DEPOSEE' },
    });
    expect(record).not.toHaveProperty('doubt');
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
    expect(world.sent).toEqual([]);
  });

  it.each([
    ['paid', 'MISE_EN_PAIEMENT', 'settled', 'paid'],
    ['rejected', 'REJETEE', 'rejected', 'rejected'],
    ['suspended', 'SUSPENDUE', 'followed', 'action-needed'],
  ] as const)('and that was %s before the first search leads to both events', async (_what, status, state, event) => {
    const world = await inDoubt('after');
    world.advance(5);
    world.model.setStatus('F-2026-0001', status);
    world.advance(24 * 60);
    await world.poll();
    await world.poll();
    expect(await recordOf(world)).toMatchObject({ state, status: { code: status } });
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted', event]);
  });

  it('is not sent again when its command comes again', async () => {
    const world = await inDoubt('after');
    expect(await world.submit(submitCommand())).toEqual({ kind: 'done' });
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });

  it('is not confused with one whose number has the same beginning', async () => {
    const loose = answering(paths.search, (body, nth) => {
      if (nth > 1) return body;
      const row = {
        identifiantFactureCPP: 1,
        numeroFacture: 'F-2026-00011',
        codeFournisseur: '99910001900010',
        statut: 'DEPOSEE',
      };
      return JSON.stringify({ codeRetour: 0, libelle: '', listeFactures: [row], parametresRetour: { pages: 1 } });
    });
    const other = await inDoubt('before', relay({ transport: loose }));
    other.advance(1);
    await other.poll();
    expect((await recordOf(other)).state).toBe('in-doubt');
  });
});

describe('an invoice in doubt that Chorus Pro does not show', () => {
  it('is not sent again before the settling window is over', async () => {
    const world = await inDoubt('before');
    for (let i = 0; i < 4; i += 1) {
      world.advance(7);
      await world.poll();
    }
    expect(world.sent).toEqual([]);
    expect((await recordOf(world)).state).toBe('in-doubt');
  });

  it('is sent again exactly once after the settling window', async () => {
    const world = await inDoubt('before');
    world.advance(windowMinutes);
    await world.poll();
    await world.poll();
    expect(world.sent).toHaveLength(1);
    expect((await recordOf(world)).state).toBe('accepted');

    const [resume = ''] = world.sent;
    await Promise.all([world.submit(resume), world.submit(resume)]);
    await world.submit(resume);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    const record = await recordOf(world);
    expect(record.state).toBe('followed');
    expect(record).not.toHaveProperty('doubt');
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
  });

  it('is put on the queue again when the message to send it is lost', async () => {
    const world = await inDoubt('before');
    world.advance(windowMinutes);
    await world.poll();
    world.sent.length = 0;
    world.advance(60);
    await world.poll();
    await deliver(world);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });

  it('is searched for again later when the search does not respond', async () => {
    const world = await inDoubt('before');
    world.faults.add({ kind: 'server-error', path: paths.search });
    world.advance(windowMinutes + 5);
    for (let i = 0; i < 2; i += 1) expect(await world.poll()).toMatchObject({ stopped: 'platform-down' });
    expect(world.sent).toEqual([]);
    expect((await recordOf(world)).state).toBe('in-doubt');

    world.faults.clear();
    world.advance(2);
    await world.poll();
    expect(world.sent).toHaveLength(1);
  });

  it('is sent again once by two concurrent polls', async () => {
    const world = await inDoubt('before');
    world.advance(windowMinutes);
    await Promise.all([world.poll(), world.poll(), world.poll()]);
    expect(world.sent).toHaveLength(1);
    await deliver(world);
    expect(effectsOf(world).invoices).toBe(1);
  });
});

describe('an invoice that the search shows late', () => {
  it('is not reported as refused when the second submission is refused as a duplicate', async () => {
    const world = await inDoubt('after', relay({ model: { searchLagMs: 50 * 60_000 } }));
    world.advance(windowMinutes + 1);
    await world.poll();
    await deliver(world);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 2 });
    expect(await recordOf(world)).toMatchObject({
      state: 'in-doubt',
      doubt: { refusal: [{ code: 'refused-by-chorus-pro' }] },
    });

    world.advance(windowMinutes);
    await world.poll();
    expect((await recordOf(world)).state).toBe('followed');
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).not.toContain('refused');
  });
});

describe('a refusal after a doubt', () => {
  it('is final once the invoice is certainly not in Chorus Pro', async () => {
    const no = JSON.stringify({ codeRetour: 20013, libelle: 'Engagement clos' });
    const world = await inDoubt(
      'before',
      relay({ transport: answering(paths.pdf, (body, nth) => (nth === 1 ? body : no)) }),
    );
    world.advance(windowMinutes);
    await world.poll();
    await deliver(world);
    world.advance(1);
    await world.poll();
    expect((await recordOf(world)).state).toBe('in-doubt');
    // It most likely means "already there", so the relay waits two days before it accepts the refusal.
    world.advance(47 * 60);
    await world.poll();
    expect((await recordOf(world)).state).toBe('in-doubt');
    world.advance(2 * 60);
    await world.poll();
    const record = await recordOf(world);
    expect(record.state).toBe('refused');
    expect(codesOf(record)).toEqual(['refused-by-chorus-pro']);
    expect(record).not.toHaveProperty('doubt');
    expect(record).not.toHaveProperty('dueAt');
    expect(told(world).at(-1)).toBe('refused');
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });

  it('is not final when an hourly search finds the invoice in the meantime', async () => {
    const no = JSON.stringify({ codeRetour: 1, libelle: 'Doublon' });
    const world = await inDoubt(
      'before',
      relay({ transport: answering(paths.pdf, (body, nth) => (nth === 1 ? body : no)) }),
    );
    world.advance(windowMinutes);
    await world.poll();
    await deliver(world);
    const before = world.model.effects.calls[paths.search] ?? 0;
    const polls = 40 * 4;
    for (let i = 0; i < polls; i += 1) {
      world.advance(15);
      await world.poll();
    }
    // The second reading of five days, in windows of twelve hours, came due every six hours.
    const secondReadings = 6 * 11;
    expect((world.model.effects.calls[paths.search] ?? 0) - before - polls - secondReadings).toBe(40);
    submitInvoice(exampleClient(world.model), { number: 'F-2026-0001' });
    world.advance(60);
    await world.poll();
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
  });
});
