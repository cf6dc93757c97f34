/**
 * A complete invoice, with all its terms decided, and the digest that tells whether two commands are the same invoice.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { frameworks, worksFrameworks } from './frameworks.ts';
import { paymentMeans, vatRegimes, type Invoice, type SubmitInvoice } from './submit-command.ts';

/**
 * What the connection's settings decide if a command does not. The terms are kept in the record, so that exactly what
 * was checked is sent, even if the settings change in between.
 */
export const termsSchema = z.object({
  framework: z.enum([...frameworks, ...worksFrameworks]),
  vatRegime: z.enum(vatRegimes),
  /** Absent: a credit note that has none, or an e-invoice, whose own file says it. */
  paymentMeans: z.enum(paymentMeans).optional(),
  /** The recipient's service that receives the invoice. */
  recipientService: z.string().optional(),
  /** Chorus Pro's id of the supplier's own service. */
  supplierServiceId: z.int().optional(),
  /** Chorus Pro's id of the account to be paid. */
  supplierAccountId: z.int().optional(),
  /** By which of Chorus Pro's syntaxes a works document's file is deposited. */
  fluxSyntax: z.string().optional(),
});

export type Terms = z.infer<typeof termsSchema>;

export type CompleteInvoice = Omit<Invoice, 'framework' | 'vatRegime' | 'payment'> & {
  framework: Terms['framework'];
  vatRegime: Terms['vatRegime'];
  payment?: { means: NonNullable<Terms['paymentMeans']> } | undefined;
};

export function completed(
  invoice: Invoice,
  { framework, vatRegime, paymentMeans: means, ...terms }: Terms,
): CompleteInvoice {
  const decided = { framework, vatRegime, payment: means && { means } };
  const recipient = { ...invoice.recipient, service: terms.recipientService };
  // The digest depends on the order: the decided fields come first, whether the command had them or not.
  return { ...decided, ...invoice, ...decided, recipient };
}

/** SHA-256, lower-case hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A document as it is sent. */
export interface Document {
  name: string;
  bytes: Uint8Array;
  sha256: string;
}

/**
 * Covers everything that is sent: the data and the documents' bytes. It does not depend on how they came, inline or by
 * key, nor on the order of keys in the JSON (the schema defines the order).
 */
export const digestOf = (
  command: Pick<SubmitInvoice, 'supplier' | 'document' | 'attachments' | 'sentAs' | 'isMade' | 'works'> & {
    invoice: CompleteInvoice;
  },
  documents: readonly Pick<Document, 'name' | 'sha256'>[],
): string =>
  sha256(
    JSON.stringify({
      supplier: command.supplier,
      invoice: command.invoice,
      works: command.works,
      format: command.sentAs === 'pdf' ? command.sentAs : command.document.format,
      documents: documents.map(({ name, sha256: digest }, i) => [
        name,
        // A made document has what the directory says, which may change from day to day.
        i === 0 && command.isMade ? null : digest,
        i === 0 ? null : (command.attachments[i - 1]?.typeCode ?? null),
      ]),
    }),
  );

/** The parts of an invoice, to say what changed between two commands. */
export const invoiceParts = {
  document: { fr: 'le document', en: 'the document' },
  attachments: { fr: 'les pièces jointes', en: 'the attachments' },
  lines: { fr: 'les lignes', en: 'the lines' },
  amounts: { fr: 'le détail des montants', en: 'the breakdown of the amounts' },
  terms: { fr: 'le cadre ou le régime de TVA', en: 'the framework or the VAT regime' },
  payment: { fr: 'le paiement', en: 'the payment' },
  addressee: { fr: 'le service ou le valideur', en: 'the service or the validator' },
  references: {
    fr: 'l’engagement, le marché ou la facture d’origine',
    en: 'the commitment, contract or earlier invoice',
  },
  delivery: { fr: 'la date ou la période de la prestation', en: 'the date or the period of the service' },
  comment: { fr: 'le commentaire', en: 'the comment' },
  works: { fr: 'la situation ou les intervenants', en: 'the statement or the parties' },
  other: { fr: 'd’autres données', en: 'other data' },
} as const;

export type InvoicePart = keyof typeof invoiceParts;

const partsOfFields: Readonly<Record<string, InvoicePart>> = {
  ...{ document: 'document', attachments: 'attachments' },
  ...{ lines: 'lines', totals: 'amounts', vatBreakdown: 'amounts' },
  ...{ framework: 'terms', vatRegime: 'terms', exemptionReason: 'terms', sellerVatNumber: 'terms' },
  ...{ payment: 'payment', recipient: 'addressee', validator: 'addressee', comment: 'comment' },
  ...{ commitment: 'references', contract: 'references', precedingInvoice: 'references' },
  ...{ precedingInvoiceDate: 'references', deliveryDate: 'delivery', period: 'delivery', works: 'works' },
};

/** A command, and its documents: the invoice itself first. */
interface Received {
  command: Pick<SubmitInvoice, 'invoice' | 'attachments' | 'works'>;
  documents: readonly Pick<Document, 'name' | 'sha256'>[];
}

/** What differs between two commands with the same number; what is not sent anyway does not count. */
export function changedParts(before: Received, now: Received): InvoicePart[] {
  const [old, current] = [contentsOf(before), contentsOf(now)];
  const places = [...new Set([...old.keys(), ...current.keys()])];
  const changed = places.filter((place) => !isDeepStrictEqual(old.get(place), current.get(place)));
  return [...new Set(changed.map((place) => partsOfFields[place] ?? 'other'))];
}

const contentsOf = ({ command, documents: [main, ...others] }: Received) =>
  new Map<string, unknown>([
    ['document', main],
    ['attachments', others.map((other, i) => [other, command.attachments[i]?.typeCode])],
    ['works', command.works],
    ...Object.entries(command.invoice).filter(([, value]) => value !== undefined),
  ]);
