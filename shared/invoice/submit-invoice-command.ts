import * as z from 'zod';
import { isIban, isSiret, isVatNumber } from './identifiers.ts';
import { limits } from './limits.ts';

// A schema's message is a code of reasons.ts: the person gets that code's sentence, not zod's.
const text = (length: number) => z.string().trim().min(1).max(length);
const siret = z.string('siret').refine(isSiret, 'siret');
const service = z.string().regex(limits.service.pattern, 'service-code');

// 15 significant digits at the most: such a number survives JSON's doubles to the last cent.
const amount = z.string('amount').regex(/^-?\d{1,12}(\.\d{1,2})?$/, 'amount');
const unitPrice = z.string('unit-price').regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'unit-price');
const quantity = z.string('quantity').regex(/^-?\d{1,11}(\.\d{1,4})?$/, 'quantity');
const vatRate = z.string('vat-rate').regex(/^\d{1,2}(\.\d{1,2})?$/, 'vat-rate');

const documentSource = {
  name: text(limits.documentName.length),
  /** The bytes in base64, up to what an SQS message of 1 MiB can hold. */
  content: z.string().min(1).optional(),
  /** A key in the document store: `incoming/<connection>/…`. */
  key: z.string().min(1).max(1024).optional(),
};
const oneSource = (document: { content?: string | undefined; key?: string | undefined }): boolean =>
  (document.content === undefined) !== (document.key === undefined);

/**
 * What the invoice's own document is: a PDF for people, sent beside the command's data; or a ready e-invoice that Chorus Pro
 * reads itself, deposited as it is.
 */
const documentFormats = ['pdf', 'factur-x', 'cii', 'ubl'] as const;

const documentSchema = z
  .strictObject({ ...documentSource, format: z.enum(documentFormats).default('pdf') })
  .refine(oneSource, 'document-source');
const attachmentSchema = z
  .strictObject({
    ...documentSource,
    name: z.string().trim().min(1).max(limits.attachmentName.length, 'attachment-name'),
    /** Chorus Pro's code of the attachment's type, from its list `recuperer/typespj`. */
    typeCode: text(50).optional(),
  })
  .refine(oneSource, 'document-source');

export const frameworks = ['A1', 'A2', 'A9', 'A12'] as const;
export const vatRegimes = ['on-debits', 'on-receipts', 'exempt', 'reverse-charge', 'none'] as const;
export const paymentMeans = ['credit-transfer', 'direct-debit', 'cheque', 'cash', 'carried-over', 'other'] as const;

/** One line: net = quantity × unit price − discount, rounded to the cent (BT-131). */
const line = z.strictObject({
  number: z.int().min(1).max(99_999),
  reference: text(50).optional(),
  name: text(255),
  quantity,
  unit: text(20).optional(),
  unitPrice,
  discount: amount.optional(),
  vatRate,
  net: amount,
});

export const invoiceSchema = z.strictObject({
  number: z.string().regex(limits.invoiceNumber.pattern, 'invoice-number'),
  type: z.enum(['invoice', 'credit-note']),
  /** Paris's calendar day. */
  issueDate: z.iso.date('date'),
  /** Cadre de facturation (BT-23): A1 supplier, A2 already paid, A9 subcontractor, A12 co-contractor; else the connection's. */
  framework: z.enum(frameworks).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
  recipient: z.strictObject({ siret, service: service.optional() }),
  /** Who must approve before the recipient sees it: the main contractor (A9) or the lead (A12). */
  validator: z.strictObject({ siret, service: service.optional() }).optional(),
  /** Numéro d'engagement (BT-13). */
  commitment: text(limits.commitment.length).optional(),
  /** Numéro de marché (BT-12). */
  contract: text(limits.contract.length).optional(),
  /** The number of the invoice that a credit note corrects (BT-25). */
  precedingInvoice: z.string().regex(limits.invoiceNumber.pattern, 'invoice-number').optional(),
  /** How it is paid: a word of ours, or one that the connection's `paymentMeans` knows. */
  payment: z.strictObject({ means: text(100), iban: z.string().refine(isIban, 'iban').optional() }),
  /** One of the relay's words; else the connection's default. */
  vatRegime: z.enum(vatRegimes).optional(),
  /** Chorus Pro's code of the reason, with the regime `exempt`. */
  exemptionReason: text(50).optional(),
  sellerVatNumber: z.string().refine(isVatNumber, 'vat-number').optional(),
  lines: z.array(line).max(9_999).default([]),
  vatBreakdown: z.array(z.strictObject({ rate: vatRate, base: amount, amount })).default([]),
  totals: z.strictObject({
    taxExclusive: amount,
    vat: amount,
    taxInclusive: amount,
    /** A discount on the total with VAT, with its reason. */
    discount: z.strictObject({ amount, reason: text(255) }).optional(),
    paid: amount.optional(),
    due: amount,
  }),
  comment: text(limits.comment.length).optional(),
});

export const submitInvoiceSchema = z.strictObject({
  $schema: z.string().optional(),
  type: z.literal('invoice.submit'),
  version: z.literal(1),
  connection: z.string(),
  /** The company and agency as the ERP calls them; the connection's settings know their SIRET. */
  supplier: z.strictObject({ company: text(100), agency: text(100).optional() }),
  /** By the connection's settings, what the ERP knows of the customer and the worksite keeps an invoice back, or does not. */
  customer: z
    .strictObject({
      category: text(100).optional(),
      /** The customer's own flag: it outweighs its category. */
      chorusPro: z.boolean().optional(),
    })
    .optional(),
  worksite: text(100).optional(),
  invoice: invoiceSchema,
  document: documentSchema,
  attachments: z.array(attachmentSchema).max(50).default([]),
});

export type SubmitInvoice = z.infer<typeof submitInvoiceSchema>;
export type Invoice = z.infer<typeof invoiceSchema>;
export type DocumentReference = z.infer<typeof documentSchema>;
export type DocumentFormat = DocumentReference['format'];
export type AttachmentReference = z.infer<typeof attachmentSchema>;
