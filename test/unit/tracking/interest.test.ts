import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfYearOf, lastDayWithRate, refinancingRates } from '../../../shared/facts/refinancing-rates.ts';
import { bearsInterest, type Debt, interestOn, interestRateOn } from '../../../shared/tracking/interest.ts';
import { paymentDueOf } from '../../../shared/tracking/lateness.ts';

const debt = (dueDate: string, amount = '12000.00', changes: Partial<Debt> = {}): Debt => ({
  ...{ type: 'invoice', amount, currency: 'EUR', dueDate },
  ...changes,
});

/** Each amount was computed with whole fractions, apart from this code: amount × rate × days ÷ 36 500. */
describe('interest on a late payment', () => {
  it.each([
    ['late by one day', '12000.00', '2026-12-02', '2026-12-03', 1, '10.40', '3.42'],
    ['late by 29 days, unpaid', '12000.00', '2026-12-02', '2026-12-31', 29, '10.40', '99.16'],
    ['into the next half-year: the rate stays', '12000.00', '2026-12-02', '2027-02-15', 75, '10.40', '256.44'],
    ['it begins on the last day of a half-year', '12000.00', '2024-12-30', '2025-01-31', 32, '12.25', '128.88'],
    ['it begins on the first day of a half-year', '12000.00', '2024-12-31', '2025-01-31', 31, '11.15', '113.64'],
    ['it begins on 30 June', '10000.00', '2023-06-29', '2024-06-28', 365, '10.50', '1050.00'],
    ['it begins on 1 July', '10000.00', '2023-06-30', '2024-06-29', 365, '12.00', '1200.00'],
    ['over 29 February', '8000.00', '2024-01-31', '2024-03-01', 30, '12.50', '82.19'],
    ['over the same days without it', '8000.00', '2023-01-31', '2023-03-01', 29, '10.50', '66.74'],
    ['a whole leap year: 366 days, divided by 365', '10000.00', '2023-12-31', '2024-12-31', 366, '12.50', '1253.42'],
    ['half a cent is rounded up', '14.60', '2024-01-31', '2024-02-01', 1, '12.50', '0.01'],
    ['less than half a cent is none', '17.95', '2026-01-31', '2026-02-01', 1, '10.15', '0.00'],
    ['a large sum', '1234567.89', '2026-03-15', '2026-06-20', 97, '10.15', '33301.20'],
    ['over New Year', '11400.00', '2025-12-10', '2026-01-20', 41, '10.15', '129.98'],
    ['a month of September', '48250.36', '2025-08-31', '2025-09-30', 30, '10.15', '402.53'],
    ['to the cent without rounding', '7300.00', '2024-09-10', '2024-11-09', 60, '12.25', '147.00'],
  ])('%s', (_what, amount, dueDate, until, days, total, expected) => {
    expect(interestOn(debt(dueDate, amount), until)).toMatchObject({
      ...{ until, days, indemnity: '40.00' },
      run: { rate: { total }, amount: expected },
    });
  });

  it.each([
    ['30 days', 30, 'MISE_A_DISPOSITION 2026-07-02', '2026-08-01', 30, '102.58'],
    ['50 days', 50, 'MISE_A_DISPOSITION 2026-07-02', '2026-08-21', 10, '34.19'],
    ['60 days: not late yet', 60, 'MISE_A_DISPOSITION 2026-07-02', '2026-08-31', 0, undefined],
    [
      'suspended: the new term of 30 days',
      30,
      'MISE_A_DISPOSITION 2026-06-12, SUSPENDUE 2026-06-20, COMPLETEE 2026-07-20',
      '2026-08-19',
      12,
      '41.03',
    ],
    [
      'suspended still: no term runs',
      30,
      'MISE_A_DISPOSITION 2026-06-12, SUSPENDUE 2026-06-20',
      undefined,
      0,
      undefined,
    ],
  ])('until 31 August on a term of %s', (_what, term, text, due, days, expected) => {
    const history = text.split(', ').map((row) => {
      const [status = '', day = ''] = row.split(' ');
      return { status, at: new Date(`${day}T09:00Z`) };
    });
    const dueDate = paymentDueOf(history, term);
    expect(dueDate).toBe(due);
    const owed = dueDate === undefined ? undefined : interestOn(debt(dueDate), '2026-08-31');
    expect([owed?.days ?? 0, owed?.run?.amount]).toEqual([days, expected]);
  });

  it('is on the amount due: what is retained bears none', () => {
    expect(interestOn(debt('2025-12-10', '12000.00'), '2026-01-20')?.run?.amount).toBe('136.82');
    expect(interestOn(debt('2025-12-10', '11400.00'), '2026-01-20')?.run?.amount).toBe('129.98');
  });

  it.each<[string, Debt, string]>([
    ['it was paid on the last day', debt('2026-12-02'), '2026-12-02'],
    ['it was paid before', debt('2026-12-02'), '2026-11-20'],
    ['it is a credit note', debt('2026-12-02', '1200.00', { type: 'credit-note' }), '2027-01-20'],
    ['nothing is due', debt('2026-12-02', '0.00'), '2027-01-20'],
    ['it gives money back', debt('2026-12-02', '-120.00'), '2027-01-20'],
    ['it is not in euros', debt('2026-12-02', '1200.00', { currency: 'XPF' }), '2027-01-20'],
  ])('is none, nor the indemnity, if %s', (_what, owed, until) => {
    expect(interestOn(owed, until)).toBeUndefined();
  });

  it('says which debts bear it', () => {
    expect(bearsInterest({ type: 'invoice', amount: '0.01', currency: 'EUR' })).toBe(true);
    expect(bearsInterest({ type: 'invoice', amount: '0.01', currency: 'USD' })).toBe(false);
  });

  it('has no amount where the rate is not known, but the indemnity', () => {
    expect(interestOn(debt('2031-02-28'), '2031-03-10')).toEqual({
      ...{ since: '2031-03-01', until: '2031-03-10', days: 10, indemnity: '40.00' },
    });
    expect(interestOn(debt('2022-10-31'), '2022-11-10')?.run).toBeUndefined();
  });

  it('never falls from one day to the next, and is never further than a cent from what the days bear', () => {
    const amounts = fc.integer({ min: 1, max: 200_000_000 }).map((cents) => Big(cents).div(100).toFixed(2));
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 700 }), (amount, days) => {
        const on = (count: number) => {
          const until = new Date(Date.UTC(2025, 2, 31 + count)).toISOString().slice(0, 10);
          return Big(interestOn(debt('2025-03-31', amount), until)?.run?.amount ?? 0);
        };
        const [one, whole, more] = [on(1), on(days), on(days + 1)];
        return more.gte(whole) && whole.minus(one.times(days)).abs().lte(Big(days).times('0.005').plus('0.005'));
      }),
    );
  });
});

