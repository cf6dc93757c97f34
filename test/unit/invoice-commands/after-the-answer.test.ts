import { describe, expect, it } from 'vitest';
import { statusRow } from '../../../shared/lists/status-row.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import type { Relay } from '../../support/relay.ts';
import { recordOf } from '../submit-invoice/scenario.ts';
import { about, complete, day, invoiceAt, suspended } from './scenario.ts';

/** What the ERP is told when the invoice comes again, before a poll has seen a new status. */
async function repeatOf(world: Relay, invoice: object) {
  await world.submit(submitCommand({ invoice }), { messageId: 'm-3' });
  const event = world.published.at(-1);
  expect(event?.type).toBe('chorus-relay.invoice.repeated.v1');
  return { ...event?.data, codes: event?.data.reasons?.map(({ code }) => code) };
}

const wrong = { recipient: { siret: RECIPIENTS.toRecycle } };
const right = { recipient: { siret: RECIPIENTS.toRecycle, service: 'VOIRIE' }, commitment: 'EJ-7' };
const recycled = async () => {
  const world = await invoiceAt(wrong, 1);
  await world.submit(about('invoice.recycle', right), { messageId: 'm-2' });
  return world;
};
const validated = { framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } };
const validator = { siret: SUPPLIERS.mainContractor };
const corrected = async () => {
  const world = await invoiceAt(validated, 1);
  await world.submit(about('invoice.correct-validator', { validator }), { messageId: 'm-2' });
  return world;
};
const completed = async () => {
  const world = await suspended();
  await world.submit(complete, { messageId: 'm-2' });
  return world;
};

describe('an invoice that comes again after the ERP’s answer', () => {
  it.each<[what: string, answered: () => Promise<Relay>, invoice: object, command: string]>([
    ['recycled, as it was', recycled, wrong, 'invoice.recycle'],
    ['recycled, as it is now', recycled, right, 'invoice.recycle'],
    ['with another validator, as it was', corrected, validated, 'invoice.correct-validator'],
    ['with another validator, as it is now', corrected, { ...validated, validator }, 'invoice.correct-validator'],
    ['completed', completed, { recipient: { siret: RECIPIENTS.suspends } }, 'invoice.complete'],
  ])('is told that the answer was given: %s', async (_what, answered, invoice, command) => {
    const world = await answered();
    const { codes, message, status, actionNeeded } = await repeatOf(world, invoice);
    expect([codes, actionNeeded, status?.answer]).toEqual([['same-invoice'], false, undefined]);
    expect(message?.fr).not.toContain('attend votre réponse');
    expect(message?.fr).toMatch(/, réponse transmise le \d+ novembre 2026 .*Il n’y a rien à faire\.$/);
    expect(message?.fr).toContain(command);
    expect(message?.en).toMatch(/, answered on 2026-11-\d\d .*There is nothing to do\.$/);
  });

  it('hears in the answer’s own event, and in the operator’s list, that nobody waits for it', async () => {
    const world = await recycled();
    expect(world.published.at(-1)?.data).toMatchObject({ status: { code: 'A_RECYCLER' }, actionNeeded: false });
    expect(world.published.at(-1)?.data.status).not.toHaveProperty('answer');
    expect(statusRow(await recordOf(world))).toMatchObject({ needsAction: false, answer: undefined });
  });

  it('is asked for again once Chorus Pro asks again', async () => {
    const world = await recycled();
    world.advance(2 * day);
    world.model.setStatus('F-2026-0001', 'A_RECYCLER', 'Toujours faux');
    world.advance(1);
    await world.poll();
    const { message, status, actionNeeded } = await repeatOf(world, wrong);
    expect([actionNeeded, status?.answer]).toEqual([true, 'invoice.recycle']);
    expect(message?.fr).toContain('Chorus Pro attend votre réponse : recycler la facture (invoice.recycle)');
  });

  it('is still told what else has changed', async () => {
    const { codes, message } = await repeatOf(await recycled(), { ...right, comment: 'Chantier Nord' });
    expect(codes).toEqual(['invoice-changed']);
    expect(message?.fr).toContain('(le commentaire)');
  });
});
