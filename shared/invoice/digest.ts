import { createHash } from 'node:crypto';
import type { SubmitInvoice } from './submit-command.ts';
import type { CompleteInvoice } from './terms.ts';

/** SHA-256, lower-case hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A document as it is deposited. */
export interface Document {
  name: string;
  bytes: Uint8Array;
  sha256: string;
}

/**
 * What makes two commands the same invoice: all that is deposited, the data and the documents' bytes, and nothing of how
 * they travelled (inline or by key, the order of JSON's keys: the schema gives its own order).
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
