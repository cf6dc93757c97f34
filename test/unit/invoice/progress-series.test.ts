import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf, inCents, sum, type Rounding } from '../../../shared/invoice/amounts.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { toleratedVat } from '../../../shared/invoice/vat-rules.ts';
import type { CompleteInvoice } from '../../../shared/invoice/terms.ts';
import { contracts, euros, seriesOf, simulatorsRefusal } from '../../support/progress-series.ts';
import { atScale } from '../../support/scale.ts';

const numRuns = atScale(100_000, 1_000);
const timeout = atScale(1_800_000, 60_000);

const codesOf = (invoice: CompleteInvoice, rounding: Rounding) =>
  brokenRules(invoice, { today: '2026-11-23', rounding }).map(({ code }) => code);

type Amounts = [code: string, change: (by: number) => object][];

const plus = (amount: string, by: number): string => euros(Math.round(Number(amount) * 100) + by);
const at = (list: readonly object[], i: number, changed: object): object[] =>
  list.map((one, k) => (k === i ? { ...one, ...changed } : { ...one }));

/** Each amount of an invoice, the invoice's parts with that amount changed, and the fault that this is. */
function amountsOf({ lines, vatBreakdown, totals }: CompleteInvoice): Amounts {
  const inTotals = (changed: object) => ({ totals: { ...totals, ...changed } });
  const { discount, paid, deductions = [] } = totals;
  return [
    ...lines.map(({ net }, i): Amounts[number] => [
      'line-net',
      (by) => ({ lines: at(lines, i, { net: plus(net, by) }) }),
    ]),
    ...vatBreakdown.flatMap(({ base, amount, discount: before }, i): Amounts => [
      ['vat-base', (by) => ({ vatBreakdown: at(vatBreakdown, i, { base: plus(base, by) }) })],
      ['total-vat', (by) => ({ vatBreakdown: at(vatBreakdown, i, { amount: plus(amount, by) }) })],
      ...(before
        ? ([
            [
              'vat-base',
              (by) => ({
                vatBreakdown: at(vatBreakdown, i, { discount: { ...before, amount: plus(before.amount, by) } }),
              }),
            ],
          ] satisfies Amounts)
        : []),
    ]),
    ['total-tax-exclusive', (by) => inTotals({ taxExclusive: plus(totals.taxExclusive, by) })],
    ['total-vat', (by) => inTotals({ vat: plus(totals.vat, by) })],
    ['total-tax-inclusive', (by) => inTotals({ taxInclusive: plus(totals.taxInclusive, by) })],
    ['amount-due', (by) => inTotals({ due: plus(totals.due, by) })],
    ...(paid ? ([['amount-due', (by) => inTotals({ paid: plus(paid, by) })]] satisfies Amounts) : []),
    ...(discount
      ? ([
          ['amount-due', (by) => inTotals({ discount: { ...discount, amount: plus(discount.amount, by) } })],
        ] satisfies Amounts)
      : []),
    ...deductions.map(({ amount, rate }, i): Amounts[number] => [
      rate === undefined ? 'amount-due' : 'deduction-amount',
      (by) => inTotals({ deductions: at(deductions, i, { amount: plus(amount, by) }) }),
    ]),
  ];
}

const cent = fc.constantFrom(-1, 1);

describe('a series of progress invoices', () => {
  it('is accepted by the rules and by the simulator, and its sums hold', { timeout }, () => {
    fc.assert(
      fc.property(contracts, (contract) => {
        for (const invoice of seriesOf(contract)) {
          expect(codesOf(invoice, contract.rounding)).toEqual([]);
          expect(simulatorsRefusal(invoice)).toBeUndefined();
          expect(inCents(dueOf(invoice.totals))).toBe(invoice.totals.due);
          if (contract.rounding === 'by-total') expect(toleratedVat(invoice, contract.rounding)).toEqual([]);
        }
      }),
      { numRuns },
    );
  });

  it('keeps back 5 % of all that was done, whatever was rounded in each month', { timeout }, () => {
    fc.assert(
      fc.property(contracts, (contract) => {
        const totals = seriesOf({ ...contract, guaranteeOfAll: true }).map((invoice) => invoice.totals);
        const kept = totals.map(({ deductions = [] }) => deductions[0]?.amount ?? '0');
        const done = sum(totals.flatMap(({ taxInclusive, discount }) => [taxInclusive, `-${discount?.amount ?? '0'}`]));
        expect(inCents(sum(kept))).toBe(inCents(done.times(5).div(100).round(2)));
      }),
      { numRuns },
    );
  });

  it('is refused, with the right code, if any single amount is a cent off', { timeout }, () => {
    fc.assert(
      fc.property(contracts, fc.nat(), fc.nat(), cent, (contract, month, which, by) => {
        const series = seriesOf(contract);
        const invoice = series[month % series.length];
        if (!invoice) throw new Error('a series has invoices');
        const amounts = amountsOf(invoice);
        const [code, change] = amounts[which % amounts.length] ?? [];
        expect(codesOf(Object.assign({}, invoice, change?.(by)), contract.rounding)).toContain(code);
      }),
      { numRuns },
    );
  });
});
