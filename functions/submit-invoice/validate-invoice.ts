import type { Deadline } from '../../shared/aws/deadline.ts';
import type { Access } from '../../shared/chorus-pro/access.ts';
import { supplierOf } from '../../shared/connection/supplier.ts';
import { termsOf } from '../../shared/connection/terms-of.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments } from '../../shared/documents/load-documents.ts';
import { digestOf, type Document, completed } from '../../shared/invoice/terms.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { Content } from '../../shared/ledger/record.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import { askDirectory } from './ask-directory.ts';

export type Validated =
  | {
      kind: 'valid';
      /** What the checks add to what the command says. */
      content: Pick<Content, 'environment' | 'supplier' | 'digest' | 'terms'> & { paymentNotReported: boolean };
      /** Chorus Pro's id of the supplier. */
      supplierId: number;
      documents: Document[];
    }
  | { kind: 'refused'; reasons: Reason[]; supplier: string | undefined; documents: Document[] }
  | Retry;

interface Context {
  access: Access;
  store: DocumentStore;
  /** Paris's calendar day, ISO. */
  today: string;
}

/**
 * Everything that can be known to be wrong before Chorus Pro is asked, and what its directory demands, in one go. When the
 * directory cannot be read and nothing else is wrong, the message waits; when something is, the person hears it now.
 */
export async function validateInvoice(
  command: SubmitInvoice,
  { access, store, today }: Context,
  deadline: Deadline,
): Promise<Validated> {
  const { settings } = access;
  const named = supplierOf(settings, command.supplier);
  const supplier = 'siret' in named ? named : undefined;
  const { terms, reasons: openTerms } = termsOf(command, settings);
  const invoice = completed(command.invoice, terms);
  const [loaded, directory] = await Promise.all([
    loadDocuments(store, command),
    askDirectory({ invoice, supplier }, settings, access.directory(deadline)),
  ]);
  const { documents } = loaded;
  const refused = (reasons: Reason[]): Validated => ({
    kind: 'refused',
    reasons,
    supplier: supplier?.siret,
    documents,
  });
  const own = [
    ...('reason' in named ? [named.reason] : []),
    ...openTerms,
    ...brokenRules(invoice, { today, eInvoice: command.document.format !== 'pdf' }),
    ...loaded.reasons,
  ];
  if (directory.kind === 'retry') return own.length > 0 ? refused(own) : directory;

  const reasons = [...own, ...directory.reasons];
  const { supplierId, services, paymentNotReported } = directory;
  if (reasons.length > 0 || !supplier || supplierId === undefined) return refused(reasons);
  return {
    kind: 'valid',
    content: {
      environment: settings.environment,
      supplier: supplier.siret,
      // Of what the command and the settings say: what the directory adds may change from day to day.
      digest: digestOf({ ...command, invoice }, documents),
      terms: { ...terms, ...services },
      paymentNotReported,
    },
    supplierId,
    documents,
  };
}
