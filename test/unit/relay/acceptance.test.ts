import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../shared/ledger/record.ts';
import { spokenAcceptance } from '../../../tools/relay/acceptance-text.ts';
import { acceptanceOf, noteAcceptance } from '../../../tools/relay/acceptance.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';

const contract = '2026-GO-007';
const guarantee = { kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '60.00' };
const account = { kind: 'retention', name: 'Compte prorata', amount: '12.00' };
const said = { by: 'marie', months: 12 };

const statement = (number: string, deductions: object[], more: object = {}) => {
  const due = deductions.length > 1 ? '1128.00' : '1140.00';
  const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due, deductions };
  return submitCommand({ invoice: { number, contract, totals, ...more } });
};

async function sent(...commands: object[]): Promise<Relay> {
  const world = relay();
  for (const command of commands) await world.submit(command);
  await world.poll();
  return world;
}

async function recordsIn(world: Relay): Promise<LedgerRecord[]> {
  const records = await Promise.all(world.ledger.records().map(({ pk }) => world.ledger.get(pk)));
  return records.filter((record) => record !== undefined);
}

async function accept(world: Relay, on: string, wanted: { name?: string } = {}) {
  const records = await recordsIn(world);
  const { writes, waiting } = acceptanceOf(records, { contract, ...wanted, ...said, on }, world.now());
  for (const write of writes) expect(await world.ledger.write(write)).toBe('written');
  return { written: writes.map(({ record }) => record.number), waiting };
}
const daysIn = async (world: Relay) =>
  (await recordsIn(world)).flatMap(({ number, retentions = [] }) =>
    retentions.map(({ name, until, expected }) => [number, name, until, expected ?? false]),
  );

describe('the acceptance of the works', () => {
  it('counts from its day, and keeps who said so', async () => {
    const world = await sent(statement('F-1', [guarantee]), statement('F-2', [guarantee]));
    expect(await accept(world, '2026-11-20')).toEqual({ written: ['F-1', 'F-2'], waiting: [] });
    expect(await daysIn(world)).toEqual([
      ['F-1', 'Retenue de garantie', '2027-11-20', false],
      ['F-2', 'Retenue de garantie', '2027-11-20', false],
    ]);
    const [record] = await recordsIn(world);
    expect(record?.retentions?.[0]).toMatchObject({
      accepted: { on: '2026-11-20', by: 'marie', at: world.now().toISOString() },
      remindAt: '2027-10-21T06:00:00.000Z',
    });
  });

  it('is noted once, and may be corrected', async () => {
    const world = await sent(statement('F-1', [guarantee]));
    await accept(world, '2026-11-20');
    expect((await accept(world, '2026-11-20')).written).toEqual([]);
    expect((await accept(world, '2026-10-31')).written).toEqual(['F-1']);
    expect(await daysIn(world)).toEqual([['F-1', 'Retenue de garantie', '2027-10-31', false]]);
  });

  it('changes no day that the command said, and of several names only the one that is asked for', async () => {
    const until = { ...guarantee, releaseDate: '2027-06-30' };
    const world = await sent(statement('F-1', [until]), statement('F-2', [guarantee, account]));
    expect((await accept(world, '2026-11-20', { name: 'Retenue de garantie' })).written).toEqual(['F-2']);
    expect(await daysIn(world)).toEqual([
      ['F-1', 'Retenue de garantie', '2027-06-30', false],
      ['F-2', 'Retenue de garantie', '2027-11-20', false],
      ['F-2', 'Compte prorata', '2027-11-20', true],
    ]);
  });

  it('is of one contract, and of what is still held', async () => {
    const deductions = [
      { ...guarantee, rate: undefined, amount: '-60.00', releases: [{ number: 'F-1', amount: '60.00' }] },
    ];
    const release = statement('F-3', deductions, {
      totals: {
        taxExclusive: '1000.00',
        vat: '200.00',
        taxInclusive: '1200.00',
        due: '1260.00',
        deductions,
      },
    });
    const world = await sent(
      statement('F-1', [guarantee]),
      statement('F-2', [guarantee], { contract: 'OTHER' }),
      release,
    );
    expect((await accept(world, '2026-11-20')).written).toEqual([]);
  });

  it('waits for what is not in Chorus Pro yet', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-after', path: '/cpro/factures/v1/soumettre', count: 1 });
    await world.submit(statement('F-1', [guarantee]));
    expect(await accept(world, '2026-11-20')).toEqual({ written: [], waiting: ['F-1'] });
    world.advance(60);
    await world.poll();
    expect((await accept(world, '2026-11-20')).written).toEqual(['F-1']);
  });

  it('brings the reminder forward to its own day', async () => {
    const world = await sent(statement('F-1', [guarantee]));
    await accept(world, '2025-12-10');
    await world.poll();
    expect(world.reminders.map(({ data }) => ('until' in data ? [data.until, data.expected] : []))).toEqual([
      ['2026-12-10', false],
    ]);
  });

  it.each([
    [{}, 'F-1, Retenue de garantie : sa date (30/06/2027) vient de votre logiciel ; elle reste inchangée.'],
    [{}, 'aucune retenue dont la date dépend encore de la réception.'],
    [
      { name: 'Garantie' },
      'Marché 2026-GO-007 : aucune retenue « Garantie ». Retenues de ce marché : Retenue de garantie.',
    ],
    [{ contract: 'M-1' }, 'Marché M-1 : aucune retenue en cours. Marchés qui en ont : 2026-GO-007.'],
  ])('says why it notes nothing: %j', async (wanted, why) => {
    const world = await sent(statement('F-1', [{ ...guarantee, releaseDate: '2027-06-30' }]));
    const acceptance = { contract, ...said, on: '2026-11-20', ...wanted };
    const noted = await noteAcceptance(acceptanceOf(await recordsIn(world), acceptance, world.now()), world.ledger);
    expect(noted.noted).toEqual([]);
    expect(spokenAcceptance(noted, acceptance).fr).toContain(why);
  });
});
