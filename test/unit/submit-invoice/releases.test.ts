/** A later invoice releases what was kept back of earlier ones. */
import { describe, expect, it } from 'vitest';
import { sentComment } from '../../../shared/invoice/amounts.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { retentionRows } from '../../../shared/lists/retention-row.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { paths } from './scenario.ts';

const name = 'Retenue de garantie';
const withDeductions = (number: string, due: string, deductions: object[], rest: object = {}) =>
  submitCommand({
    invoice: {
      number,
      totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due, deductions },
      ...rest,
    },
  });

/** 60.00 is kept back of it. */
const statement = (number: string, rest: object = {}) =>
  withDeductions(number, '1140.00', [{ kind: 'retention', name, rate: '5', amount: '60.00' }], rest);

type Release = [number: string, amount: string];
/** It releases these amounts, and says that this is what it gives back. */
const release = (number: string, back: string, releases: Release[], rest: object = {}) => {
  const due = (1200 + Number(back)).toFixed(2);
  const named = releases.map(([of, amount]) => ({ number: of, amount }));
  return withDeductions(number, due, [{ kind: 'retention', name, amount: `-${back}`, releases: named }], rest);
};

async function holding(options: RelayOptions = {}): Promise<Relay> {
  const world = relay(options);
  await world.submit(statement('F-1'));
  await world.submit(statement('F-2'));
  return world;
}

const recordOf = (world: Relay, number: string): RecordView | undefined =>
  world.ledger.records().find((record) => record.number === number);
const heldIn = (world: Relay) =>
  retentionRows(world.ledger.records(), '2026-11-23').map((row) => [
    row.number,
    row.released,
    row.held,
    row.releasedBy.map(({ number }) => number),
  ]);
const last = (world: Relay) => world.published.at(-1);
const told = (world: Relay, type: string) =>
  world.published.filter((event) => event.type === `chorus-relay.invoice.${type}.v1`);

describe('a retention', () => {
  it('is released in parts and as a whole, and its record says by whom', async () => {
    const world = await holding();
    await world.submit(
      release('F-3', '75.00', [
        ['F-1', '60.00'],
        ['F-2', '15.00'],
      ]),
    );
    expect(heldIn(world)).toEqual([
      ['F-1', '60.00', '0.00', ['F-3']],
      ['F-2', '15.00', '45.00', ['F-3']],
    ]);
    await world.submit(release('F-4', '45.00', [['F-2', '45.00']]));
    expect(heldIn(world)).toEqual([
      ['F-1', '60.00', '0.00', ['F-3']],
      ['F-2', '60.00', '0.00', ['F-3', 'F-4']],
    ]);
    expect(recordOf(world, 'F-2')?.releasedBy).toEqual([recordOf(world, 'F-3')?.pk, recordOf(world, 'F-4')?.pk]);
    expect(told(world, 'refused')).toEqual([]);
    expect(world.model.accepted().map(({ number }) => number)).toEqual(['F-1', 'F-2', 'F-3', 'F-4']);
  });

  it('is released once, also if the message comes twice, and if the invoice does', async () => {
    const world = await holding();
    const command = release('F-3', '60.00', [['F-1', '60.00']]);
    await world.submit(command, { messageId: 'm' });
    await world.submit(command, { messageId: 'm', redelivered: true });
    await world.submit(command);
    expect(heldIn(world)[0]).toEqual(['F-1', '60.00', '0.00', ['F-3']]);
    expect(recordOf(world, 'F-1')?.releasedBy).toHaveLength(1);
    expect(last(world)?.type).toBe('chorus-relay.invoice.repeated.v1');
    expect(told(world, 'refused')).toEqual([]);
  });

  it('is never released beyond what is held', async () => {
    const world = await holding();
    await world.submit(release('F-3', '40.00', [['F-1', '40.00']]));
    await world.submit(release('F-4', '20.01', [['F-1', '20.01']]));
    expect(last(world)?.data.reasons).toMatchObject([
      {
        code: 'release-too-much',
        path: 'invoice.totals.deductions[0].releases[0]',
        fr: `Retenue « ${name} » de la facture F-1 : 20,00\u00a0€ sont encore retenus, 20,01\u00a0€ seraient libérés.`,
      },
    ]);
    expect(recordOf(world, 'F-4')?.state).toBe('refused');
    expect(heldIn(world)[0]).toEqual(['F-1', '40.00', '20.00', ['F-3']]);
  });

  it('is held again once the invoice that released it is rejected', async () => {
    const world = await holding();
    const rejects = { recipient: { siret: RECIPIENTS.rejects } };
    await world.submit(release('F-3', '60.00', [['F-1', '60.00']], rejects));
    expect(heldIn(world)[0]).toEqual(['F-1', '60.00', '0.00', ['F-3']]);
    world.advance(3 * 24 * 60);
    await world.poll();
    expect(recordOf(world, 'F-3')?.state).toBe('rejected');
    expect(heldIn(world)[0]).toEqual(['F-1', '0.00', '60.00', []]);
    await world.submit(release('F-4', '60.00', [['F-1', '60.00']]));
    expect(heldIn(world)[0]).toEqual(['F-1', '60.00', '0.00', ['F-4']]);
  });

  it('is released by one of two invoices that are sent at the same time', async () => {
    const world = await holding();
    await Promise.all([
      world.submit(release('F-3', '60.00', [['F-1', '60.00']])),
      world.submit(release('F-4', '60.00', [['F-1', '60.00']])),
    ]);
    const states = ['F-3', 'F-4'].map((number) => recordOf(world, number)?.state);
    expect(states.toSorted()).toEqual(['followed', 'refused']);
    expect(heldIn(world)[0]?.slice(0, 3)).toEqual(['F-1', '60.00', '0.00']);
    expect(told(world, 'refused')[0]?.data.reasons).toMatchObject([{ code: 'release-too-much' }]);
  });

  it('waits for an invoice of which it is released and which is itself on its way', async () => {
    const world = relay();
    world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
    await world.submit(statement('F-1'), { messageId: 'first' });
    expect(recordOf(world, 'F-1')?.state).toBe('accepted');
    const command = release('F-3', '60.00', [['F-1', '60.00']]);
    expect(await world.submit(command, { messageId: 'second' })).toEqual({ kind: 'retry', reason: 'being-sent' });
    expect(recordOf(world, 'F-3')).toBeUndefined();
  });
});

