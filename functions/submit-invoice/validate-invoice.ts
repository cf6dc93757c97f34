import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import {
  askParties,
  brokenRecipientRules,
  type Directory,
  validatorNotes,
  type Wanted,
} from '../../shared/chorus-pro/directory.ts';
import {
  codesUsed,
  findAccount,
  type Findings,
  type Payee,
  payeeOf,
  unlistedCodes,
} from '../../shared/chorus-pro/list-rules.ts';
import { type Outcome, retryOf } from '../../shared/chorus-pro/outcome.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import {
  isInFile,
  isNumberedAnew,
  type Supplier,
  supplierOf,
  termsOf,
} from '../../shared/connection/apply-settings.ts';
import { hasRetention } from '../../shared/invoice/deductions.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments, type MainDocument } from '../../shared/documents/load-documents.ts';
import { type Reason, reason } from '../../shared/invoice/reasons.ts';
import { brokenRules, tolerated } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, type CompleteInvoice, digestOf, type Document, type Terms } from '../../shared/invoice/terms.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Content } from '../../shared/ledger/record.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import { makeDocument, type Names } from './make-document.ts';
import type { Retained } from './retained.ts';

/** Whether an invoice can be sent: what we know ourselves, and what Chorus Pro's directory says of its parties. */

export type Validated =
  | {
      kind: 'valid';
      /** What the checks add to what the command says. */
      content: Pick<Content, 'environment' | 'supplier' | 'digest' | 'terms' | 'retentions' | 'releases'> & {
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
  const [loaded, parties, codes] = await Promise.all([
    loadDocuments(store, command, { supplier: supplier?.siret, main, checks: settings }),
    askDirectory({ invoice, supplier, ...(isFile ? {} : addedBy(settings, command)) }, directory),
    unlistedCodes(directory, isFile ? [] : codesUsed(command)),
  ]);
  const retained = hasRetention(invoice)
    ? await (await import('./retained.ts')).retainedOf(invoice, { settings, ledger, pk, supplier: supplier?.siret })
    : nothingRetained;
  const refused = (reasons: Reason[]): Validated => ({
    kind: 'refused',
    reasons,
    supplier: supplier?.siret,
    documents: loaded.documents,
  });
  const own = [
    ...('reason' in named ? [named.reason] : []),
    ...openTerms,
    ...brokenRules(invoice, rules),
    ...codes.reasons,
    ...loaded.reasons,
    ...retained.reasons,
  ];
  if (parties.kind === 'retry') return own.length > 0 ? refused(own) : parties;
  if (retained.wait && own.length === 0) return retained.wait;

  const wrong = [...own, ...parties.reasons];
  const { supplierId, ids, paymentNotReported, names } = parties;
  const addressed = completed(command.invoice, { ...terms, ...ids });
  const isRight = wrong.length === 0;
  const given = main.document?.bytes;
  const about = { settings, invoice: addressed, supplier, names, given, isRight };
  const paper = await makeDocument(command, about);
  const reasons = [...wrong, ...paper.reasons];
  const documents = [...(paper.document ? [paper.document] : []), ...loaded.documents];
  if (reasons.length > 0 || !supplier || supplierId === undefined) return refused(reasons);
  const findings = [codes, parties, loaded, retained, paper];
  return {
    kind: 'valid',
    content: {
      environment: settings.environment,
      supplier: supplier.siret,
      // Covers only what the command and the settings say: what the directory adds may change from day to day.
      digest: digestOf({ ...command, invoice }, documents),
      terms: { ...terms, ...ids },
      paymentNotReported,
      ...retained.content,
    },
    supplierId,
    documents,
    notes: [...tolerated(invoice, rules), ...findings.flatMap(({ notes }) => notes)],
  };
}

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

/** What Chorus Pro says about an invoice's parties. */
interface PartiesKnown extends Findings {
  kind: 'known';
  /** Absent when the supplier is not attached to the technical account. */
  supplierId?: number;
  paymentNotReported: boolean;
  ids: Pick<Terms, 'recipientService' | 'supplierServiceId' | 'supplierAccountId'>;
  names: Names;
}

interface Parties {
  invoice: CompleteInvoice;
  supplier: Supplier | undefined;
  /** Absent if no account is named, or if it is in the invoice's own file. */
  payee?: Payee | undefined;
  /** Absent if the invoice's own file says the service, or if there is no default. */
  serviceByDefault?: string | undefined;
}

/**
 * Asks for the parties' requirements, and for the ids that a submission needs. A requirement that is not met may be out
 * of date: it is read again before an invoice is refused because of it.
 */
async function askDirectory(parties: Parties, directory: Directory): Promise<PartiesKnown | Retry> {
  // A list of suppliers that lacks the one asked for was read just now.
  const suppliers = directory.suppliers(parties.supplier?.siret);
  const kept = await askFor('kept', { ...parties, suppliers, directory });
  const allMet = kept.kind !== 'known' || kept.reasons.length === 0;
  return allMet ? kept : askFor('fresh', { ...parties, suppliers, directory });
}

interface Inquiry extends Parties {
  suppliers: ReturnType<Directory['suppliers']>;
  directory: Directory;
}

async function askFor(wanted: Wanted, inquiry: Inquiry): Promise<PartiesKnown | Retry> {
  const { invoice, serviceByDefault, directory } = inquiry;
  const [own, parties] = await Promise.all([
    askSupplier(wanted, inquiry),
    askParties(directory, invoice, { wanted, serviceByDefault }),
  ]);
  if (own.kind !== 'accepted') return waitFor(own);
  if (parties.kind !== 'accepted') return waitFor(parties);
  const { reasons, notes, supplierId, ...ids } = own.value;
  const { recipient, serviceCode: service } = parties.value;
  const addressed = {
    ...{ supplier: inquiry.supplier?.siret, validator: invoice.validator, commitment: invoice.commitment },
    recipient: { ...invoice.recipient, service },
  };
  return {
    kind: 'known',
    reasons: [...reasons, ...brokenRecipientRules(addressed, parties.value)],
    notes: [...notes, ...validatorNotes(parties.value.validator, 'invoice.')],
    ...(supplierId === undefined ? {} : { supplierId }),
    paymentNotReported: recipient?.paymentNotReported ?? false,
    ids: { ...ids, ...(service ? { recipientService: service } : {}) },
    names: { recipient, validator: parties.value.validator?.name },
  };
}

type SupplierKnown = Findings &
  Pick<PartiesKnown, 'supplierId'> &
  Pick<Terms, 'supplierServiceId' | 'supplierAccountId'>;

async function askSupplier(
  wanted: Wanted,
  { supplier, suppliers: asked, payee, directory }: Inquiry,
): Promise<Outcome<SupplierKnown>> {
  const suppliers = await asked;
  if (suppliers.kind !== 'accepted') return suppliers;
  const none = { reasons: [], notes: [] };
  if (!supplier) return { kind: 'accepted', value: none };
  const { siret, service: code } = supplier;
  const structureId = suppliers.value?.[siret];
  if (structureId === undefined)
    return {
      kind: 'accepted',
      value: { ...none, reasons: [reason('supplier-unknown', 'supplier', { value: siret })] },
    };
  const [service, account] = await Promise.all([
    code ? directory.service({ siret, structureId }, code, wanted) : absent,
    payee ? findAccount(directory, { siret, structureId }, payee) : absent,
  ]);
  if (service.kind !== 'accepted') return service;
  if (account.kind !== 'accepted') return account;
  const { reasons, notes, accountId } = { ...none, accountId: undefined, ...account.value };
  const withoutService = code !== undefined && !service.value?.active;
  return {
    kind: 'accepted',
    value: {
      reasons: [
        ...(withoutService ? [reason('supplier-service-unknown', 'supplier', { value: siret, service: code })] : []),
        ...reasons,
      ],
      notes,
      supplierId: structureId,
      ...(service.value ? { supplierServiceId: service.value.serviceId } : {}),
      ...(accountId === undefined ? {} : { supplierAccountId: accountId }),
    },
  };
}

const absent = { kind: 'accepted', value: undefined } as const;

/** Whatever went wrong while reading the directory, the message is retried: reading changes nothing. */
export const waitFor = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): Retry =>
  outcome.kind === 'refused' ? { kind: 'retry', reason: 'directory-refused' } : retryOf(outcome);
