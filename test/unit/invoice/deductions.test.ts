import { describe, expect, it } from 'vitest';
import { sentComment } from '../../../shared/invoice/amounts.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';

/** A monthly statement: 10,000.00 and 20 % VAT, so 12,000.00. */
const statement = (due: string, deductions?: object[], rest: object = {}) =>
  completeCommand({
    invoice: {
      lines: [],
      vatBreakdown: [{ rate: '20', base: '10000.00', amount: '2000.00' }],
      totals: { taxExclusive: '10000.00', vat: '2000.00', taxInclusive: '12000.00', due, deductions },
      ...rest,
    },
  }).invoice;
const brokenBy = (...given: Parameters<typeof statement>) =>
  brokenRules(statement(...given), { today: '2026-11-23', rounding: 'either' });

const guarantee = { kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '600.00' };
const cumulative = { ...guarantee, base: '24000.00', previous: '600.00' };
const advance = { kind: 'advance-repayment', name: 'Remboursement de l’avance' };
const penalty = { kind: 'penalty', name: 'Pénalités de retard', amount: '20.00' };

describe('what is deducted between the total with VAT and the amount due', () => {
  it.each<[string, string, object[]]>([
    ['a retention on the total with VAT', '11400.00', [guarantee]],
    ['a retention on what was done so far, less the earlier ones', '11400.00', [cumulative]],
    [
      'a retention, the site’s common account, a penalty and part of an advance',
      '10730.00',
      [
        { ...guarantee, releaseDate: '2027-11-05' },
        { kind: 'retention', name: 'Compte prorata', rate: '1.5', base: '10000.00', amount: '150.00' },
        penalty,
        { ...advance, rate: '10', base: '60000', previous: '5500', amount: '500' },
      ],
    ],
    ['a retention that is given back', '12600.00', [{ ...guarantee, rate: undefined, amount: '-600.00' }]],
    ['a rate that rounds to the cent', '11996.67', [{ ...guarantee, rate: '33.3333', base: '10.00', amount: '3.33' }]],
  ])('is accepted: %s', (_what, due, deductions) => {
    expect(brokenBy(due, deductions)).toEqual([]);
  });

  it('is written into the comment, and a discount before VAT too where no line tells of it', () => {
    const discount = { amount: '50.00', reason: 'geste commercial' };
    const totals = { taxExclusive: '950.00', vat: '190.00', taxInclusive: '1140.00', due: '1140.00' };
    const vatBreakdown = [{ rate: '20', base: '950.00', amount: '190.00', discount }];
    const comment = 'Chantier Nord';
    const told = sentComment(statement('0', undefined, { vatBreakdown, totals, comment }));
    expect(told).toBe('Chantier Nord / Remise HT (TVA à 20 %) : 50,00 EUR, geste commercial');
    const { lines } = submitCommand().invoice;
    expect(sentComment(statement('0', undefined, { vatBreakdown, totals, comment, lines }))).toBe(comment);
    const long = statement('0', undefined, { vatBreakdown, totals, comment: 'x'.repeat(1_980) });
    const [fault] = brokenRules(long, { today: '2026-11-23', rounding: 'either' });
    expect(fault).toMatchObject({ code: 'too-long', path: 'invoice.comment' });
  });

  it('may leave no room for the ERP’s own comment', () => {
    const discount = { amount: '0.00', reason: 'r'.repeat(200) };
    const vatBreakdown = Array.from({ length: 12 }, (_, i) => ({ rate: `${i}`, base: '0', amount: '0', discount }));
    const fault = brokenBy('0', [], { vatBreakdown, comment: 'x' }).find(({ code }) => code === 'too-long');
    expect(fault?.fr).toContain(': avec ces remises et déductions, 0 caractère au plus');
    expect(fault?.en).toContain(': with these discounts and deductions, 0 characters at most');
  });

  it('applies to the total after the discount', () => {
    const totals = { ...statement('0').totals, discount: { amount: '2000.00', reason: 'geste' }, due: '9500.00' };
    expect(brokenBy('0', [], { totals: { ...totals, deductions: [{ ...guarantee, amount: '500.00' }] } })).toEqual([]);
  });

  it.each<[code: string, path: string, ...Parameters<typeof statement>]>([
    ['amount-due', 'invoice.totals.due', '11399.99', [guarantee]],
    ['amount-due', 'invoice.totals.due', '12000.00', [guarantee]],
    ['deduction-amount', 'invoice.totals.deductions[0].amount', '11399.99', [{ ...guarantee, amount: '600.01' }]],
    [
      'deduction-amount',
      'invoice.totals.deductions[1].amount',
      '11379.99',
      [penalty, { ...cumulative, amount: '600.01' }],
    ],
    ['missing-field', 'invoice.totals.deductions[0].rate', '11980.00', [{ ...penalty, base: '12000.00' }]],
    ['too-long', 'invoice.comment', '11400.00', [guarantee], { comment: 'x'.repeat(1_950) }],
  ])('breaks a rule: %s at %s', (code, path, ...given) => {
    const broken = brokenBy(...given);
    expect(broken).toMatchObject([{ code, path }]);
    expect(broken.map(({ fr, en }) => fr + en).join('')).not.toMatch(/[{}]/);
  });

  it('is told with its rate and its base', () => {
    const [fault] = brokenBy('11400.01', [{ ...cumulative, amount: '599.99' }]);
    expect(fault?.fr).toBe(
      'Déduction « Retenue de garantie » : 5 % de 24\u202f000,00\u00a0€, moins 600,00\u00a0€ déjà déduits = 600,00\u00a0€, la facture indique 599,99\u00a0€.',
    );
  });

  it('is suggested if less is due than computed', () => {
    expect(brokenBy('11400.00')[0]?.fr).toMatch(
      /11\u202f400,00\u00a0€ ; une retenue de garantie.* \(totals\.deductions\)\.$/,
    );
    expect(brokenBy('12000.01')[0]?.fr).not.toContain('retenue');
  });

  it('is written into the comment, after the ERP’s own', () => {
    const invoice = statement('0', [{ ...cumulative, releaseDate: '2027-11-01' }, penalty], { comment: 'Situation 2' });
    expect(sentComment(invoice)).toBe(
      'Situation 2 / Retenue de garantie : 5 % de 24 000,00 - 600,00 déjà déduits = 600,00 EUR, à libérer le ' +
        '1er novembre 2027 / Pénalités de retard : 20,00 EUR',
    );
    expect(sentComment(statement('12000.00'))).toBeUndefined();
  });
});
