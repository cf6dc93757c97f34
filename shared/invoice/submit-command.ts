/** `invoice.submit`: the command with which an ERP submits an invoice and its documents. */
import * as z from 'zod';
import { lineSchema, totalsSchema, vatSchema } from './amounts.ts';
import { attachmentSchema, documentSchema, type DocumentReference, type SentAs } from './document-schema.ts';
import {
  fault,
  iban,
  identifier,
  invoiceNumber,
  limits,
  listedCode,
  paragraphs,
  service,
  siret,
  supplierSchema,
  text,
  vatNumber,
} from './fields.ts';
import { frameworks, frameworksNotServed, type InvoiceFramework, type SentWorksFramework } from './frameworks.ts';
import type { Works } from './works-command.ts';

/**
 * The two worlds of rules for e-invoices, which contradict each other and are never mixed: what Chorus Pro takes
 * directly, and what the reform demands of files for approved platforms.
 */
export const profiles = ['chorus-classic', 'fr-ctc-2026'] as const;
export type Profile = (typeof profiles)[number];
/** What a connection's settings say of it. */
export const eInvoiceChecksSchema = z.strictObject({
  profile: z
    .enum(profiles)
    .default('chorus-classic')
    .describe(
      'Which rules hold: `chorus-classic`, what Chorus Pro takes directly, or `fr-ctc-2026`, the reform’s. Whether Chorus Pro’s direct way takes a file of the reform is not known.',
    ),
  refuse: z
    .array(z.string().regex(/^[A-Z]{2,}(-[A-Z0-9]+)+$/, 'the id of a rule, as docs/e-invoices.md has it'))
    .default([])
    .describe('Rules that are only told, or not checked, in this profile, by their ids: they refuse here.'),
});

export const vatRegimes = ['on-debits', 'on-receipts', 'exempt', 'reverse-charge', 'none'] as const;
export const paymentMeans = ['credit-transfer', 'direct-debit', 'cheque', 'cash', 'carried-over', 'other'] as const;

const day = z.iso.date(fault('date'));

const periodSchema = z.strictObject({
  start: day.describe('Its first day, YYYY-MM-DD (BT-73).'),
  end: day.describe('Its last day, YYYY-MM-DD (BT-74); not before the first.'),
});

const recipientSchema = z.strictObject({
  siret: siret.describe('The public body’s SIRET, 14 digits, as in Chorus Pro’s directory.'),
  service: service.optional().describe('Its service (code service exécutant, BT-10).'),
  name: text(99).optional().describe('Its name (BT-44), for a document that the relay makes; else the directory’s.'),
});

const validatorSchema = z.strictObject({
  siret: siret.describe('The validator’s SIRET, 14 digits.'),
  service: service.optional().describe('The validator’s service. Sent as given; not looked up.'),
});

const paymentSchema = z.strictObject({
  means: identifier(100)
    .optional()
    .describe(
      `How it is paid: ${paymentMeans.map((means) => `\`${means}\``).join(', ')}, or a word that the connection’s \`paymentMeans\` maps to one of them. Required for an invoice that is sent as a PDF. A credit note without it is sent without it, or with the connection’s \`defaults.creditNotePayment\`.`,
    ),
  iban: iban
    .optional()
    .describe(
      'The IBAN to pay to (BT-84). Chorus Pro takes an account of its own list instead: the one whose name has this IBAN, or to which the connection’s `bankAccounts` maps it. If there is none, `accepted` has a note.',
    ),
  account: identifier(255)
    .optional()
    .describe(
      'The account to pay to, by the name that it has in Chorus Pro (coordonnées bancaires of the supplier; a factor’s too). It must be there, and not be another one than `iban`.',
    ),
});

