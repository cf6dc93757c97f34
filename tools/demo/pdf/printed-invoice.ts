import * as z from 'zod';
import { frameworks, invoiceSchema, paymentMeans, vatRegimes } from '../../../shared/invoice/submit-command.ts';

/** An invoice as it can be printed: a wrong SIRET or total comes out on paper as well as a right one. */
const printedInvoiceSchema = invoiceSchema.extend({
  recipient: z.strictObject({ siret: z.string(), service: z.string().optional() }),
  framework: z.enum(frameworks).default('A1'),
  vatRegime: z.enum(vatRegimes),
  payment: z.strictObject({ means: z.enum(paymentMeans), iban: z.string().optional() }),
});

export type PrintedInvoice = z.infer<typeof printedInvoiceSchema>;

/** @throws Error for what is not an invoice at all */
export const printedInvoice = (invoice: unknown): PrintedInvoice => printedInvoiceSchema.parse(invoice);
