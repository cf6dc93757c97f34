/** What the list says of interest: on invoices that are late, and on those that were paid late. */
import { describe, expect, it } from 'vitest';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { csvOf } from '../../../shared/lists/status-csv.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { isWanted } from '../../../shared/lists/status-wanted.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { recordIn } from '../ledger/records.ts';

const at = '2026-11-23T09:00:00.000Z';
const today = '2026-12-31';
const known = { amount: '12000.00', paymentDue: '2026-12-02' };
const status = (code: string) => ({ code, at, observedAt: at });

const late: RecordView = {
  ...{ ...recordIn('followed'), ...known, status: status('MANDATEE'), lateToldAt: at },
};
const paidLate: RecordView = {
  ...{ ...recordIn('settled'), ...known, status: status('MISE_EN_PAIEMENT'), lateToldAt: at, paidLateOn: '2026-12-03' },
};
const rowsIn = (...records: RecordView[]) => rowsOf(records, [], today);

describe('the interest of a late payment', () => {
  it('is below an invoice that is late, as it is today', () => {
    expect(spokenStatus(rowsIn(late), 'fr')).toContain(
      'Intérêts moratoires : 99,16\u00a0€ (10,40\u00a0% l’an), et 40,00\u00a0€ d’indemnité forfaitaire.',
    );
    expect(spokenStatus(rowsIn(late), 'en')).toContain(
      'Interest: 99.16 EUR (10.40 % a year), and a fixed indemnity of 40.00 EUR.',
    );
  });

  it('comes with the letter that claims it, under no title that says that nothing is to do', () => {
    const toDo = { ...recordIn('refused'), pk: 'another' };
    const french = spokenStatus(rowsIn(toDo, late), 'fr');
    expect(french).toMatch(/^ +Pour les réclamer au destinataire : npx relay letter \S+ \S+$/m);
    expect(french).toMatch(/^Rien à faire dans Chorus Pro \(1\)$/m);
    const english = spokenStatus(rowsIn(toDo, late), 'en');
    expect(english).toMatch(/^ +To claim them from the recipient: npx relay letter \S+ \S+$/m);
    expect(english).toMatch(/^Nothing to do in Chorus Pro \(1\)$/m);
    expect(spokenStatus(rowsIn({ ...late, paymentDue: '2022-12-02' }), 'en')).not.toContain('relay letter');
  });

  it('stays below an invoice that was paid late, as it was at the payment', () => {
    const rows = rowsIn(paidLate);
    expect(rows).toMatchObject([{ late: false, paidLate: true, owed: '0.00', interest: { days: 1 } }]);
    expect(spokenStatus(rows, 'fr')).toContain(
      'Payée avec 1 jour de retard ; les intérêts moratoires ont couru à partir du 3 décembre 2026.',
    );
    expect(spokenStatus(rows, 'en')).toContain('Paid 1 day late; the interest ran from 2026-12-03.');
  });

  it('is added up below the list', () => {
    expect(spokenStatus(rowsIn(late, paidLate), 'fr').split('\n').at(-1)).toContain(
      'Intérêts moratoires et indemnités : 182,58\u00a0€.',
    );
    const unknown = { ...late, paymentDue: '2022-12-02' };
    expect(spokenStatus(rowsIn(unknown, paidLate), 'en').split('\n').at(-1)).toContain(
      'Interest and indemnities: 83.42 EUR (1 without a known rate).',
    );
  });

  it('is said to be unknown where the relay knows no rate', () => {
    const unknown = rowsIn({ ...late, paymentDue: '2022-12-02' });
    expect(spokenStatus(unknown, 'fr')).toContain('Indemnité forfaitaire : 40,00\u00a0€ ; le taux');
    expect(spokenStatus(unknown, 'en')).toContain('Fixed indemnity: 40.00 EUR; the relay does not know');
  });

  it('has its columns in the file', () => {
    const [heads = '', ...cells] = csvOf(rowsIn(late, paidLate), 'fr').replace('\uFEFF', '').split('\r\n');
    const names = heads.split(';');
    const cellsOf = (name: string) => cells.slice(0, 2).map((row) => row.split(';')[names.indexOf(name)]);
    expect(cellsOf('payée en retard')).toEqual(['', 'oui']);
    expect(cellsOf('jours de retard du paiement')).toEqual(['29', '1']);
    expect(cellsOf('intérêts moratoires')).toEqual(['99,16', '3,42']);
    expect(cellsOf('taux des intérêts (%)')).toEqual(['10,40', '10,40']);
    expect(cellsOf('indemnité forfaitaire')).toEqual(['40,00', '40,00']);
  });

  it.each<[string, RecordView, boolean]>([
    ['late', late, true],
    ['paid late', paidLate, true],
    ['paid late, and suspended since', { ...late, paidBefore: true, paidLateOn: '2026-12-03' }, true],
    ['not told late yet', { ...late, lateToldAt: undefined }, false],
    ['paid in time', { ...paidLate, paidLateOn: undefined }, false],
    ['rejected after it was late', { ...late, state: 'rejected' }, false],
    ['in another currency', { ...late, currency: 'XPF' }, false],
  ])('is a filter: %s', (_what, record, wanted) => {
    expect(rowsIn(record).filter((row) => isWanted(row, { interest: true }))).toHaveLength(wanted ? 1 : 0);
  });
});
