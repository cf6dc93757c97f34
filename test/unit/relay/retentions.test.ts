/** What the lists say of amounts that recipients keep back. */
import { describe, expect, it } from 'vitest';
import { recordSchema, type RecordView } from '../../../shared/ledger/record.ts';
import { csvOf } from '../../../shared/lists/status-csv.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { byDay, isWantedRetention, retentionRows, type RetentionRow } from '../../../shared/lists/retention-row.ts';
import { retentionsCsv } from '../../../shared/lists/retention-csv.ts';
import { spokenRetentions } from '../../../tools/relay/retention-text.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { recordIn } from '../ledger/records.ts';

const guarantee = { kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '60.00' };
const account = { kind: 'retention', name: 'Compte prorata', amount: '12.00', releaseDate: '2027-06-30' };

/** 1,000.00 and 20 % VAT, less these deductions. */
const statement = (number: string, due: string, deductions: object[], rest: object = {}) =>
  submitCommand({
    invoice: {
      number,
      contract: '2026-GO-007',
      totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due, deductions },
      ...rest,
    },
  });

async function sent(...commands: object[]): Promise<Relay> {
  const world = relay();
  for (const command of commands) await world.submit(command);
  await world.poll();
  return world;
}
const rowsIn = (world: Relay, today = '2026-11-23'): RetentionRow[] =>
  byDay(retentionRows(world.ledger.records(), today));

const one = () => sent(statement('F-1', '1140.00', [guarantee]));
const two = () => sent(statement('F-1', '1140.00', [guarantee]), statement('F-2', '1128.00', [guarantee, account]));

/** The cell below each head. */
function cellsOf(csv: string, separator: string): Record<string, string> {
  const [heads = '', cells = ''] = csv.replace('\uFEFF', '').split('\r\n');
  return Object.fromEntries(heads.split(separator).map((head, i) => [head, cells.split(separator)[i] ?? '']));
}

describe('the list of invoices', () => {
  it('says what is retained of the total with VAT', async () => {
    const rows = rowsOf((await one()).ledger.records());
    expect(rows).toMatchObject([{ amount: '1140.00', totalWithVat: '1200.00', retained: '60.00' }]);
    const text = spokenStatus(rows, 'fr');
    expect(text).toContain(
      '    Retenue : 60,00\u00a0€ sur 1\u202f200,00\u00a0€ TTC. « npx relay retentions » dit jusqu’à quand.',
    );
    expect(text).toContain('Reste à payer : 1\u202f140,00\u00a0€. Encore retenu : 60,00\u00a0€.');
    expect(spokenStatus(rows, 'en')).toContain('    Retained: 60.00 EUR of 1200.00 EUR with VAT.');
    expect(cellsOf(csvOf(rows, 'fr'), ';')).toMatchObject({
      'net à payer': '1140,00',
      'total TTC': '1200,00',
      'retenues et déductions': '60,00',
      'encore retenu': '60,00',
    });
  });

  it('says what is still retained, and what was at first, once a later invoice asks for some of it', async () => {
    const releases = [{ number: 'F-1', amount: '20.00' }];
    const asked = { kind: 'retention', name: 'Retenue de garantie', amount: '-20.00', releases };
    const world = await sent(statement('F-1', '1140.00', [guarantee]), statement('F-2', '1220.00', [asked]));
    const rows = rowsOf(world.ledger.records()).filter(({ number }) => number === 'F-1');
    expect(spokenStatus(rows, 'fr')).toContain('    Encore retenu : 40,00\u00a0€ (à l’origine 60,00\u00a0€). « npx');
    expect(spokenStatus(rows, 'en')).toContain('    Still retained: 40.00 EUR (60.00 EUR at first). "npx');
    expect(cellsOf(csvOf(rows, 'fr'), ';')).toMatchObject({
      ...{ 'total TTC': '1200,00', 'retenues et déductions': '60,00', 'net à payer': '1140,00' },
      'encore retenu': '40,00',
    });
  });

  it('says nothing of retentions where there are none, and reads a record that has no total', () => {
    const [row] = rowsOf([recordIn('followed')]);
    expect(row).toMatchObject({ amount: '1200.00', totalWithVat: undefined });
    expect(row).not.toHaveProperty('retained');
    expect(spokenStatus(row ? [row] : [], 'fr')).not.toContain('Retenue');
    expect(recordSchema.parse(recordIn('settled'))).not.toHaveProperty('retentions');
  });
});

