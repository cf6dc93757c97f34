/** Lawful invoices as a builder's ERP may send them without a document: their sums are right. */
import Big from 'big.js';
import fc from 'fast-check';
import type { InvoiceToMake } from '../../shared/e-invoice/making/invoice-to-make.ts';
import { canonical, inCents, lineNet, sum, vatOf } from '../../shared/invoice/amounts.ts';
import { completed, type CompleteInvoice } from '../../shared/invoice/terms.ts';
import { invoiceSchema } from '../../shared/invoice/submit-command.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';

const inUnits = (units: fc.Arbitrary<number>, digits: number) => units.map((n) => (n / 10 ** digits).toFixed(digits));
const cents = (most: number) => inUnits(fc.integer({ min: 1, max: most }), 2);
/** What builders write: accents, ligatures, signs. */
const words = fc.stringMatching(/^[A-Za-zÀ-ÿœŒ€’–²³&<>"0-9]([A-Za-zÀ-ÿœŒ€’–²³&<>"0-9 ]{0,40}[a-z])?$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const code = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,18}[A-Z0-9]$/);

const item = fc.record({
  name: words,
  reference: maybe(code),
  quantity: inUnits(fc.integer({ min: -99_999, max: 999_999 }), 3),
  unit: maybe(fc.constantFrom('m²', 'm³', 'ml', 'forfait', 'heures', 'U', 'ens.', 'palette', 'MTK', 'T')),
  unitPrice: inUnits(fc.integer({ min: -99_999, max: 9_999_999 }), 4),
  discount: maybe(inUnits(fc.integer({ min: -9_999, max: 9_999 }), 2)),
  rate: fc.constantFrom('20', '10', '5.5', '2.1', '20.0', '0'),
});
type Item = typeof item extends fc.Arbitrary<infer Made> ? Made : never;

const parts = fc.record({
  number: fc.stringMatching(/^[A-Z]{2}-[0-9]{4}-[0-9]{4}$/),
  type: fc.constantFrom('invoice' as const, 'credit-note' as const),
  items: fc.array(item, { minLength: 1, maxLength: 6 }),
  regime: fc.constantFrom('on-debits' as const, 'on-receipts' as const, 'exempt', 'reverse-charge' as const, 'none'),
  byLine: fc.boolean(),
  framework: fc.constantFrom('A1' as const, 'A2' as const, 'A9' as const, 'A12' as const),
  discount: maybe(cents(100_00)),
  advance: maybe(cents(1_000_00)),
  paid: maybe(cents(1_000_00)),
  service: maybe(code),
  commitment: maybe(code),
  contract: maybe(code),
  comment: maybe(words),
  deliveryDate: maybe(fc.constant('2026-10-30')),
  period: maybe(fc.constant({ start: '2026-10-01', end: '2026-10-31' })),
  means: fc.constantFrom('credit-transfer', 'direct-debit', 'cheque', 'cash', 'carried-over', 'other'),
  paymentDays: maybe(fc.constantFrom(30, 50, 60)),
  buyer: words,
  legalNotice: maybe(words),
  validatorName: maybe(words),
});
type Parts = typeof parts extends fc.Arbitrary<infer Made> ? Made : never;

const isTaxed = (regime: string) => regime.startsWith('on-');

function linesOf({ items, regime }: Parts) {
  return items.map(({ rate, ...line }: Item, i) => ({
    ...line,
    number: i + 1,
    vatRate: isTaxed(regime) ? rate : '0',
    net: inCents(lineNet(line)),
  }));
}

