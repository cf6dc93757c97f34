/** What stands on the invoices that the relay makes from data alone, about whoever issues them. */
import * as z from 'zod';
import { tidy, ungrouped } from '../invoice/characters.ts';
import { isVatNumber } from '../invoice/fields.ts';

/** A text of one line that stands on an invoice. */
const printed = (length: number) => z.string().overwrite(tidy).min(1).max(length);

const addressSchema = z.strictObject({
  lines: z.array(printed(100)).min(1).max(3).describe('Street and number, up to three lines.'),
  postcode: printed(20).describe('The postcode.'),
  city: printed(100).describe('The city.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters')
    .default('FR')
    .describe('The country, two letters (ISO 3166-1).'),
});

export const letterhead = {
  legalName: printed(99)
    .optional()
    .describe('The legal name (raison sociale), for documents that the relay makes: BT-27.'),
  address: addressSchema.optional().describe('The postal address, for documents that the relay makes: BT-35 to BT-40.'),
  vatNumber: z
    .string()
    .overwrite((given) => ungrouped(given).toUpperCase())
    .refine(isVatNumber, 'an EU VAT number with its country, for example FR69999100019')
    .optional()
    .describe('The EU VAT number, for documents that the relay makes, if a command has no `sellerVatNumber`: BT-31.'),
  legalNotice: printed(500)
    .optional()
    .describe('The legal mentions, for documents that the relay makes: legal form, capital, registration: BT-33.'),
  earlyPaymentNotice: printed(300)
    .optional()
    .describe(
      'What documents that the relay makes say of a discount for early payment. If absent: « Pas d’escompte pour paiement anticipé. »',
    ),
};

/** As far as the settings say it. */
export type Letterhead = z.infer<z.ZodObject<typeof letterhead>>;

/** An agency's own details go before its company's. */
export const letterheadOf = (company: Letterhead, agency: Letterhead = {}): Letterhead => ({
  legalName: agency.legalName ?? company.legalName,
  address: agency.address ?? company.address,
  vatNumber: agency.vatNumber ?? company.vatNumber,
  legalNotice: agency.legalNotice ?? company.legalNotice,
  earlyPaymentNotice: agency.earlyPaymentNotice ?? company.earlyPaymentNotice,
});
