import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { brokenRecipientRules, type Directory, type Wanted } from '../../shared/chorus-pro/directory.ts';
import { type Outcome, retryOf } from '../../shared/chorus-pro/outcome.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { type Supplier, supplierOf, termsOf } from '../../shared/connection/apply-settings.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments } from '../../shared/documents/load-documents.ts';
import { type Reason, reason } from '../../shared/invoice/reasons.ts';
import { brokenRules, tolerated } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, type CompleteInvoice, digestOf, type Document, type Terms } from '../../shared/invoice/terms.ts';
import type { Content } from '../../shared/ledger/record.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';

/** Whether an invoice can be sent: what we know ourselves, and what Chorus Pro's directory says of its parties. */

export type Validated =
  | {
      kind: 'valid';
      /** What the checks add to what the command says. */
      content: Pick<Content, 'environment' | 'supplier' | 'digest' | 'terms'> & { paymentNotReported: boolean };
      /** Chorus Pro's id of the supplier. */
      supplierId: number;
      documents: Document[];
      /** What was tolerated. */
      notes: Reason[];
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
 * Checks everything that can be wrong, the requirements in Chorus Pro's directory included, and reports it all at once.
 * If the directory cannot be read, the message waits, unless something else is wrong: that is reported immediately.
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
  const rules = { today, rounding: settings.rounding, eInvoice: command.document.format !== 'pdf' };
  const [loaded, directory] = await Promise.all([
    loadDocuments(store, command, supplier?.siret),
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
    ...brokenRules(invoice, rules),
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
      // Covers only what the command and the settings say: what the directory adds may change from day to day.
      digest: digestOf({ ...command, invoice }, documents),
      terms: { ...terms, ...services },
      paymentNotReported,
    },
    supplierId,
    documents,
    notes: tolerated(invoice, rules),
  };
}

/** What Chorus Pro's directory says about an invoice's parties. */
interface PartiesKnown {
  kind: 'known';
  reasons: Reason[];
  /** Absent when the supplier is not attached to the technical account. */
  supplierId?: number;
  paymentNotReported: boolean;
  services: Pick<Terms, 'recipientService' | 'supplierServiceId'>;
}

interface Parties {
  invoice: CompleteInvoice;
  supplier: Supplier | undefined;
}

/**
 * Asks for the parties' requirements, and for the ids that a submission needs. A requirement that is not met may be out
 * of date: it is read again before an invoice is refused because of it.
 */
async function askDirectory(
  parties: Parties,
  settings: ConnectionSettings,
  directory: Directory,
): Promise<PartiesKnown | Retry> {
  // A list of suppliers that lacks the one asked for was read just now.
  const suppliers = directory.suppliers(parties.supplier?.siret);
  const kept = await askFor('kept', { ...parties, suppliers, settings, directory });
  const allMet = kept.kind !== 'known' || kept.reasons.length === 0;
  return allMet ? kept : askFor('fresh', { ...parties, suppliers, settings, directory });
}

interface Inquiry extends Parties {
  suppliers: ReturnType<Directory['suppliers']>;
  settings: ConnectionSettings;
  directory: Directory;
}

async function askFor(
  wanted: Wanted,
  { invoice, supplier, suppliers: asked, settings, directory }: Inquiry,
): Promise<PartiesKnown | Retry> {
  const [suppliers, recipient, validator] = await Promise.all([
    asked,
    directory.recipient(invoice.recipient.siret, wanted),
    invoice.validator ? directory.recipient(invoice.validator.siret, wanted) : absent,
  ]);
  if (suppliers.kind !== 'accepted') return waitFor(suppliers);
  if (recipient.kind !== 'accepted') return waitFor(recipient);
  if (validator.kind !== 'accepted') return waitFor(validator);
  const supplierId = supplier && suppliers.value?.[supplier.siret];
  const byDefault = recipient.value?.serviceRequired ? settings.defaults.recipientService : undefined;
  const recipientService = invoice.recipient.service ?? byDefault;
  const [service, own] = await Promise.all([
    recipient.value && recipientService ? directory.service(recipient.value, recipientService, wanted) : absent,
    supplierId !== undefined && supplier?.service
      ? directory.service({ siret: supplier.siret, structureId: supplierId }, supplier.service, wanted)
      : absent,
  ]);
  if (service.kind !== 'accepted') return waitFor(service);
  if (own.kind !== 'accepted') return waitFor(own);

  const addressed = { ...invoice, recipient: { ...invoice.recipient, service: recipientService } };
  const parties = { recipient: recipient.value, service: service.value, validator: validator.value };
  const { siret: value = '', service: ownCode = '' } = supplier ?? {};
  const unattached = supplier && supplierId === undefined;
  const withoutService = supplierId !== undefined && ownCode !== '' && !own.value?.active;
  return {
    kind: 'known',
    reasons: [
      ...(unattached ? [reason('supplier-unknown', 'supplier', { value })] : []),
      ...(withoutService ? [reason('supplier-service-unknown', 'supplier', { value, service: ownCode })] : []),
      ...brokenRecipientRules(addressed, parties),
    ],
    ...(supplierId === undefined ? {} : { supplierId }),
    paymentNotReported: recipient.value?.paymentNotReported ?? false,
    services: {
      ...(recipientService ? { recipientService } : {}),
      ...(own.value ? { supplierServiceId: own.value.serviceId } : {}),
    },
  };
}

const absent = { kind: 'accepted', value: undefined } as const;

/** Whatever went wrong while reading the directory, the message is retried: reading changes nothing. */
export const waitFor = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): Retry =>
  outcome.kind === 'refused' ? { kind: 'retry', reason: 'directory-refused' } : retryOf(outcome);
