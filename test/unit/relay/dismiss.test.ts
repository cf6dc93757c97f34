import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../shared/ledger/record.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { dismissal } from '../../../tools/relay/dismiss.ts';
import { rowsOf, statusRow } from '../../../shared/lists/status-row.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

const number = 'F-2026-0001';
const day = 24 * 60;
const to = (siret: string) => submitCommand({ invoice: { number, recipient: { siret } } });
const about = { version: 1, connection: 'example', supplier: submitCommand().supplier, invoice: { number } };

async function recordIn(world: Relay): Promise<LedgerRecord> {
  const [view] = world.ledger.records();
  const record = view && (await world.ledger.get(view.pk));
  if (!record) throw new Error('there is no record');
  return record;
}
const marked = (world: Relay) => rowsOf(world.ledger.records()).map(({ needsAction }) => needsAction);

async function dismiss(world: Relay, why?: string): Promise<void> {
  const write = dismissal(await recordIn(world), { by: 'marie', why }, world.now());
  expect(write && (await world.ledger.write(write))).toBe('written');
}

async function suspended(): Promise<Relay> {
  const world = relay();
  await world.submit(to(RECIPIENTS.suspends));
  world.advance(2 * day + 60);
  await world.poll();
  expect(marked(world)).toEqual([true]);
  return world;
}

async function becomes(world: Relay, status: 'SUSPENDUE' | 'MISE_A_DISPOSITION'): Promise<void> {
  world.advance(day);
  world.model.setStatus(number, status);
  await world.poll();
}

describe('a dismissed invoice', () => {
  it('is marked no more; its record says by whom, and when', async () => {
    const world = await suspended();
    await dismiss(world);
    expect(marked(world)).toEqual([false]);
    expect(statusRow(await recordIn(world)).dismissed).toEqual({
      by: 'marie',
      at: world.now().toISOString(),
      why: undefined,
    });
    expect(dismissal(await recordIn(world), { by: 'paul' }, world.now())).toBeUndefined();
  });

  it('asks for nothing any more in the list, which says what the recipient still thinks, and why it was dismissed', async () => {
    const world = await suspended();
    const asking = spokenStatus(rowsOf(world.ledger.records()), 'fr');
    expect(asking).toContain('→ ajouter les pièces ou la réponse demandées');
    await dismiss(world, 'réglé par téléphone');
    const text = spokenStatus(rowsOf(world.ledger.records()), 'fr');
    expect(text).not.toContain('→');
    expect(text).toMatch(
      /Classée par marie le .* 2026 \(réglé par téléphone\) : rien à faire\. Pour le destinataire, elle reste « Suspendue »\.$/m,
    );
    // Nobody has said that it is paid.
    expect(text).toContain('Reste à payer : 1\u202f200,00\u00a0€.');
  });

  it('that was refused is nothing to a recipient', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.inactive));
    await dismiss(world);
    expect(spokenStatus(rowsOf(world.ledger.records()), 'fr')).toMatch(/Classée par marie le .* : rien à faire\.$/m);
  });

  it('tells the ERP nothing, and stays so through polls that bring nothing new', async () => {
    const world = await suspended();
    const told = world.published.length;
    await dismiss(world);
    world.advance(15 * day);
    await world.poll();
    expect(marked(world)).toEqual([false]);
    expect(world.published).toHaveLength(told);
  });

  it('is marked again if it is suspended again', async () => {
    const world = await suspended();
    await dismiss(world);
    await becomes(world, 'MISE_A_DISPOSITION');
    expect(marked(world)).toEqual([false]);
    await becomes(world, 'SUSPENDUE');
    expect(marked(world)).toEqual([true]);
    expect(statusRow(await recordIn(world)).dismissed).toBeUndefined();
  });

  it('is marked again if the ERP’s answer is refused', async () => {
    const world = await suspended();
    await dismiss(world);
    await world.submit({ ...about, type: 'invoice.recycle', commitment: 'EJ-1' });
    expect(world.published.at(-1)?.type).toContain('answer-refused');
    expect(marked(world)).toEqual([true]);
  });

  it('may be one that was refused: sent again and refused again, it is marked again', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.inactive));
    await dismiss(world);
    expect(marked(world)).toEqual([false]);
    world.advance(5);
    await world.submit(to(RECIPIENTS.inactive));
    expect(marked(world)).toEqual([true]);
  });

  it('keeps the date since when it was refused', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.inactive));
    const { since } = statusRow(await recordIn(world));
    world.advance(3 * day);
    await dismiss(world);
    expect(statusRow(await recordIn(world))).toMatchObject({ since, dismissed: { by: 'marie' } });
  });

  it('may be a message that never had a number', async () => {
    const world = relay();
    await world.submit({ ...submitCommand(), invoice: {} });
    await dismiss(world);
    expect(marked(world)).toEqual([false]);
  });
});

describe('an invoice that needs nothing', () => {
  it('cannot be dismissed', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.nothingMandatory));
    expect(dismissal(await recordIn(world), { by: 'marie' }, world.now())).toBeUndefined();
  });

  it('is one that was answered: a rejection that the ERP has acknowledged', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.rejects));
    world.advance(3 * day);
    await world.poll();
    expect(marked(world)).toEqual([true]);
    await world.submit({ ...about, type: 'invoice.acknowledge-rejection' });
    expect(world.published.at(-1)?.type).toContain('answered');
    expect(marked(world)).toEqual([false]);
  });

  it('is one that was sent again, and passed', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.inactive));
    expect(marked(world)).toEqual([true]);
    await world.submit(to(RECIPIENTS.nothingMandatory));
    expect(marked(world)).toEqual([false]);
  });
});
