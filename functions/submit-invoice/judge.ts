import type { Access } from '../../shared/chorus-pro/access.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { supplierOf } from '../../shared/connection/supplier.ts';
import { brokenRecipientRules } from '../../shared/directory/recipient-rules.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { loadDocuments } from '../../shared/documents/load-documents.ts';
import { digestOf, type Document } from '../../shared/invoice/digest.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-invoice-command.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import type { RetryReason } from '../../shared/retry/retry-reasons.ts';

export type Verdict =
  | { kind: 'good'; supplier: string; supplierId: number; digest: string; documents: Document[] }
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
  const supplier = supplierOf(access.settings, command.supplier);
  const [loaded, directory] = await Promise.all([
    loadDocuments(store, command),
    askDirectory({ ...command, siret: 'siret' in supplier ? supplier.siret : undefined }, access, deadline),
  ]);
  const found = 'siret' in supplier ? { supplier: supplier.siret } : {};
  const own = [
    ...('reason' in supplier ? [supplier.reason] : []),
    ...brokenRules(command.invoice, { today, eInvoice: command.document.format !== 'pdf' }),
    ...loaded.reasons,
  ];
  const { documents } = loaded;
  if (directory.kind === 'retry')
    return own.length > 0 ? { kind: 'refused', reasons: own, ...found, documents } : directory;

  const supplierId = 'siret' in supplier ? directory.suppliers[supplier.siret] : undefined;
  const unattached =
    'siret' in supplier && supplierId === undefined
      ? [reason('supplier-unknown', 'supplier', { value: supplier.siret })]
      : [];
  const reasons = [...own, ...unattached, ...directory.reasons];
  if (reasons.length > 0 || !('siret' in supplier) || supplierId === undefined)
    return { kind: 'refused', reasons, ...found, documents };
  return { kind: 'good', supplier: supplier.siret, supplierId, digest: digestOf(command, documents), documents };
}

type DirectoryAnswer =
  | { kind: 'known'; reasons: Reason[]; suppliers: Record<string, number> }
  | { kind: 'retry'; reason: RetryReason; atLeastSeconds?: number };

async function askDirectory(
  { invoice, siret }: Pick<SubmitInvoice, 'invoice'> & { siret: string | undefined },
  { directory }: Access,
  deadline: Deadline,
): Promise<DirectoryAnswer> {
  const [suppliers, recipient, validator] = await Promise.all([
    directory.suppliers(siret, deadline),
    directory.recipient(invoice.recipient.siret, deadline),
    invoice.validator ? directory.recipient(invoice.validator.siret, deadline) : nobody,
  ]);
  const { service: code } = invoice.recipient;
  const service =
    recipient.kind === 'accepted' && recipient.value && code
      ? await directory.service(recipient.value, code, deadline)
      : nobody;
  if (suppliers.kind !== 'accepted') return waitFor(suppliers);
  if (recipient.kind !== 'accepted') return waitFor(recipient);
  if (validator.kind !== 'accepted') return waitFor(validator);
  if (service.kind !== 'accepted') return waitFor(service);
  const parties = { recipient: recipient.value, service: service.value, validator: validator.value };
  return { kind: 'known', reasons: brokenRecipientRules(invoice, parties), suppliers: suppliers.value ?? {} };
}

const nobody = { kind: 'accepted', value: undefined } as const;

/** The directory is only read: whatever went wrong, reading it again does no harm. */
function waitFor(outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): DirectoryAnswer {
  if (outcome.kind !== 'not-done') return { kind: 'retry', reason: 'platform-down' };
  const { reason: why, retryAfterSeconds } = outcome;
  return { kind: 'retry', reason: why, ...(retryAfterSeconds ? { atLeastSeconds: retryAfterSeconds } : {}) };
}