describe('the rates', () => {
  const halfYears = Object.keys(refinancingRates);

  it('are those of each half-year, one after the other', () => {
    const next = (first: string) =>
      first.endsWith('-01-01') ? `${first.slice(0, 4)}-07-01` : `${Number(first.slice(0, 4)) + 1}-01-01`;
    expect(halfYears.slice(1)).toEqual(halfYears.slice(0, -1).map(next));
    for (const { value } of Object.values(refinancingRates)) expect(value).toMatch(/^\d{1,2}\.\d{2}$/);
  });

  it('hold from the first to the last day of their half-year, to the last one', () => {
    expect(['2026-01-01', '2026-06-30', '2026-07-01', '2026-12-31'].map(halfYearOf)).toEqual([
      ...['2026-01-01', '2026-01-01', '2026-07-01', '2026-07-01'],
    ]);
    const last = lastDayWithRate();
    expect(halfYearOf(last)).toBe(halfYears.at(-1));
    expect(interestRateOn(last)).toBeDefined();
    const after = new Date(Date.parse(last) + 24 * 3_600_000).toISOString().slice(0, 10);
    expect(interestRateOn(after)).toBeUndefined();
  });

  it('say which of them nobody has checked', () => {
    expect(interestRateOn('2024-05-05')).toEqual({
      ...{ refinancing: '4.50', halfYear: '2024-01-01', total: '12.50', isToCheck: false },
    });
    expect(interestRateOn('2026-11-26')?.isToCheck).toBe(true);
  });
});
