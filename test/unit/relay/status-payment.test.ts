/** What the list says of due dates, payments and credit notes. */
import { describe, expect, it } from 'vitest';
import { recordIn } from '../ledger/records.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { csvOf } from '../../../shared/lists/status-csv.ts';
import { rowsOf, type StatusRow } from '../../../shared/lists/status-row.ts';
import { isWanted, type Wanted } from '../../../shared/lists/status-wanted.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand } from '../../support/commands.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { relay } from '../../support/relay.ts';

const day = 24 * 60;
const settings = [...exampleConnectionsWith({ paymentTerms: { others: 'state-or-local' } }).values()];
const submittedAt = '2026-11-23T09:00:00.000Z';
const withStatus = (code: string) => ({ submittedAt, status: { code, at: submittedAt, observedAt: submittedAt } });
const rowOf = (changes: Partial<RecordView>): StatusRow[] =>
  rowsOf([{ ...recordIn('followed'), ...withStatus('MISE_A_DISPOSITION'), ...changes }], settings);
const numbersOf = (rows: readonly StatusRow[], wanted: Wanted) => rows.filter((row) => isWanted(row, wanted)).length;

/** The cell below each head. */
function cellsOf(rows: readonly StatusRow[], language: 'fr' | 'en'): Record<string, string> {
  const separator = language === 'fr' ? ';' : ',';
  const [heads = '', cells = ''] = csvOf(rows, language).replace('\uFEFF', '').split('\r\n');
  return Object.fromEntries(heads.split(separator).map((head, i) => [head, cells.split(separator)[i] ?? '']));
}

describe('the due date of an unpaid invoice', () => {
  it('is shown before it is past: expected from the submission, until the history has said it', () => {
    const expected = rowOf({});
    expect(spokenStatus(expected, 'fr')).toContain('    Échéance prévue : 23 décembre 2026, à compter du dépôt.');
    expect(cellsOf(expected, 'fr')).toMatchObject({ échéance: '23/12/2026', 'échéance prévue': 'oui' });
    const computed = rowOf({ paymentDue: '2026-12-27' });
    expect(spokenStatus(computed, 'en')).toContain('    Due date: 2026-12-27.');
    expect(cellsOf(computed, 'en')).toMatchObject({ 'due date': '2026-12-27', 'expected due date': '' });
  });

  it.each([
    ['the recipient waits for the supplier', withStatus('SUSPENDUE')],
    ['a validator has it', withStatus('A_VALIDER_1')],
    ['it was completed: a new term', { ...withStatus('MANDATEE'), answered: { type: 'x', at: submittedAt } }],
    ['it is a credit note', { type: 'credit-note' as const }],
    ['nothing is due', { amount: '0.00' }],
    ['the connection has no file here', { connection: 'gone' }],
  ])('is not expected if %s', (_why, changes) => {
    expect(rowOf(changes)[0]?.expectedDue).toBeUndefined();
  });

  it('is one to filter by', () => {
    expect(numbersOf(rowOf({}), { dueBefore: '2026-12-23' })).toBe(1);
    expect(numbersOf(rowOf({}), { dueBefore: '2026-12-22' })).toBe(0);
    expect(numbersOf(rowOf({ paymentDue: '2026-12-22' }), { dueBefore: '2026-12-22' })).toBe(1);
    expect(numbersOf(rowOf(withStatus('SUSPENDUE')), { dueBefore: '2027-12-31' })).toBe(0);
  });
});

it('by how many days a payment is late is a column', () => {
  const record = { ...recordIn('followed'), ...withStatus('MANDATEE'), paymentDue: '2026-12-27' };
  const late = rowsOf([{ ...record, lateToldAt: submittedAt }], settings, '2027-01-06');
  expect(cellsOf(late, 'fr')).toMatchObject({ 'en retard': 'oui', 'jours de retard du paiement': '10' });
  expect(cellsOf(late, 'en')).toMatchObject({ late: 'yes', 'days overdue of the payment': '10' });
  expect(spokenStatus(late, 'fr')).toContain(
    'En retard de 10 jours : elle était à payer au plus tard le 27 décembre 2026.',
  );
  expect(cellsOf(rowsOf([record], settings, '2027-01-06'), 'fr')['jours de retard du paiement']).toBe('');
});