/** VAT by rate; the first rate has the discount. Without VAT there may be no breakdown at all. */
function breakdownOf({ regime, discount, byLine }: Parts, lines: ReturnType<typeof linesOf>) {
  const byRate = Map.groupBy(lines, ({ vatRate }) => canonical(vatRate));
  const all = [...byRate].map(([rate, same], i) => {
    const given = i === 0 && discount ? { discount: { amount: discount, reason: 'Remise de volume' } } : {};
    const off = given.discount?.amount ?? '0';
    const base = sum(same.map(({ net }) => net)).minus(off);
    const rounded = sum(same.map(({ net }) => vatOf(net, rate))).minus(vatOf(off, rate));
    const vat = byLine ? rounded : vatOf(inCents(base), rate);
    return { rate, base: inCents(base), amount: inCents(vat), ...given };
  });
  return isTaxed(regime) || discount ? all : [];
}

function invoiceOf(made: Parts): CompleteInvoice {
  const { number, type, regime, framework, service, commitment, contract, comment, means, advance } = made;
  const { deliveryDate, period } = made;
  const lines = linesOf(made);
  const vatBreakdown = breakdownOf(made, lines);
  const bases = vatBreakdown.length > 0 ? vatBreakdown.map(({ base }) => base) : lines.map(({ net }) => net);
  const [net, vat] = [sum(bases), sum(vatBreakdown.map(({ amount }) => amount))];
  const total = net.plus(vat);
  const deductions = advance ? [{ kind: 'advance-repayment', name: 'Avance', amount: advance }] : [];
  const isPaid = framework === 'A2';
  const before = sum(deductions.map(({ amount }) => amount));
  const paid = isPaid ? inCents(total.minus(before)) : made.paid;
  const invoice = invoiceSchema.parse({
    ...{ number, type, issueDate: '2026-10-31', currency: 'EUR', framework, commitment, contract, comment },
    ...{ deliveryDate, period },
    recipient: { siret: RECIPIENTS.nothingMandatory, service },
    ...(framework === 'A9' || framework === 'A12' ? { validator: { siret: SUPPLIERS.agency } } : {}),
    ...(type === 'credit-note' ? { precedingInvoice: 'FA-1', precedingInvoiceDate: '2026-09-30' } : {}),
    ...{ vatRegime: regime, ...(regime === 'exempt' ? { exemptionReason: '261-4' } : {}), lines, vatBreakdown },
    totals: {
      ...{ taxExclusive: inCents(net), vat: inCents(vat), taxInclusive: inCents(total) },
      ...{ paid, ...(deductions.length > 0 ? { deductions } : {}) },
      due: inCents(total.minus(before).minus(Big(paid ?? '0'))),
    },
  });
  const terms = { framework, vatRegime: invoice.vatRegime ?? 'on-debits', paymentMeans: meansOf(means) };
  return completed(invoice, service ? { ...terms, recipientService: service } : terms);
}

type Means = NonNullable<CompleteInvoice['payment']>['means'];
const allMeans: readonly Means[] = ['credit-transfer', 'direct-debit', 'cheque', 'cash', 'carried-over', 'other'];
const meansOf = (word: string): Means => allMeans.find((means) => means === word) ?? 'other';

export const letterhead = {
  legalName: 'Constructions Duval SAS',
  address: { lines: ['1 rue des Carrières'], postcode: '14000', city: 'Caen', country: 'FR' },
  vatNumber: 'FR69999100019',
  legalNotice: 'SAS au capital de 50 000 €, RCS Caen 999 100 019',
  earlyPaymentNotice: 'Pas d’escompte pour paiement anticipé.',
};

/** With an invoice's own parts, and what settings and directory say of its parties. */
export const randomInvoices: fc.Arbitrary<InvoiceToMake> = parts.map((made) => ({
  invoice: invoiceOf(made),
  seller: { siret: SUPPLIERS.company, ...letterhead, legalNotice: made.legalNotice },
  buyer: {
    siret: RECIPIENTS.nothingMandatory,
    name: made.buyer,
    address: { lines: ['Place de la Mairie'], postcode: '14000', city: 'Caen' },
  },
  validatorName: made.validatorName,
  iban: 'FR7630006000011234567890189',
  paymentDays: made.paymentDays,
}));
