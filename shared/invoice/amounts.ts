import Big from 'big.js';
import * as z from 'zod';
import { sendToTry, type Fact } from '../facts/fact.ts';
import { deductionSchema, type Deduction } from './deductions.ts';
import { amount, fault, identifier, text } from './fields.ts';
import { frenchDate, frenchNumber } from './french.ts';

export { frenchAmount, frenchDate, frenchNumber } from './french.ts';

/** Amounts travel as decimal strings ("1250.40", euros unless the currency says otherwise) and are never floats. */
export type Decimal = string;

export const sum = (amounts: readonly (Big | Decimal)[]): Big =>
  amounts.reduce<Big>((total, amount) => total.plus(amount), Big(0));

/** Half away from zero, on invoices and credit notes alike: 48250.355 → 48250.36. */
export const toCent = (amount: Big): Big => amount.round(2, Big.roundHalfUp);

export const lineNet = (line: { quantity: Decimal; unitPrice: Decimal; discount?: Decimal | undefined }): Big =>
  toCent(
    Big(line.quantity)
      .times(line.unitPrice)
      .minus(line.discount ?? 0),
  );

export const vatOf = (base: Decimal, ratePercent: Decimal): Big => toCent(Big(base).times(ratePercent).div(100));

/** How a connection's ERP rounds VAT: both ways are lawful, and an ERP keeps to one of them. */
export const roundings = ['either', 'by-total', 'by-line'] as const;
export type Rounding = (typeof roundings)[number];

/** How far the VAT at one rate may be from base × rate if it was rounded line by line: a sum, in euros. */
export const vatSlack = {
  vatSlack: {
    value: '1.00',
    mark: 'INF',
    source:
      'the European standard (BR-CO-17) accepts less than this at each rate; no source says what Chorus Pro accepts',
    toTry: {
      order: 22,
      what: 'whether soumettre accepts VAT that was rounded line by line, 0.02 below base × rate',
      command: sendToTry('invoice-rounded-by-line.json'),
    },
  },
  vatSlackWithoutLines: {
    value: '0.50',
    mark: 'OURS',
    source: 'a hundred lines of half a cent each; without the lines the rounding cannot be computed',
  },
} as const satisfies Record<string, Fact<Decimal>>;

/** "1250.4" → "1250.40": what a person reads, and one spelling for all ERPs. */
export const inCents = (amount: Big | Decimal): Decimal => Big(amount).toFixed(2);

/** "20" and "20.0" are one VAT rate. */
export const canonical = (amount: Decimal): Decimal => Big(amount).toFixed();

// As `amount` in fields.ts: 15 significant digits at most.
const unitPrice = z.string(fault('unit-price')).regex(/^-?\d{1,9}(\.\d{1,6})?$/, fault('unit-price'));
const quantity = z.string(fault('quantity')).regex(/^-?\d{1,11}(\.\d{1,4})?$/, fault('quantity'));
const vatRate = z.string(fault('vat-rate')).regex(/^\d{1,2}(\.\d{1,2})?$/, fault('vat-rate'));

export const lineSchema = z.strictObject({
  number: z.int().min(1).max(99_999).describe('The line’s number, from 1; each line has its own.'),
  reference: identifier(50).optional().describe('The item’s reference in the ERP or in the contract.'),
  name: text(255).describe('What was delivered or done.'),
  quantity: quantity.describe('How many, up to 4 decimals: "2.5". Negative to deduct what was billed before.'),
  unit: text(20).optional().describe('The unit of the quantity, in words: "m²", "forfait".'),
  unitPrice: unitPrice.describe('Price of one unit without VAT, in `currency`, up to 6 decimals: "142.80".'),
  discount: amount.optional().describe('Discount on the line, without VAT: "210.00".'),
  vatRate: vatRate.describe(
    'VAT rate in percent: "20", "5.5". "0" with the regimes `exempt`, `reverse-charge` and `none`, where `vatBreakdown` may be empty; else it must also be there.',
  ),
  net: amount.describe(
    'Line total without VAT (BT-131): quantity × unit price − discount, rounded to the cent. Checked; not sent.',
  ),
});

export const vatSchema = z.strictObject({
  rate: vatRate.describe('VAT rate in percent, each rate once: "20".'),
  discount: z
    .strictObject({
      amount: amount.describe('The discount, without VAT: "50.00".'),
      reason: text(200).describe('Why, in words for the recipient.'),
    })
    .optional()
    .describe(
      'A discount before VAT on everything at this rate (BG-20); `base` is what remains. With lines, Chorus Pro gets it as a line of its own; without, in the comment.',
    ),
  base: amount.describe(
    'The amount taxed at this rate: "1000.00". If there are lines: the sum of their `net`, less `discount`.',
  ),
  amount: amount.describe(
    'The VAT, exact to the cent: base × rate, or the sum of the lines’ VAT, each rounded (the connection’s `rounding`).',
  ),
});