describe('the list of retentions', () => {
  it('says what is held, on which invoice, by whom, since when and until when', async () => {
    const [prorata, first, second, ...others] = rowsIn(await two());
    expect(others).toEqual([]);
    expect(prorata).toMatchObject({ number: 'F-2', name: 'Compte prorata', held: '12.00', until: '2027-06-30' });
    expect(prorata?.expected).toBe(false);
    const held = { name: 'Retenue de garantie', amount: '60.00', released: '0.00', held: '60.00', expected: true };
    expect(first).toMatchObject({ ...held, number: 'F-1', contract: '2026-GO-007', since: '2026-11-20' });
    expect(second).toMatchObject({ ...held, number: 'F-2', until: '2027-11-20' });
  });

  it('is for people, in French and in English', async () => {
    const rows = rowsIn(await two(), '2027-06-30');
    const french = spokenRetentions(rows, 'fr').split('\n');
    expect(french[0]).toMatch(/^ +connexion +facture +destinataire +marché +retenue +montant retenu +depuis le/);
    expect(french[1]).toMatch(
      /^! +example +F-2 .* 2026-GO-007 +Compte prorata +12,00\u00a0€ +20\/11\/2026 +30\/06\/2027$/,
    );
    expect(french[2]).toMatch(/^ +example +F-1 .* Retenue de garantie +60,00\u00a0€ .* 20\/11\/2027 \(prévu\)$/);
    expect(french.at(-1)).toBe('3 retenues. Montant retenu : 132,00\u00a0€, dont à libérer (!) : 12,00\u00a0€.');
    expect(spokenRetentions(rows, 'en')).toContain(
      '3 retentions. Held: 132.00 EUR, of which to be released (!): 12.00',
    );
    expect(spokenRetentions([], 'fr')).toBe('Aucune retenue.');
  });

  it('fits a narrow terminal', async () => {
    const lines = spokenRetentions(rowsIn(await two()), 'fr', 40).split('\n');
    expect(lines.filter(({ length }) => length > 40)).toEqual([]);
    expect(lines).toContain('  montant retenu : 12,00\u00a0€');
  });

  it('says that a release has only been asked for, until the invoice that asks for it is paid', async () => {
    const releases = [{ number: 'F-1', amount: '60.00' }];
    const asked = { kind: 'retention', name: 'Retenue de garantie', amount: '-60.00', releases };
    const world = await sent(statement('F-1', '1140.00', [guarantee]), statement('F-2', '1260.00', [asked]));
    expect(spokenRetentions(rowsIn(world), 'fr')).toContain(
      'Versement de 60,00\u00a0€ sur 60,00\u00a0€ demandé par F-2 (pas encore mise en paiement).',
    );
    expect(cellsOf(retentionsCsv(rowsIn(world), 'fr'), ';')).toMatchObject({
      ...{ 'versement demandé par': 'F-2', 'mise en paiement le': '' },
    });
    world.advance(21 * 24 * 60);
    await world.poll();
    expect(spokenRetentions(rowsIn(world), 'fr')).toContain('demandé par F-2 (mise en paiement le 13 décembre 2026).');
    expect(spokenRetentions(rowsIn(world), 'en')).toContain('asked by F-2 (payment issued on 2026-12-13).');
    expect(cellsOf(retentionsCsv(rowsIn(world), 'fr'), ';')).toMatchObject({ 'mise en paiement le': '13/12/2026' });
  });

  it('does not say that it is unpaid where nobody says whether it is', async () => {
    const releases = [{ number: 'F-1', amount: '60.00' }];
    const asked = { kind: 'retention', name: 'Retenue de garantie', amount: '-60.00', releases };
    const silent = { recipient: { siret: RECIPIENTS.paymentNotReported } };
    const world = await sent(
      statement('F-1', '1140.00', [guarantee], silent),
      statement('F-2', '1260.00', [asked], silent),
    );
    world.advance(40 * 24 * 60);
    await world.poll();
    expect(spokenRetentions(rowsIn(world), 'fr')).toContain('F-2 (paiement non communiqué par le destinataire).');
  });

  it('is a file for a spreadsheet', async () => {
    const csv = retentionsCsv(rowsIn(await one()), 'fr');
    expect(cellsOf(csv, ';')).toMatchObject({
      facture: 'F-1',
      marché: '2026-GO-007',
      retenue: 'Retenue de garantie',
      'montant retenu': '60,00',
      'jusqu’au': '20/11/2027',
      'date prévue': 'oui',
    });
  });

  it.each([
    [{}, ['Compte prorata', 'Retenue de garantie', 'Retenue de garantie']],
    [{ dueBefore: '2027-06-30' }, ['Compte prorata']],
    [{ dueBefore: '2027-06-29' }, []],
    [{ contract: '2026-GO-007', dueBefore: '2027-06-30' }, ['Compte prorata']],
    [{ contract: '2026' }, []],
    [{ recipient: RECIPIENTS.nothingMandatory, dueBefore: '2027-06-30' }, ['Compte prorata']],
    [{ recipient: 'Caen' }, []],
  ])('has those that are wanted: %j', async (wanted, names) => {
    const rows = rowsIn(await two()).filter((row) => isWantedRetention(row, wanted));
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  it('takes away what a credit note corrects and what an invoice gives back without naming it', async () => {
    const credit = { type: 'credit-note', precedingInvoice: 'F-1' };
    const back = { kind: 'retention', name: 'Compte prorata', amount: '-12.00' };
    const world = await sent(
      statement('F-1', '1140.00', [guarantee]),
      statement('A-1', '1140.00', [guarantee], credit),
      statement('F-2', '1212.00', [back]),
    );
    const rows = rowsIn(world);
    expect(rows.map(({ number, held, until }) => [number, held, until])).toEqual([
      ['F-1', '60.00', '2027-11-20'],
      ['A-1', '-60.00', undefined],
      ['F-2', '-12.00', undefined],
    ]);
    expect(spokenRetentions(rows, 'en')).toContain('Held: -12.00 EUR.');
  });

  it.each<[string, RecordView]>([
    ['refused', recordIn('refused')],
    ['rejected', recordIn('rejected')],
    ['withheld', recordIn('withheld')],
  ])('has nothing of an invoice that was %s', (_state, record) => {
    const retentions = [{ name: 'Retenue de garantie', amount: '60.00', until: '2027-11-20' }];
    expect(retentionRows([{ ...record, retentions }], '2026-11-23')).toEqual([]);
    expect(retentionRows([{ ...recordIn('settled'), retentions }], '2026-11-23')).toHaveLength(1);
  });
});
