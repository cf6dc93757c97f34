/** An invoice that leaves nothing open, and the digest that tells whether two commands are the same invoice. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { frameworks, paymentMeans, vatRegimes, type Invoice, type SubmitInvoice } from './submit-command.ts';

/**
 * What a command may leave open and the connection's settings decide. It is kept with the invoice, so that what was
 * checked is what is sent, even if the settings change in between.
 */
export const termsSchema = z.object({
  framework: z.enum(frameworks),
  vatRegime: z.enum(vatRegimes),
  paymentMeans: z.enum(paymentMeans),
  /** The recipient's service that gets the invoice. */
  recipientService: z.string().optional(),
  /** Chorus Pro's id of the supplier's own service. */
  supplierServiceId: z.int().optional(),
});

export type Terms = z.infer<typeof termsSchema>;

export type CompleteInvoice = Omit<Invoice, 'framework' | 'vatRegime' | 'payment'> & {
  framework: Terms['framework'];
  vatRegime: Terms['vatRegime'];
  payment: { means: Terms['paymentMeans'] };
};

export function completed(
  invoice: Invoice,
  { framework, vatRegime, paymentMeans: means, ...terms }: Terms,
): CompleteInvoice {
  const decided = { framework, vatRegime, payment: { means } };
  const recipient = { ...invoice.recipient, service: terms.recipientService };
  // First in the object, the decided fields keep their place whether the command had them or not: the digest needs that.
  return { ...decided, ...invoice, ...decided, recipient };
}

/** SHA-256, lower-case hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A document as it is deposited. */
export interface Document {
  name: string;
  bytes: Uint8Array;
  sha256: string;
}

/**
 * Covers everything that is deposited, the data and the documents' bytes. It does not depend on how they travelled:
 * inline or by key, and in whatever order JSON had its keys (the schema gives them its own).
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
