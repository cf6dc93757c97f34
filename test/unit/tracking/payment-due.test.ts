import { paymentTermsSchema } from '../../../shared/connection/payment-terms.ts';
import { describe, expect, it } from 'vitest';
import { paymentDueOf, paymentTermOf } from '../../../shared/tracking/lateness.ts';
import { exampleConnectionsWith, exampleSettings } from '../../support/example-connection.ts';

/** @param text `SUSPENDUE 2026-11-12, COMPLETEE 2026-11-20T23:30Z`: at 9:00 UTC if there is no time, `?` for no date */
const history = (text: string) =>
  text.split(', ').map((row) => {
    const [status = '', at = '?'] = row.split(' ');
    return at === '?' ? { status } : { status, at: new Date(at.includes('T') ? at : `${at}T09:00Z`) };
  });

const interrupted = 'MISE_A_DISPOSITION 2026-11-02, SUSPENDUE 2026-11-12';

/** Each last day was computed by hand from the code de la commande publique, art. R. 2192-10 to R. 2192-29. */
describe('the last day of the payment term', () => {
  it.each([
    [
      30,
      'DEPOSEE 2026-10-29, MISE_A_DISPOSITION 2026-11-02',
      '2026-12-02',
      'it counts from the recipient, not from the deposit',
    ],
    [50, 'MISE_A_DISPOSITION 2026-11-02', '2026-12-22', '28 days of November, 22 of December'],
    [60, 'MISE_A_DISPOSITION 2026-11-02', '2027-01-01', '28 days of November, 31 of December, 1 of January'],
    [30, 'MISE_A_DISPOSITION 2026-11-01T23:30Z', '2026-12-02', 'in Paris it is the 2nd already'],
    [30, 'MISE_A_DISPOSITION 2026-10-10T22:30Z', '2026-11-10', 'the change of the clocks takes no day away'],
    [
      30,
      'MISE_A_DISPOSITION 2026-11-02, SERVICE_FAIT 2026-11-20, MANDATEE 2026-11-25',
      '2026-12-02',
      'later steps change nothing',
    ],
    [
      30,
      'DEPOSEE 2026-11-01, PRISE_EN_COMPTE_DESTINATAIRE 2026-11-05',
      '2026-12-05',
      'the first status at the recipient’s counts',
    ],
    [30, 'DEPOSEE 2026-10-01, EN_COURS_ACHEMINEMENT 2026-10-02', undefined, 'it has not reached the recipient'],
    [30, 'DEPOSEE 2026-10-01, A_VALIDER_1 2026-10-02', undefined, 'it waits for its validator'],
    [
      30,
      'A_VALIDER_1 2026-11-01, VALIDEE_1 2026-11-10, MISE_A_DISPOSITION 2026-11-10',
      '2026-12-10',
      'after the validator',
    ],
    [30, interrupted, undefined, 'suspended'],
    [30, `${interrupted}, COMPLETEE 2026-11-20`, '2026-12-20', 'with 20 days left: 30 new days'],
    [60, `${interrupted}, COMPLETEE 2026-11-20`, '2027-01-09', 'with 50 days left: those'],
    [
      50,
      'MISE_A_DISPOSITION 2026-11-02, SUSPENDUE 2026-11-30, COMPLETEE 2026-12-04',
      '2027-01-03',
      'with 22 days left: 30',
    ],
    [
      30,
      `${interrupted}, MISE_A_DISPOSITION 2026-11-20`,
      '2026-12-20',
      'the recipient took it up without being completed',
    ],
    [
      30,
      `${interrupted}, COMPLETEE 2026-11-20, SUSPENDUE 2026-11-25, COMPLETEE 2026-11-30`,
      '2026-12-20',
      'the second one does not interrupt',
    ],
    [30, 'MISE_A_DISPOSITION 2026-11-02, A_RECYCLER 2026-11-10', undefined, 'to recycle'],
    [
      30,
      'MISE_A_DISPOSITION 2026-11-02, A_RECYCLER 2026-11-10, MISE_A_DISPOSITION 2026-11-16',
      '2026-12-16',
      'recycled: anew',
    ],
    [30, 'MISE_A_DISPOSITION 2026-11-02, SUSPENDUE ?, COMPLETEE 2026-11-20', undefined, 'a status without its date'],
  ])('of %i days, %s: %s, %s', (...[days, text, due]) => {
    expect(paymentDueOf(history(text), days)).toBe(due);
  });

  it('is unknown without a history', () => {
    expect(paymentDueOf([], 30)).toBeUndefined();
  });
});

describe('the days that a recipient has', () => {
  const settings = (paymentTerms: object) =>
    [...exampleConnectionsWith({ paymentTerms }).values()][0] ?? exampleSettings;
  const hospital = '26690027300019';
  const siren = '266900273';

  it.each([
    ['nobody said what kind of body it is: the longest, so that late is certainly late', {}, 60],
    ['the others are State or local', { others: 'state-or-local' }, 30],
    ['it is named by its SIREN', { others: 'state-or-local', recipients: { [siren]: 'health' } }, 50],
    ['its SIRET goes before its SIREN', { recipients: { [siren]: 'health', [hospital]: 'enterprise' } }, 60],
    ['another one is named', { others: 'state-or-local', recipients: { '267500452': 'health' } }, 30],
  ])('%s', (_what, paymentTerms, days) => {
    expect(paymentTermOf(settings(paymentTerms), hospital)).toEqual({
      days,
      isLongest: Object.keys(paymentTerms).length === 0,
    });
  });

  it('refuses a key that is neither a SIREN nor a SIRET', () => {
    expect(() => paymentTermsSchema.parse({ recipients: { '12345': 'health' } })).toThrow('SIREN');
  });
});