export const invoiceSchema = z.strictObject({
  number: invoiceNumber.describe(
    'Invoice number (BT-1): 1 to 20 characters, unaccented letters, digits and + - _ /. Together with the supplier’s SIRET it identifies the invoice: another invoice under the same number is refused. If the supplier’s numbers begin anew each year (`numbering`: `per-year`), Chorus Pro counts the year in which it gets the invoice: send December’s before New Year, or under a number that January does not use.',
  ),
  type: z.enum(['invoice', 'credit-note']).describe('A credit note’s totals are positive too.'),
  issueDate: day.describe(
    'Issue date, YYYY-MM-DD, as of Paris; not in the future, nor before 2012. Before the connection’s `transfer.from` the invoice is withheld.',
  ),
  framework: z
    .enum(frameworks, {
      error: ({ input }) => (frameworksNotServed.has(input) ? fault('framework-not-served') : undefined),
    })
    .optional()
    .describe(
      'Cadre de facturation (BT-23): A1 supplier, A2 already paid, A9 subcontractor, A12 co-contractor. If absent: for a PDF, the connection’s `defaults.framework`; an e-invoice has its own.',
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'currency')
    .default('EUR')
    .describe('Currency of all amounts, three capital letters.'),
  recipient: recipientSchema.describe(
    'The public body that gets the invoice. What it requires is checked before anything is sent. If it requires a service and none is given: for a PDF, the connection’s `defaults.recipientService`.',
  ),
  validator: validatorSchema
    .optional()
    .describe(
      'Who must approve the invoice before the recipient sees it: the main contractor (A9) or the lead (A12). Required with these two; it must be active in Chorus Pro, and neither the supplier nor the recipient.',
    ),
  commitment: identifier(limits.commitment.value)
    .optional()
    .describe('Commitment number (numéro d’engagement, BT-13), if the recipient or its service requires one.'),
  contract: identifier(limits.contract.value)
    .optional()
    .describe(
      'Contract number (numéro de marché, BT-12). Withheld if it is in the connection’s `transfer.withoutContracts`.',
    ),
  precedingInvoice: invoiceNumber
    .optional()
    .describe('The number of the invoice that a credit note corrects (BT-25); not its own.'),
  precedingInvoiceDate: day.optional().describe('Its issue date (BT-26), for a document that the relay makes.'),
  deliveryDate: day
    .optional()
    .describe(
      'The day on which the service was done or the goods were delivered, YYYY-MM-DD (BT-72). It is in a document that the relay makes; with a PDF of the ERP’s own it is not sent. If an e-invoice says it too, it must be the same there.',
    ),
  period: periodSchema
    .optional()
    .describe('The period that is billed (BG-14), for instance that of a progress claim. Sent as `deliveryDate` is.'),
  payment: paymentSchema.optional().describe('How it is paid (BT-81). Required for an invoice that is sent as a PDF.'),
  vatRegime: z
    .enum(vatRegimes)
    .optional()
    .describe(
      'When VAT falls due, or why there is none: with the last three, `totals.vat` is "0.00". If absent: the connection’s `defaults.vatRegime`. With a PDF, one of the two must give it.',
    ),
  exemptionReason: listedCode
    .optional()
    .describe(
      'Chorus Pro’s code for the reason of an exemption, from its list `recuperer/motifs/exonerationtva`. Any other value is refused, with the list. Required with the regime `exempt`.',
    ),
  sellerVatNumber: vatNumber.optional().describe('The supplier’s EU VAT number. Checked; not sent.'),
  lines: z
    .array(lineSchema)
    .max(9_999)
    .default([])
    .describe('The invoice’s lines. They may be left out. With a PDF they must add up, and they are sent.'),
  vatBreakdown: z
    .array(vatSchema)
    .default([])
    .describe('VAT by rate. Not sent with the regimes `reverse-charge` and `none`.'),
  totals: totalsSchema.describe('The totals: decimal strings in `currency`, with a point and at most 2 decimals.'),
  comment: paragraphs(limits.comment.value).optional().describe('A remark for the recipient (BT-22).'),
});

export const routeSchema = z.enum(['auto', 'pdf', 'flux']);

export const submitInvoiceSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where this schema is. Not read.'),
    type: z.literal('invoice.submit').describe('Which command it is.'),
    version: z.literal(1).describe('The version of the command’s format.'),
    connection: identifier(100).describe(
      'The connection’s name, as in `connections/<name>.json`: whose access to Chorus Pro is used.',
    ),
    supplier: supplierSchema
      .optional()
      .describe(
        'Who issues the invoice: by the ERP’s own names, for which the connection’s settings have the SIRET, or by that. With an e-invoice it may be left out: the seller’s SIRET in the file names it.',
      ),
    customer: z
      .strictObject({
        category: identifier(100)
          .optional()
          .describe(
            'The customer’s category. If the connection has `transfer.customerCategories` and this is not one of them, the invoice is withheld.',
          ),
        chorusPro: z
          .boolean()
          .optional()
          .describe('The customer’s own flag, which overrides its category; `false` withholds the invoice.'),
      })
      .optional()
      .describe('What the ERP knows about the customer, to decide whether the invoice goes to Chorus Pro. Not sent.'),
    worksite: identifier(100)
      .optional()
      .describe('The worksite. Withheld if it is in the connection’s `transfer.withoutWorksites`. Not sent.'),
    invoice: invoiceSchema
      .optional()
      .describe(
        'The invoice’s data, sent with a PDF. With a complete e-invoice only the file is sent, and they may be left out: the file says them. What is given must be the same there.',
      ),
    document: documentSchema
      .optional()
      .describe(
        'The invoice itself, as a file of at most 10 MB. If absent, the relay makes it from `invoice` with its `lines`: a Factur-X, or a PDF where EN 16931 has no term for all of it.',
      ),
    route: routeSchema
      .optional()
      .describe(
        'How it goes to Chorus Pro: `pdf`, a PDF with its data; `flux`, a file that Chorus Pro reads itself; `auto`, as its document allows: docs/e-invoices.md has the table. An explicit `document.format` of `pdf` goes as the PDF that it is, unless this or the connection says `flux`. If absent: the connection’s `route`.',
      ),
    attachments: z
      .array(attachmentSchema)
      .max(50)
      .default([])
      .describe(
        'Further files, at most 10 MB each and 120 MB with the document. None with a complete e-invoice: its attachments are inside the file.',
      ),
  })
  .describe('Sends an invoice or a credit note to Chorus Pro, once.');

export type { DocumentFormat, DocumentKind, DocumentReference, GivenDocument, SentAs } from './document-schema.ts';

/** The command as the ERP gave it: what it leaves out is in its file. */
export interface GivenInvoice extends Omit<z.infer<typeof submitInvoiceSchema>, 'type' | 'invoice'> {
  type: 'invoice.submit' | 'works.submit';
  invoice?: Invoice | undefined;
  /** It is a document of a works contract. */
  works?: Works | undefined;
}
export interface Invoice extends Omit<z.infer<typeof invoiceSchema>, 'framework'> {
  framework?: InvoiceFramework | SentWorksFramework | undefined;
}
/** The whole command (functions/submit-invoice/whole-command.ts), with which everything works. */
export interface SubmitInvoice extends GivenInvoice {
  supplier: z.infer<typeof supplierSchema>;
  invoice: Invoice;
  document: DocumentReference;
  sentAs: SentAs;
  /** The command has no document: the relay makes it. */
  isMade: boolean;
}
export type AttachmentReference = GivenInvoice['attachments'][number];
