import Big from 'big.js';
import * as z from 'zod';
import { fault, identifier, text } from './fields.ts';

/** Amounts travel as decimal strings ("1250.40", euros unless the currency says otherwise) and are never floats. */
export type Decimal = string;

export const sum = (amounts: readonly Decimal[]): Big => amounts.reduce((total, amount) => total.plus(amount), Big(0));

/** Half away from zero, on invoices and credit notes alike: 48250.355 → 48250.36. */
export const toCent = (amount: Big): Big => amount.round(2, Big.roundHalfUp);

export const lineNet = (line: { quantity: Decimal; unitPrice: Decimal; discount?: Decimal | undefined }): Big =>
  toCent(
    Big(line.quantity)
      .times(line.unitPrice)
      .minus(line.discount ?? 0),
  );

export const vatOf = (base: Decimal, ratePercent: Decimal): Big => toCent(Big(base).times(ratePercent).div(100));

/** "1250.4" → "1250.40": what a person reads, and one spelling for all ERPs. */
export const inCents = (amount: Big | Decimal): Decimal => Big(amount).toFixed(2);

/** "20" and "20.0" are one VAT rate. */
export const canonical = (amount: Decimal): Decimal => Big(amount).toFixed();

// 15 significant digits at most: such a number goes through JSON's doubles without losing a cent.
const amount = z.string(fault('amount')).regex(/^-?\d{1,12}(\.\d{1,2})?$/, fault('amount'));
const unitPrice = z.string(fault('unit-price')).regex(/^-?\d{1,9}(\.\d{1,6})?$/, fault('unit-price'));
const quantity = z.string(fault('quantity')).regex(/^-?\d{1,11}(\.\d{1,4})?$/, fault('quantity'));
const vatRate = z.string(fault('vat-rate')).regex(/^\d{1,2}(\.\d{1,2})?$/, fault('vat-rate'));

export const lineSchema = z.strictObject({
  number: z.int().min(1).max(99_999).describe('The line’s number, from 1.'),
  reference: identifier(50).optional().describe('The item’s reference in the ERP or in the contract.'),
  name: text(255).describe('What was delivered or done.'),
  quantity: quantity.describe('How many, up to 4 decimals: "2.5". Negative to deduct what was billed before.'),
  unit: text(20).optional().describe('The unit of the quantity, in words: "m²", "forfait".'),
  unitPrice: unitPrice.describe('Price of one unit without VAT, in `currency`, up to 6 decimals: "142.80".'),
  discount: amount.optional().describe('Discount on the line, without VAT: "210.00".'),
  vatRate: vatRate.describe('VAT rate in percent: "20", "5.5". It must also be in `vatBreakdown`.'),
  net: amount.describe(
    'Line total without VAT (BT-131): quantity × unit price − discount, rounded to the cent. Checked; not sent.',
  ),
});

export const vatSchema = z.strictObject({
  rate: vatRate.describe('VAT rate in percent, each rate once: "20".'),
  base: amount.describe('The amount taxed at this rate: "1000.00". The sum of the lines’ `net`, if there are lines.'),
  amount: amount.describe('The VAT: base × rate, exact to the cent: "200.00".'),
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
  due: amount.describe('Amount due: `taxInclusive` − `discount` − `paid`. "0.00" with the framework A2.'),
});

/** How French people read amounts and dates: "5 498,86" and "1er novembre 2026". */

/** @param decimal a decimal string: "5498.86" */
export function frenchAmount(decimal: string): string {
  const [whole = '', cents] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return cents === undefined ? grouped : `${grouped},${cents}`;
}

/** @param iso a day: "2026-11-01" */
export function frenchDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return `${Number(day) === 1 ? '1er' : Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];