describe('what the ledger does not know', () => {
  it.each<[string, Release, string]>([
    [
      'an invoice that the relay has not sent',
      ['F-0', '60.00'],
      `Le registre n’a pas de retenue « ${name} » pour la facture F-0 ;`,
    ],
    ['the invoice itself', ['F-3', '60.00'], `pour la facture F-3 ;`],
  ])('is told, and sent as it is: %s', async (_what, one, fr) => {
    const world = await holding();
    await world.submit(release('F-3', '60.00', [one]));
    expect(recordOf(world, 'F-3')?.state).toBe('followed');
    expect(recordOf(world, 'F-3')).not.toHaveProperty('releases');
    const [note] = told(world, 'accepted').at(-1)?.data.notes ?? [];
    expect(note?.code).toBe('release-unknown');
    expect(note?.fr).toContain(fr);
    expect(heldIn(world)[0]).toEqual(['F-1', '0.00', '60.00', []]);
  });

  it('finds the only retention under any name, and none of several', async () => {
    const world = relay();
    const kept = (of: string, amount: string) => ({ kind: 'retention', name: of, amount });
    await world.submit(withDeductions('F-1', '1190.00', [kept('Compte prorata', '10.00')]));
    await world.submit(withDeductions('F-2', '1185.00', [kept('Compte prorata', '10.00'), kept('Bonne fin', '5.00')]));
    await world.submit(
      release('F-3', '12.00', [
        ['F-1', '10.00'],
        ['F-2', '2.00'],
      ]),
    );
    expect(heldIn(world).map(([number, released]) => [number, released])).toEqual([
      ['F-1', '10.00'],
      ['F-2', '0.00'],
      ['F-2', '0.00'],
    ]);
    const [note, ...others] = told(world, 'accepted').at(-1)?.data.notes ?? [];
    expect(others).toEqual([]);
    expect(note?.en).toContain('F-2: it has Compte prorata, Bonne fin; its release is not noted');
  });

  it('finds an invoice of a supplier whose numbers begin anew each year by its date', async () => {
    const companies = [{ name: 'Constructions Duval', siret: '99910001900010', numbering: 'per-year' }];
    const world = await holding({ settings: { companies } });
    const named = { number: 'F-1', amount: '60.00', issueDate: '2026-11-20' };
    const deduction = { kind: 'retention', name, amount: '-60.00', releases: [named] };
    await world.submit(withDeductions('F-3', '1260.00', [deduction]));
    expect(heldIn(world)[0]).toEqual(['F-1#2026', '60.00', '0.00', ['F-3#2026']]);
  });
});

describe('a release that contradicts itself', () => {
  const unlike = (changes: object) => ({ kind: 'retention', name, amount: '-60.00', ...changes });
  const releases = [{ number: 'F-1', amount: '60.00' }];
  it.each<[string, object, string, object, string]>([
    ['is no retention', unlike({ kind: 'penalty', releases }), '1260.00', {}, 'release-unexpected'],
    ['is kept back', unlike({ amount: '60.00', releases }), '1140.00', {}, 'release-unexpected'],
    ['is a credit note’s', unlike({ releases }), '1260.00', { type: 'credit-note' }, 'release-unexpected'],
    ['adds up to more', unlike({ releases: [...releases, ...releases] }), '1260.00', {}, 'release-sum'],
    ['is a cent short', unlike({ releases: [{ number: 'F-1', amount: '59.99' }] }), '1260.00', {}, 'release-sum'],
    [
      'is negative',
      unlike({
        releases: [
          { number: 'F-1', amount: '70.00' },
          { number: 'F-2', amount: '-10.00' },
        ],
      }),
      '1260.00',
      {},
      'release-sign',
    ],
  ])('is refused: it %s', async (_what, deduction, due, rest, code) => {
    const world = await holding();
    await world.submit(withDeductions('F-3', due, [deduction], rest));
    expect(last(world)?.data.reasons?.map((reason) => reason.code)).toContain(code);
    expect(heldIn(world)[0]).toEqual(['F-1', '0.00', '60.00', []]);
  });
});

it('says in the comment of which invoices it is released', () => {
  const { invoice } = completeCommand({
    invoice: release('F-3', '75.00', [
      ['F-1', '60.00'],
      ['F-2', '15.00'],
    ]).invoice,
  });
  expect(sentComment(invoice)).toBe(`${name} : -75,00 EUR, sur F-1, F-2`);
});
