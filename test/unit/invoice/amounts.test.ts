import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, inCents, lineNet, sum, toCent, vatOf } from '../../../shared/invoice/amounts.ts';

/** An amount in thousandths, as text, so that half cents occur. */
const thousandths = fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n });
const decimal = (units: bigint, scale: number): string => {
  const text = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
};
const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });

describe('rounding to the cent', () => {
  it.each([
    ['48250.355', '48250.36'],
    ['-48250.355', '-48250.36'],
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['0.0049999', '0.00'],
    ['1.115', '1.12'],
    ['2.5', '2.50'],
  ])('%s is %s: half away from zero', (amount, rounded) => {
    expect(toCent(Big(amount)).toFixed(2)).toBe(rounded);
  });

  it('is symmetric for credit notes, and off by at most half a cent', () => {
    fc.assert(
      fc.property(thousandths, (units) => {
        const rounded = toCent(Big(decimal(units, 3)));
        expect(toCent(Big(decimal(-units, 3))).toFixed(2)).toBe(rounded.times(-1).toFixed(2));
        expect(rounded.minus(decimal(units, 3)).abs().lte('0.005')).toBe(true);
      }),
    );
  });
});

describe('sums', () => {
  it('are exact, whatever the size', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
        const total = amounts.reduce((a, b) => a + b, 0n);
        expect(inCents(sum(amounts.map((amount) => decimal(amount, 2))))).toBe(inCents(decimal(total, 2)));
      }),
    );
  });

  it('of an empty list are zero', () => {
    expect(inCents(sum([]))).toBe('0.00');
  });
});

describe('a line', () => {
  it.each([
    ['quantity × price', { quantity: '3', unitPrice: '33.333333' }, '100.00'],
    ['less its discount', { quantity: '10', unitPrice: '100', discount: '12.50' }, '987.50'],
    ['rounded once, at the end', { quantity: '0.0001', unitPrice: '50', discount: '0' }, '0.01'],
    ['a quantity taken back', { quantity: '-2', unitPrice: '10.005' }, '-20.01'],
    ['a negative price', { quantity: '1', unitPrice: '-0.005' }, '-0.01'],
  ])('%s', (_what, line, net) => {
    expect(inCents(lineNet(line))).toBe(net);
  });
});

describe('VAT', () => {
  it.each([
    ['1000.00', '20', '200.00'],
    ['0.02', '20', '0.00'],
    ['0.03', '20', '0.01'],
    ['100.10', '5.5', '5.51'],
    ['-100.10', '5.5', '-5.51'],
    ['999999999999.99', '20', '200000000000.00'],
    ['10', '0', '0.00'],
  ])('of %s at %s %% is %s', (base, rate, amount) => {
    expect(inCents(vatOf(base, rate))).toBe(amount);
  });
});

describe('spellings of numbers', () => {
  it('with the same value are the same rate', () => {
    expect(new Set(['20', '20.0', '20.00'].map(canonical))).toEqual(new Set(['20']));
    expect(canonical('5.50')).toBe('5.5');
  });

  it('are printed with two decimals', () => {
    expect(inCents('1250.4')).toBe('1250.40');
    expect(inCents('-7')).toBe('-7.00');
  });
});
