import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

const number = 'F-2026-0001';
const about = (type: string) => ({
  ...{ type, version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
  invoice: { number },
});

/** The ERP may ask about any invoice that Chorus Pro has, whatever its state. */
describe.each([
  ['followed', 'MANDATEE'],
  ['settled', 'MISE_EN_PAIEMENT'],
  ['rejected', 'REJETEE'],
] as const)('an invoice that is %s', (state, status) => {
  it.each(['invoice.fetch', 'invoice.status'])('accepts %s and keeps its state', async (type) => {
    const world = relay();
    await world.submit(submitCommand());
    world.model.setStatus(number, status);
    world.advance(1);
    await world.poll();
    const { length } = world.published;
    expect(await world.submit(about(type))).toEqual({ kind: 'done' });
    expect(world.published.slice(length).map(({ type: event }) => event)).toEqual(['chorus-relay.invoice.answered.v1']);
    expect(world.ledger.records().map((record) => record.state)).toEqual([state]);
  });
});

describe('a command that the status of its invoice does not allow', () => {
  it('is refused by what Chorus Pro shows now, which the relay keeps and tells as a poll would', async () => {
    const world = relay();
    await world.submit(submitCommand());
    world.model.setStatus(number, 'MISE_A_DISPOSITION');
    world.advance(1);
    await world.poll();
    world.model.setStatus(number, 'PRISE_EN_COMPTE_DESTINATAIRE');
    world.advance(1);
    const { length } = world.published;
    await world.submit({ ...about('invoice.complete'), comment: 'Voici.' });
    const told = world.published.slice(length);
    expect(told.map(({ type, data }) => [type.split('.').at(-2), data.status?.code])).toEqual([
      ['status-changed', 'PRISE_EN_COMPTE_DESTINATAIRE'],
      ['answer-refused', 'PRISE_EN_COMPTE_DESTINATAIRE'],
    ]);
    expect(told.at(-1)?.data.message.fr).toMatch(/^À l’état « Prise en compte par le destinataire »/);
    await world.submit(submitCommand());
    expect(world.published.at(-1)?.data.message.fr).toContain('« Prise en compte par le destinataire » depuis le ');
    const { length: before } = world.published;
    await world.poll();
    expect(world.published.slice(before)).toEqual([]);
  });

  it('costs no further call if the relay knows the status', async () => {
    const world = relay();
    await world.submit(submitCommand());
    world.model.setStatus(number, 'MISE_A_DISPOSITION');
    world.advance(1);
    await world.poll();
    const searches = () => world.model.effects.calls['/cpro/factures/v1/rechercher/fournisseur'];
    const before = searches();
    await world.submit({ ...about('invoice.complete'), comment: 'Voici.' });
    expect(searches()).toBe(before);
  });
});

it('a rejection may be acknowledged, once', async () => {
  const world = relay();
  await world.submit(submitCommand());
  world.model.setStatus(number, 'REJETEE');
  world.advance(1);
  await world.poll();
  const acknowledge = about('invoice.acknowledge-rejection');
  expect(await world.submit(acknowledge, { messageId: 'm-2' })).toEqual({ kind: 'done' });
  expect(await world.submit(acknowledge, { messageId: 'm-2', redelivered: true })).toEqual({ kind: 'done' });
  expect(world.published.map(({ type }) => type.split('.').at(-2))).toEqual([
    ...['accepted', 'submitted', 'rejected'],
    'answered',
  ]);
  expect(world.ledger.records().map(({ state }) => state)).toEqual(['rejected']);
});
