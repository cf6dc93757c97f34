import { describe, expect, it } from 'vitest';
import type { Rounding } from '../../../shared/invoice/amounts.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { toleratedVat } from '../../../shared/invoice/vat-rules.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';

const today = '2026-11-23';
const brokenBy = (changes: object, rounding: Rounding = 'either') =>
  brokenRules(completeCommand({ invoice: changes }).invoice, { today, rounding });
const totals = (taxExclusive: string, vat: string, taxInclusive: string) => ({
  totals: { taxExclusive, vat, taxInclusive, due: taxInclusive },
});
const lines = (count: number, net: string) =>
  Array.from({ length: count }, (_, i) => ({
    ...submitCommand().invoice.lines[0],
    ...{ number: i + 1, quantity: '1', unitPrice: net, net },
  }));

/** Ten lines of 164.56: base × rate is 329.12, but each line's VAT is 32.91. */
const tenLines = (amount: string) => ({
  lines: lines(10, '164.56'),
  vatBreakdown: [{ rate: '20', base: '1645.60', amount }],
  ...totals('1645.60', amount, (1645.6 + Number(amount)).toFixed(2)),
});
const withoutLines = (amount: string) => ({ ...tenLines(amount), lines: [] });

/** Each line's VAT is 0.00: the sum is a whole euro below base × rate. */
const aEuroOff = {
  lines: lines(250, '0.02'),
  vatBreakdown: [{ rate: '20', base: '5.00', amount: '0.00' }],
  ...totals('5.00', '0.00', '5.00'),
};

describe('the setting rounding', () => {
  it.each<[Rounding, string, object, ...codes: string[]]>([
    ['either', 'by line', tenLines('329.10'), 'note vat-by-line'],
    ['either', 'by total', tenLines('329.12')],
    ['either', 'in neither way', tenLines('329.11'), 'vat-amount'],
    ['by-total', 'by line', tenLines('329.10'), 'vat-amount'],
    ['by-total', 'by total', tenLines('329.12')],
    ['by-line', 'by line', tenLines('329.10'), 'note vat-by-line'],
    ['by-line', 'by total', tenLines('329.12'), 'vat-amount-by-line'],
    ['either', 'by line, without lines', withoutLines('329.10'), 'vat-amount'],
    ['by-line', 'by line, without lines', withoutLines('329.10'), 'note vat-unproven'],
    ['by-line', 'by total, without lines', withoutLines('329.12')],
    ['by-line', 'half a euro off, without lines', withoutLines('328.62'), 'note vat-unproven'],
    ['by-line', 'more than half a euro off, without lines', withoutLines('328.61'), 'vat-amount'],
    ['either', 'by line, a euro off', aEuroOff, 'vat-beyond-slack'],
  ])('%s: VAT %s', (rounding, _how, changes, ...expected) => {
    const { invoice } = completeCommand({ invoice: changes });
    const notes = toleratedVat(invoice, rounding).map(({ code }) => `note ${code}`);
    expect([...brokenBy(changes, rounding).map(({ code }) => code), ...notes]).toEqual(expected);
  });

  it('names both ways if the amount is right in neither', () => {
    expect(brokenBy(tenLines('329.11'))[0]?.fr).toBe(
      'TVA à 20 % : base × taux = 329,12\u00a0€, ou 329,10\u00a0€ en arrondissant ligne par ligne, la facture indique 329,11\u00a0€.',
    );
  });

  it.each<[Rounding, object, named: boolean]>([
    ['either', withoutLines('329.10'), true],
    ['by-total', tenLines('329.10'), true],
    ['by-total', withoutLines('329.10'), true],
    ['either', withoutLines('328.61'), false],
    ['either', tenLines('329.11'), false],
    ['by-total', tenLines('329.11'), false],
    ['by-line', withoutLines('328.61'), false],
  ])('is named where another one would take the amount: %s', (rounding, changes, named) => {
    const [fault] = brokenBy(changes, rounding);
    expect(fault?.code).toBe('vat-amount');
    expect([fault?.fr, fault?.en].map((text) => text?.includes('by-line'))).toEqual([named, named]);
  });

  it('counts a discount before VAT as a line', () => {
    const discount = { amount: '164.56', reason: 'geste' };
    const discounted = (amount: string, taxInclusive: string) => ({
      ...tenLines(amount),
      vatBreakdown: [{ rate: '20', discount, base: '1481.04', amount }],
      ...totals('1481.04', amount, taxInclusive),
    });
    expect(brokenBy(discounted('296.19', '1777.23'))).toEqual([]);
    expect(brokenBy(discounted('296.21', '1777.25'))).toEqual([]);
    expect(brokenBy(discounted('296.20', '1777.24'))).toMatchObject([{ code: 'vat-amount' }]);
    const forgotten = { ...discounted('329.12', '1974.72'), ...totals('1645.60', '329.12', '1974.72') };
    const vatBreakdown = [{ rate: '20', discount, base: '1645.60', amount: '329.12' }];
    expect(brokenBy({ ...forgotten, vatBreakdown })).toMatchObject([{ code: 'vat-base' }]);
  });
});