describe('a payment', () => {
  it('has its day, to filter by', async () => {
    const world = relay();
    await world.submit(submitCommand());
    await world.poll();
    expect(numbersOf(rowsOf(world.ledger.records()), { paidFrom: '2026-01-01' })).toBe(0);
    world.advance(21 * day);
    await world.poll();
    const rows = rowsOf(world.ledger.records());
    expect(cellsOf(rows, 'fr')).toMatchObject({ 'mise en paiement le': '13/12/2026' });
    expect(numbersOf(rows, { paidFrom: '2026-12-13', paidTo: '2026-12-13' })).toBe(1);
    expect(numbersOf(rows, { paidFrom: '2026-12-14' })).toBe(0);
    expect(numbersOf(rows, { paidTo: '2026-12-12' })).toBe(0);
  });

  it('is added up with the others of a period', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { number: 'F-1' } }));
    await world.submit(submitCommand({ invoice: { number: 'F-2' } }));
    await world.poll();
    world.advance(21 * day);
    await world.poll();
    const rows = rowsOf(world.ledger.records());
    expect(spokenStatus(rows, 'fr', Infinity, { isOfPaid: true })).toContain(
      ' Mis en paiement sur la période : 2\u202f400,00\u00a0€.',
    );
    expect(spokenStatus(rows, 'en', Infinity, { isOfPaid: true })).toContain(
      ' Payments issued in the period: 2400.00 EUR.',
    );
    expect(spokenStatus(rows, 'fr')).not.toContain('sur la période');
  });

  it('that its recipient never reports is said to be unknown', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.paymentNotReported } } }));
    world.advance(40 * day);
    await world.poll();
    const rows = rowsOf(world.ledger.records());
    expect(rows).toMatchObject([{ status: 'COMPTABILISEE', unpaid: false, paidOn: undefined }]);
    expect(spokenStatus(rows, 'fr')).toContain('    Le destinataire n’indique pas ses paiements dans Chorus Pro :');
    expect(cellsOf(rows, 'fr')).toMatchObject({ 'paiement non communiqué': 'oui' });
  });
});

it('what is still to be paid is a column whose sum is what the list says', () => {
  const rows = [
    ...rowOf({}),
    ...rowOf({ type: 'credit-note', amount: '200.50' }),
    ...rowOf({ state: 'settled', ...withStatus('MISE_EN_PAIEMENT') }),
    ...rowOf({ state: 'rejected', ...withStatus('REJETEE') }),
    ...rowsOf([{ ...recordIn('refused'), amount: '7000.00' }]),
  ];
  expect(rows.map(({ owed }) => owed)).toEqual(['1200.00', '-200.50', '0.00', '0.00', '0.00']);
  expect(rows.map((row) => cellsOf([row], 'fr')['reste à payer'])).toEqual([
    ...['1200,00', '-200,50', '0,00', '0,00', '0,00'],
  ]);
  expect(spokenStatus(rows, 'fr')).toContain('Reste à payer : 999,50\u00a0€.');
});

describe('a credit note', () => {
  it('takes away from what is owed: in its row, in the file, and in the sum', () => {
    const rows = rowOf({ type: 'credit-note', amount: '1200.00' });
    const text = spokenStatus(rows, 'fr');
    expect(text).toContain(' (avoir) ');
    expect(text).toContain(' \u22121\u202f200,00\u00a0€ ');
    expect(text).toContain('Reste à payer : \u22121\u202f200,00\u00a0€.');
    expect(cellsOf(rows, 'fr')).toMatchObject({ avoir: 'oui', 'net à payer': '-1200,00' });
    expect(rowOf({ type: 'credit-note', amount: '0.00' })).toMatchObject([{ amount: '0.00' }]);
  });
});

it.each([
  ['MISE_A_DISPOSITION', 'Prochain intervenant : le destinataire.'],
  ['MISE_A_DISPOSITION_COMPTABLE', 'Prochain intervenant : le comptable public.'],
  ['COMPTABILISEE', 'Prochain intervenant : le comptable public.'],
  ['VALIDEE_1', 'Prochain intervenant : Chorus Pro.'],
])('says who has it: %s', (status, said) => {
  expect(spokenStatus(rowOf(withStatus(status)), 'fr')).toContain(said);
});

it('says that the public accountant pays it, once the payment is issued', () => {
  const paid = rowOf({ state: 'settled', ...withStatus('MISE_EN_PAIEMENT') });
  expect(spokenStatus(paid, 'fr')).toContain('Le comptable public paie :');
  for (const none of [{ type: 'credit-note' as const }, { amount: '0.00' }]) {
    const [row] = paid;
    if (!row) throw new Error('there is no row');
    expect(spokenStatus([{ ...row, ...none }], 'fr')).not.toContain('Le comptable public paie');
  }
});

it('says in a file who has it, as the desk does', () => {
  expect(cellsOf(rowOf({}), 'fr')).toMatchObject({ 'chez qui': 'le destinataire' });
  expect(cellsOf(rowOf(withStatus('SUSPENDUE')), 'en')).toMatchObject({ 'who has it': 'you' });
  expect(cellsOf(rowOf(withStatus('COMPTABILISEE')), 'fr')).toMatchObject({ 'chez qui': 'le comptable public' });
  const paid = rowOf({ state: 'settled', ...withStatus('MISE_EN_PAIEMENT') });
  expect(cellsOf(paid, 'fr')).toMatchObject({ 'chez qui': 'le comptable public' });
});
