import * as z from 'zod';
import { amount, quantity, text, unitPrice, vatRate } from './field-types.ts';

export const lineSchema = z.strictObject({
  number: z.int().min(1).max(99_999).describe('The line’s number, from 1.'),
  reference: text(50).optional().describe('The ERP’s or the contract’s reference of the item.'),
  name: text(255).describe('What was delivered or done.'),
  quantity: quantity.describe('How many, up to 4 decimals: "2.5". Negative to deduct an earlier billing.'),
  unit: text(20).optional().describe('Unit of the quantity, in words: "m²", "forfait".'),
  unitPrice: unitPrice.describe('Price of one, without VAT, in `currency`, up to 6 decimals: "142.80".'),
  discount: amount.optional().describe('Discount on the line, without VAT: "210.00".'),
  vatRate: vatRate.describe('VAT rate in percent: "20", "5.5". `vatBreakdown` must have it too.'),
  net: amount.describe(
    'Line total without VAT (BT-131): quantity × unit price − discount, rounded to the cent. Checked; not sent.',
  ),
});

export const vatSchema = z.strictObject({
  rate: vatRate.describe('VAT rate in percent, once each: "20".'),
  base: amount.describe('What is taxed at this rate: "1000.00". The sum of the lines’ `net`, where there are lines.'),
  amount: amount.describe('The VAT: base × rate, exact to the cent: "200.00".'),
});

export const totalsSchema = z.strictObject({
  taxExclusive: amount.describe('Total without VAT: "1000.00". The sum of the bases, else of the lines.'),
  vat: amount.describe('Total VAT: the sum of the amounts of `vatBreakdown`; "0.00" without VAT.'),
  taxInclusive: amount.describe(
    'Total with VAT (BT-112): `taxExclusive` + `vat`, before `discount`. Chorus Pro gets it less the discount.',
  ),
  discount: z
    .strictObject({
      amount: amount.describe('The discount, VAT included: "50.00".'),
      reason: text(255).describe('Why, in words for the recipient.'),
    })
    .optional()
    .describe('A discount on the total with VAT.'),
  paid: amount.optional().describe('Paid before (BT-113). It lowers `due`; itself it is not sent.'),
  due: amount.describe('Amount due: `taxInclusive` − `discount` − `paid`. "0.00" with the framework A2.'),
});
