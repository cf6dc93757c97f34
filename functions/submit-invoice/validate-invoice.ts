import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { codesUsed, payeeOf, unlistedCodes } from '../../shared/chorus-pro/list-rules.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { checksOf, isInFile, isNumberedAnew, supplierOf, termsOf } from '../../shared/connection/apply-settings.ts';
import { hasRetention } from '../../shared/invoice/deductions.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments, type MainDocument } from '../../shared/documents/load-documents.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { brokenRules, tolerated } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, digestOf, type Document } from '../../shared/invoice/terms.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Content } from '../../shared/ledger/record.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import { askDirectory, type Parties, waitFor } from './ask-parties.ts';
import type { checkWorksDocument, WorksChecked } from './check-works-document.ts';
import { makeDocument } from './make-document.ts';
import type { Retained } from './retained.ts';

/** Whether an invoice can be sent: what we know ourselves, and what Chorus Pro's directory says of its parties. */

export type Validated =
  | {
      kind: 'valid';
      /** What the checks add to what the command says. */
      content: Pick<Content, 'environment' | 'supplier' | 'digest' | 'terms' | 'retentions' | 'releases' | 'works'> & {
        paymentNotReported: boolean;
      };
      /** Chorus Pro's id of the supplier. */
      supplierId: number;
      documents: Document[];
      /** What the ERP is told although the invoice is sent. */
      notes: Reason[];
    }
  | { kind: 'refused'; reasons: Reason[]; supplier: string | undefined; documents: Document[] }
  | Retry;

interface Context {
  access: Access;
  store: DocumentStore;
  main: MainDocument;
  ledger: Pick<Ledger, 'get'>;
  /** The key that its record will have. */
  pk: string;
  /** Paris's calendar day, ISO. */
  today: string;
}

/**
 * Checks everything that can be wrong, the requirements in Chorus Pro's directory included, and reports it all at once.
 * If the directory cannot be read, the message waits, unless something else is wrong: that is reported immediately.
 */
export async function validateInvoice(
  command: SubmitInvoice,
  { access, store, main, ledger, pk, today }: Context,
  deadline: Deadline,
): Promise<Validated> {
  const { settings } = access;
  const named = supplierOf(settings, command.supplier);
  const supplier = 'siret' in named ? named : undefined;
  const { terms, reasons: openTerms } = termsOf(command, settings);
  const invoice = completed(command.invoice, terms);
  const isFile = isInFile(command);
  const numberedAnew = supplier !== undefined && isNumberedAnew(settings, supplier.siret);
  const rules = { today, rounding: settings.rounding, numberedAnew, eInvoice: isFile };
  const directory = access.directory(deadline);
  const [loaded, parties, codes, works] = await Promise.all([
    loadDocuments(store, command, { supplier: supplier?.siret, main, checks: checksOf(command, settings) }),
    askDirectory({ invoice, supplier, ...(isFile ? {} : addedBy(settings, command)) }, directory),
    unlistedCodes(directory, isFile ? [] : codesUsed(command)),
    checkWorks(command, invoice, { settings, supplier: supplier?.siret, ledger, directory }),
  ]);
  const retained = hasRetention(invoice)
    ? await (await import('./retained.ts')).retainedOf(invoice, { settings, ledger, pk, supplier: supplier?.siret })
    : nothingRetained;
  const refused = (reasons: Reason[]): Validated => ({
    kind: 'refused',
    reasons: works.place(reasons),
    supplier: supplier?.siret,
    documents: loaded.documents,
  });
  const own = [
    ...('reason' in named ? [named.reason] : []),
    ...openTerms,
    ...brokenRules(invoice, rules),
    ...works.reasons,
    ...codes.reasons,
    ...loaded.reasons,
    ...retained.reasons,
  ];
  if (parties.kind === 'retry') return own.length > 0 ? refused(own) : parties;
  if (works.unread) return own.length > 0 ? refused(own) : waitFor(works.unread);
  if (retained.wait && own.length === 0) return retained.wait;

  const wrong = [...own, ...parties.reasons];
  const { supplierId, ids, paymentNotReported, names } = parties;
  const addressed = completed(command.invoice, { ...terms, ...ids });
  const isRight = wrong.length === 0;
  const given = main.document?.bytes;
  const about = { settings, invoice: addressed, supplier, names, given, papers: loaded.documents, isRight };
  const paper = await makeDocument(command, about);
  const reasons = [...wrong, ...paper.reasons];
  const documents = [...(paper.document ? [paper.document] : []), ...loaded.documents];
  if (reasons.length > 0 || !supplier || supplierId === undefined) return refused(reasons);
  const findings = [works, codes, parties, loaded, retained, paper];
  return {
    kind: 'valid',
    content: {
      environment: settings.environment,
      supplier: supplier.siret,
      // Covers only what the command and the settings say: what the directory adds may change from day to day.
      digest: digestOf({ ...command, invoice }, documents),
      terms: { ...terms, ...ids, ...works.terms },
      paymentNotReported,
      ...works.content,
      ...retained.content,
    },
    supplierId,
    documents,
    notes: works.place([...tolerated(invoice, rules), ...findings.flatMap(({ notes }) => notes)]),
  };
}

/** What is only asked of a document of a works contract. */
async function checkWorks(...asked: Parameters<typeof checkWorksDocument>): Promise<WorksChecked> {
  const [{ works }] = asked;
  return works ? (await import('./works-document.ts')).checkWorksDocument(...asked) : noWorks;
}
const noWorks: WorksChecked = { reasons: [], notes: [], place: (reasons) => reasons };

/** Few invoices have a retention: only for those is more loaded. */
const nothingRetained: Retained = { content: {}, reasons: [], notes: [] };

/** What the settings add to a PDF: an e-invoice is sent as it is. */
const addedBy = (
  settings: ConnectionSettings,
  command: SubmitInvoice,
): Pick<Parties, 'payee' | 'serviceByDefault'> => ({
  // The IBAN is in a Factur-X itself.
  payee: command.sentAs === 'pdf' ? payeeOf(command.invoice, settings) : undefined,
  serviceByDefault: settings.defaults.recipientService,
});
