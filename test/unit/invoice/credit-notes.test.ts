import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';

const today = '2026-11-23';
const base = submitCommand().invoice;
const brokenBy = (changes: object, numberedAnew = false) => {
  const { invoice } = completeCommand({ invoice: { type: 'credit-note', ...changes } });
  return brokenRules(invoice, { today, rounding: 'either', numberedAnew });
};

const totals = (taxExclusive: string, vat: string, taxInclusive: string) => ({
  totals: { taxExclusive, vat, taxInclusive, due: taxInclusive },
});
const line = (changes: object = {}) => ({ ...base.lines[0], ...changes });

describe('a credit note', () => {
  it.each<[string, object]>([
    ['for an earlier invoice', { precedingInvoice: 'F-2026-0000' }],
    [
      'that takes back 1,000 at 20 % and bills 100 again at 10 %',
      {
        lines: [line(), line({ number: 2, quantity: '-1', unitPrice: '100', vatRate: '10', net: '-100.00' })],
        vatBreakdown: [
          { rate: '20', base: '1000.00', amount: '200.00' },
          { rate: '10', base: '-100.00', amount: '-10.00' },
        ],
        ...totals('900.00', '190.00', '1090.00'),
      },
    ],
    [
      'with a negative line',
      {
        lines: [
          line({ quantity: '12', net: '1200.00' }),
          line({ number: 2, quantity: '-1', unitPrice: '200', net: '-200.00' }),
        ],
      },
    ],
  ])('may be one %s', (_what, changes) => {
    expect(brokenBy(changes)).toEqual([]);
  });

  it('has no negative total', () => {
    const negative = {
      lines: [],
      vatBreakdown: [{ rate: '20', base: '-1000.00', amount: '-200.00' }],
      ...totals('-1000.00', '-200.00', '-1200.00'),
    };
    expect(brokenBy(negative)).toMatchObject(
      [...['totals.taxExclusive', 'totals.vat', 'totals.taxInclusive', 'totals.due']].map((path) => ({
        code: 'credit-note-sign',
        path: `invoice.${path}`,
      })),
    );
    expect(brokenBy(negative)[1]?.en).toContain('-200.00');
  });

  it('is not for itself, but may be for another year’s invoice with its number', () => {
    const changes = { precedingInvoice: base.number };
    expect(brokenBy(changes)).toMatchObject([{ code: 'preceding-invoice-itself', path: 'invoice.precedingInvoice' }]);
    expect(brokenBy(changes, true)).toEqual([]);
  });
});