export const totalsSchema = z.strictObject({
  taxExclusive: amount.describe(
    'Total without VAT: "1000.00". The sum of the bases, or of the lines if there are no bases.',
  ),
  vat: amount.describe('Total VAT: the sum of the amounts in `vatBreakdown`; "0.00" without VAT.'),
  taxInclusive: amount.describe(
    'Total with VAT (BT-112): `taxExclusive` + `vat`, before `discount`. Chorus Pro gets it with the discount deducted.',
  ),
  discount: z
    .strictObject({
      amount: amount.describe('The discount, VAT included: "50.00".'),
      reason: text(255).describe('Why, in words for the recipient.'),
    })
    .optional()
    .describe('A discount on the total with VAT.'),
  paid: amount.optional().describe('Already paid (BT-113). It lowers `due`; the field itself is not sent.'),
  deductions: z
    .array(deductionSchema)
    .max(10)
    .optional()
    .describe(
      'What lies between the total with VAT and the amount due: retentions, penalties, advance repayments. They leave the VAT as it is. Chorus Pro has no field for them: they are sent in the comment.',
    ),
  due: amount.describe(
    'Amount due (BT-115): `taxInclusive` − `discount` − `paid` − the `deductions`. "0.00" with the framework A2.',
  ),
});
type Totals = z.infer<typeof totalsSchema>;

/** What Chorus Pro gets as the total with VAT. */
export const totalAfterDiscount = ({ taxInclusive, discount }: Pick<Totals, 'taxInclusive' | 'discount'>): Big =>
  Big(taxInclusive).minus(discount?.amount ?? 0);

export const dueOf = (totals: Totals): Big =>
  totalAfterDiscount(totals)
    .minus(totals.paid ?? 0)
    .minus(sum((totals.deductions ?? []).map(({ amount: deducted }) => deducted)));

/** What a deduction's rate applies to. */
export const deductionBase = ({ base }: Deduction, totals: Totals): Big => Big(base ?? totalAfterDiscount(totals));

/**
 * The comment that is sent: the ERP's own, then each discount before VAT that no line tells of, and each deduction. In
 * plain characters: "Retenue de garantie : 5 % de 12 000,00 = 600,00 EUR, à libérer le 5 novembre 2027".
 */
export function sentComment(invoice: Commented): string | undefined {
  const { comment, totals, currency, lines, vatBreakdown } = invoice;
  const discounted = lines.length > 0 ? [] : vatBreakdown.flatMap((vat) => discountText(vat, currency));
  const deducted = (totals.deductions ?? []).map((deduction) => deductionText(deduction, totals, currency));
  return [...(comment ? [comment] : []), ...discounted, ...deducted].join(commentSeparator) || undefined;
}

interface Commented {
  comment?: string | undefined;
  totals: Totals;
  currency: string;
  lines: readonly unknown[];
  vatBreakdown: readonly VatLine[];
}

type VatLine = z.infer<typeof vatSchema>;

export const commentSeparator = ' / ';

/** In a comment, which Chorus Pro reads: with plain characters alone. */
const money = (value: Big | Decimal): string =>
  frenchNumber(inCents(value)).replaceAll('\u202f', ' ').replaceAll('\u2212', '-');

const discountText = ({ rate, discount }: VatLine, currency: string): string[] =>
  discount
    ? [`Remise HT (TVA à ${frenchNumber(rate)} %) : ${money(discount.amount)} ${currency}, ${discount.reason}`]
    : [];

function deductionText(deduction: Deduction, totals: Totals, currency: string): string {
  const { name, rate, previous, amount: deducted, releaseDate, releases } = deduction;
  const already = previous ? ` - ${money(previous)} déjà déduits` : '';
  const kept = releases ? `, sur ${releases.map(({ number }) => number).join(', ')}` : '';
  const origin =
    rate === undefined ? '' : `${frenchNumber(rate)} % de ${money(deductionBase(deduction, totals))}${already} = `;
  const release = releaseDate ? `, à libérer le ${frenchDate(releaseDate)}` : '';
  return `${name} : ${origin}${money(deducted)} ${currency}${kept}${release}`;
}
