import type { Access } from '../../shared/chorus-pro/access.ts';
import { supplierOf, termsOf } from '../../shared/connection/apply-settings.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments } from '../../shared/documents/load-documents.ts';
import { digestOf, type Document } from '../../shared/invoice/digest.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, type Terms } from '../../shared/invoice/terms.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { RetryReason } from '../../shared/messaging/retry-reasons.ts';
import { askDirectory } from './ask-directory.ts';

export type Verdict =
  | {
      kind: 'good';
      supplier: string;
      supplierId: number;
      terms: Terms;
      paymentNotReported: boolean;
      digest: string;
      documents: Document[];
    }
  | { kind: 'refused'; reasons: Reason[]; supplier?: string; documents: Document[] }
  | { kind: 'retry'; reason: RetryReason; atLeastSeconds?: number };

interface Bench {
  access: Access;
  store: DocumentStore;
  /** Paris's calendar day, ISO. */
  today: string;
}

/**
 * Everything that can be known to be wrong before Chorus Pro is asked, and what its directory demands, in one answer. When
 * the directory cannot be read and nothing else is wrong, the message waits; when something is, the person hears it now.
 */
export async function judge(
  command: SubmitInvoice,
  { access, store, today }: Bench,
  deadline: Deadline,
): Promise<Verdict> {
  const named = supplierOf(access.settings, command.supplier);
  const supplier = 'siret' in named ? named : undefined;
  const { terms, reasons: open } = termsOf(command, access.settings);
  const invoice = completed(command.invoice, terms);
  const [loaded, directory] = await Promise.all([
    loadDocuments(store, command),
    askDirectory(invoice, supplier, access, deadline),
  ]);
  const { documents } = loaded;
  const found = { ...(supplier ? { supplier: supplier.siret } : {}), documents };
  const own = [
    ...('reason' in named ? [named.reason] : []),
    ...open,
    ...brokenRules(invoice, { today, eInvoice: command.document.format !== 'pdf' }),
    ...loaded.reasons,
  ];
  if (directory.kind === 'retry') return own.length > 0 ? { kind: 'refused', reasons: own, ...found } : directory;

  const reasons = [...own, ...directory.reasons];
  const { supplierId, services, paymentNotReported } = directory;
  if (reasons.length > 0 || !supplier || supplierId === undefined) return { kind: 'refused', reasons, ...found };
  // The digest is of what the command and the settings say: what the directory adds may change from day to day.
  const digest = digestOf({ ...command, invoice }, documents);
  const { siret } = supplier;
  const decided = { ...terms, ...services };
  return { kind: 'good', supplier: siret, supplierId, terms: decided, paymentNotReported, digest, documents };
}
