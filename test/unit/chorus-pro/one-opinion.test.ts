import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundings } from '../../../shared/invoice/amounts.ts';
import { brokenRules } from '../../../shared/invoice/rules.ts';
import { frameworks } from '../../../shared/invoice/frameworks.ts';
import { vatRegimes } from '../../../shared/invoice/submit-command.ts';
import type { CompleteInvoice } from '../../../shared/invoice/terms.ts';
import { completeCommand } from '../../support/commands.ts';
import { contracts, seriesOf, simulatorsRefusal } from '../../support/progress-series.ts';
import { atScale } from '../../support/scale.ts';

const flag = fc.boolean();
/** What an ERP may make of an invoice, by mistake or because it is so. */
const twists = fc.record({
  type: fc.constantFrom('invoice' as const, 'credit-note' as const),
  framework: fc.constantFrom(...frameworks),
  vatRegime: fc.constantFrom(...vatRegimes),
  exemptionReason: fc.constantFrom(undefined, 'ART261'),
  negative: flag,
  untaxed: flag,
  withoutLines: flag,
  withoutBreakdown: flag,
  paidUp: flag,
});
type Twist = typeof twists extends fc.Arbitrary<infer Made> ? Made : never;

const opposite = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

const negated = ({ lines, vatBreakdown, totals, ...rest }: CompleteInvoice): CompleteInvoice => ({
  ...rest,
  lines: lines.map((line) => ({ ...line, quantity: opposite(line.quantity), net: opposite(line.net) })),
  vatBreakdown: vatBreakdown.map(({ discount, rate, base, amount }) => ({
    ...{ rate, base: opposite(base), amount: opposite(amount) },
    ...(discount ? { discount: { ...discount, amount: opposite(discount.amount) } } : {}),
  })),
  totals: {
    ...{ taxExclusive: opposite(totals.taxExclusive), vat: opposite(totals.vat) },
    ...{ taxInclusive: opposite(totals.taxInclusive), due: opposite(totals.taxInclusive) },
  },
});

/** Without VAT, its amounts still add up. */
const untaxed = ({ totals, vatBreakdown, lines, ...rest }: CompleteInvoice): CompleteInvoice => ({
  ...rest,
  lines: lines.map((line) => ({ ...line, vatRate: '0' })),
  vatBreakdown: vatBreakdown.length === 0 ? [] : [{ rate: '0', base: totals.taxExclusive, amount: '0.00' }],
  totals: { ...totals, discount: undefined, deductions: undefined, vat: '0.00', taxInclusive: totals.taxExclusive },
});

function twisted(given: CompleteInvoice, twist: Twist): CompleteInvoice {
  const { type, framework, vatRegime, exemptionReason } = twist;
  const signed = twist.negative ? negated(given) : given;
  const invoice = twist.untaxed ? untaxed(signed) : signed;
  const { totals } = invoice;
  const simple = { ...totals, discount: undefined, deductions: undefined, paid: undefined, due: totals.taxInclusive };
  return {
    ...invoice,
    ...{ type, framework, vatRegime, exemptionReason },
    ...(framework === 'A9' || framework === 'A12' ? { validator: { siret: invoice.recipient.siret } } : {}),
    ...(twist.withoutLines ? { lines: [] } : {}),
    ...(twist.withoutBreakdown ? { vatBreakdown: [] } : {}),
    ...(twist.untaxed ? { totals: simple } : {}),
    ...(twist.paidUp ? { totals: { ...simple, paid: simple.taxInclusive, due: '0.00' } } : {}),
  };
}

const today = '2026-11-23';

describe('our rules and the simulator’s', () => {
  it('have one opinion: what ours accept is taken', { timeout: 600_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(contracts, twists, fc.constantFrom(...roundings), (contract, twist, rounding) => {
        for (const invoice of seriesOf(contract).map((one) => twisted(one, twist))) {
          if (brokenRules(invoice, { today, rounding }).length > 0) continue;
          accepted += 1;
          expect(simulatorsRefusal(invoice)).toBeUndefined();
        }
      }),
      { numRuns: atScale(100_000, 3_000) },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it.each(['invoice', 'credit-note'])('both accept a negative line in a good %s', (type) => {
    const line = { number: 1, name: 'Situation 2', quantity: '1', vatRate: '20' };
    const lines = [
      { ...line, unitPrice: '1200', net: '1200.00' },
      { ...line, number: 2, quantity: '-1', unitPrice: '200', net: '-200.00' },
    ];
    const { invoice } = completeCommand({ invoice: { type, lines } });
    expect(brokenRules(invoice, { today, rounding: 'either' })).toEqual([]);
    expect(simulatorsRefusal(invoice)).toBeUndefined();
  });

  it('both accept a credit note of which one rate is negative, since its totals are not', () => {
    const line = { number: 1, name: 'Maçonnerie', quantity: '1', unitPrice: '1000', vatRate: '20', net: '1000.00' };
    const again = { ...line, number: 2, quantity: '-1', unitPrice: '100', vatRate: '10', net: '-100.00' };
    const { invoice } = completeCommand({
      invoice: {
        type: 'credit-note',
        lines: [line, again],
        vatBreakdown: [
          { rate: '20', base: '1000.00', amount: '200.00' },
          { rate: '10', base: '-100.00', amount: '-10.00' },
        ],
        totals: { taxExclusive: '900.00', vat: '190.00', taxInclusive: '1090.00', due: '1090.00' },
      },
    });
    expect(brokenRules(invoice, { today, rounding: 'either' })).toEqual([]);
    expect(simulatorsRefusal(invoice)).toBeUndefined();
  });

  it.each([
    { taxExclusive: '-1000.00', vat: '-200.00', taxInclusive: '-1200.00', due: '-1200.00' },
    {
      ...{ taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1250.00' },
      discount: { amount: '-50.00', reason: 'geste' },
    },
    {
      ...{ taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', paid: '-100.00', due: '50.00' },
      discount: { amount: '1250.00', reason: 'geste' },
    },
  ])('both refuse a negative amount of a credit note', (totals) => {
    const { taxExclusive: base, vat: amount } = totals;
    const changes = { type: 'credit-note', lines: [], vatBreakdown: [{ rate: '20', base, amount }], totals };
    const { invoice } = completeCommand({ invoice: changes });
    const codes = brokenRules(invoice, { today, rounding: 'either' }).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['credit-note-sign']));
    expect(simulatorsRefusal(invoice)).toMatchObject({ refusal: 'creditNoteNegative' });
  });
});