describe('a VAT regime', () => {
  const untaxed = { lines: [], vatBreakdown: [], ...totals('1000.00', '0.00', '1000.00') };

  const breakdown: [string, string] = ['vat-breakdown-missing', 'invoice.vatBreakdown'];
  const charged: [string, string][] = [
    ['line-vat-untaxed', 'invoice.lines[0].vatRate'],
    ['vat-regime', 'invoice.totals.vat'],
  ];
  const needless: [string, string] = ['exemption-reason-unexpected', 'invoice.exemptionReason'];
  const reasonless: [string, string] = ['exemption-reason', 'invoice.exemptionReason'];
  const exemptionReason = 'ART261';

  it.each<[regime: string, changes: object, ...faults: [code: string, path: string][]]>([
    ['on-debits', {}],
    ['on-receipts', {}],
    ['none', untaxed],
    ['reverse-charge', untaxed],
    ['exempt', { ...untaxed, exemptionReason }],
    ['on-debits', untaxed, breakdown],
    ['on-receipts', untaxed, breakdown],
    ['none', {}, ...charged],
    ['reverse-charge', {}, ...charged],
    ['exempt', { exemptionReason }, ...charged],
    ['exempt', untaxed, reasonless],
    ['on-debits', { exemptionReason }, needless],
    ['on-receipts', { exemptionReason }, needless],
    ['none', { ...untaxed, exemptionReason }, needless],
    ['reverse-charge', { ...untaxed, exemptionReason }, needless],
  ])('%s with %o: %s', (vatRegime, changes, ...faults) => {
    const broken = brokenBy({ ...changes, vatRegime }).map(({ code, path }) => [code, path]);
    expect(broken).toEqual(faults);
  });

  it.each(['reverse-charge', 'none', 'exempt'])('%s with lines at 20 %% says that they must be at 0', (vatRegime) => {
    const { lines: taxed } = submitCommand().invoice;
    const changes = { ...untaxed, vatRegime, lines: taxed, ...(vatRegime === 'exempt' ? { exemptionReason } : {}) };
    const [fault, ...others] = brokenBy(changes);
    expect([fault?.code, fault?.path, others]).toEqual(['line-vat-untaxed', 'invoice.lines[0].vatRate', []]);
    expect(fault?.fr).toContain('"0"');
    const atZero = taxed.map((line) => ({ ...line, vatRate: '0' }));
    expect(brokenBy({ ...changes, lines: atZero })).toEqual([]);
  });

  it('that needs a breakdown names those that do not', () => {
    const [fault] = brokenBy({ ...untaxed, vatRegime: 'on-debits' });
    expect(fault?.fr).toContain('« TVA sur les débits »');
    for (const regime of ['none', 'exempt', 'reverse-charge']) expect(fault?.fr).toContain(regime);
  });
});
