/**
 * A complete invoice, with all its terms decided, and the digest that tells whether two commands are the same invoice.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { frameworks, paymentMeans, vatRegimes, type Invoice, type SubmitInvoice } from './submit-command.ts';

/**
 * What the connection's settings decide if a command does not. The terms are kept in the record, so that exactly what
 * was checked is sent, even if the settings change in between.
 */
export const termsSchema = z.object({
  framework: z.enum(frameworks),
  vatRegime: z.enum(vatRegimes),
  /** Absent: a credit note that has none, or an e-invoice, whose own file says it. */
  paymentMeans: z.enum(paymentMeans).optional(),
  /** The recipient's service that receives the invoice. */
  recipientService: z.string().optional(),
  /** Chorus Pro's id of the supplier's own service. */
  supplierServiceId: z.int().optional(),
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
  command: Pick<SubmitInvoice, 'supplier' | 'document' | 'attachments'> & { invoice: CompleteInvoice },
  documents: readonly Pick<Document, 'name' | 'sha256'>[],
): string =>
  sha256(
    JSON.stringify({
      supplier: command.supplier,
      invoice: command.invoice,
      format: command.document.format,
      documents: documents.map(({ name, sha256: digest }, i) => [
        name,
        digest,
        i === 0 ? null : (command.attachments[i - 1]?.typeCode ?? null),
      ]),
    }),
  );
