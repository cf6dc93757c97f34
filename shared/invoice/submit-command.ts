import * as z from 'zod';
import { attachmentSchema, documentSchema } from './document-reference.ts';
import { invoiceNumber, service, siret, text } from './field-types.ts';
import { lineSchema, totalsSchema, vatSchema } from './figures.ts';
import { isIban, isVatNumber } from './identifiers.ts';
import { limits } from './limits.ts';

export const frameworks = ['A1', 'A2', 'A9', 'A12'] as const;
export const vatRegimes = ['on-debits', 'on-receipts', 'exempt', 'reverse-charge', 'none'] as const;
export const paymentMeans = ['credit-transfer', 'direct-debit', 'cheque', 'cash', 'carried-over', 'other'] as const;

const recipientSchema = z.strictObject({
  siret: siret.describe('The public body’s SIRET, 14 digits, as Chorus Pro’s directory has it.'),
  service: service.optional().describe('Its service (code service exécutant, BT-10).'),
});

const validatorSchema = z.strictObject({
  siret: siret.describe('The validator’s SIRET, 14 digits.'),
  service: service.optional().describe('The validator’s service; sent as it is, not looked up.'),
});

const paymentSchema = z.strictObject({
  means: text(100).describe(
    `How it is paid: ${paymentMeans.map((means) => `\`${means}\``).join(', ')}, or a word that the connection’s \`paymentMeans\` maps to one of them.`,
  ),
  iban: z.string().refine(isIban, 'iban').optional().describe('The IBAN to pay to (BT-84). Checked; not sent.'),
});

export const invoiceSchema = z.strictObject({
  number: invoiceNumber.describe(
    'Invoice number (BT-1): 1 to 20 unaccented letters, digits and + - _ /. With the supplier’s SIRET it names the invoice: other content under it is refused.',
  ),
  type: z.enum(['invoice', 'credit-note']).describe('A credit note’s amounts are positive too.'),
  issueDate: z.iso
    .date('date')
    .describe(
      'Issue date, YYYY-MM-DD, in Paris; not in the future. Before `transfer.from` of the connection: withheld.',
    ),
  framework: z
    .enum(frameworks)
    .optional()
    .describe(
      'Cadre de facturation (BT-23): A1 supplier, A2 already paid, A9 subcontractor, A12 co-contractor. Without it the connection’s `defaults.framework`.',
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR')
    .describe('Currency of all amounts, three capital letters.'),
  recipient: recipientSchema.describe(
    'The public body that gets the invoice; what it demands is checked before anything is sent. Where it demands a service and none is named: the connection’s `defaults.recipientService`.',
  ),
  validator: validatorSchema
    .optional()
    .describe(
      'Who must approve before the recipient sees it: the main contractor (A9) or the lead (A12). Required with these two; it must be active in Chorus Pro.',
    ),
  commitment: text(limits.commitment.length)
    .optional()
    .describe('Commitment number (numéro d’engagement, BT-13), where the recipient or its service demands one.'),
  contract: text(limits.contract.length)
    .optional()
    .describe(
      'Contract number (numéro de marché, BT-12). One of the connection’s `transfer.withoutContracts` is withheld.',
    ),
  precedingInvoice: invoiceNumber.optional().describe('The number of the invoice that a credit note corrects (BT-25).'),
  payment: paymentSchema.describe('How it is paid (BT-81).'),
  vatRegime: z
    .enum(vatRegimes)
    .optional()
    .describe(
      'When VAT falls due, or why there is none: the last three go with `totals.vat` "0.00". Without it the connection’s `defaults.vatRegime`; with a PDF one of the two must say it.',
    ),
  exemptionReason: text(50)
    .optional()
    .describe('Chorus Pro’s code of the reason for an exemption. Required with the regime `exempt`.'),
  sellerVatNumber: z
    .string()
    .refine(isVatNumber, 'vat-number')
    .optional()
    .describe('The supplier’s EU VAT number. Checked; not sent.'),
  lines: z
    .array(lineSchema)
    .max(9_999)
    .default([])
    .describe('The invoice’s lines. They may be left out; those beside a PDF must add up, and are sent.'),
  vatBreakdown: z
    .array(vatSchema)
    .default([])
    .describe('VAT by rate. Not sent with the regimes `reverse-charge` and `none`.'),
  totals: totalsSchema.describe(
    'What it comes to: decimal strings in `currency`, with a point and at most 2 decimals.',
  ),
  comment: text(limits.comment.length).optional().describe('A remark for the recipient (BT-22).'),
});

export const submitInvoiceSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where this schema is. Not read.'),
    type: z.literal('invoice.submit').describe('Which command it is.'),
    version: z.literal(1).describe('The version of the command’s form.'),
    connection: z
      .string()
      .describe('The connection’s name, as in `connections/<name>.json`: whose access to Chorus Pro is used.'),
    supplier: z
      .strictObject({
        company: text(100).describe('The company, by its `name` in the connection’s settings.'),
        agency: text(100)
          .optional()
          .describe('The company’s agency, if it issues the invoice under a SIRET of its own, by its `name` there.'),
      })
      .describe('Who issues the invoice, as the ERP calls it; the connection’s settings know the SIRET.'),
    customer: z
      .strictObject({
        category: text(100)
          .optional()
          .describe(
            'The customer’s category; where the connection has `transfer.customerCategories`, one that is not among them is withheld.',
          ),
        chorusPro: z
          .boolean()
          .optional()
          .describe('The customer’s own flag, which outweighs its category; `false` withholds the invoice.'),
      })
      .optional()
      .describe('What the ERP knows of the customer: whether the invoice goes to Chorus Pro at all. Not sent.'),
    worksite: text(100)
      .optional()
      .describe('The worksite; one of the connection’s `transfer.withoutWorksites` is withheld. Not sent.'),
    invoice: invoiceSchema.describe(
      'The invoice’s data, sent beside a PDF. Of a ready e-invoice only the file is sent: these are for the checks and for the events.',
    ),
    document: documentSchema.describe('The invoice itself, as a file of at most 10 MB.'),
    attachments: z
      .array(attachmentSchema)
      .max(50)
      .default([])
      .describe(
        'Further files, at most 10 MB each and 120 MB with the document. None with a ready e-invoice, which has them inside.',
      ),
  })
  .describe('Sends an invoice or a credit note to Chorus Pro, once.');

export type SubmitInvoice = z.infer<typeof submitInvoiceSchema>;
export type Invoice = z.infer<typeof invoiceSchema>;
