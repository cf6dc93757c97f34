/** What Chorus Pro's directory says of an invoice's parties, and the ids that a submission needs. */
import {
  askParties,
  brokenRecipientRules,
  type Directory,
  validatorNotes,
  type Wanted,
} from '../../shared/chorus-pro/directory.ts';
import { findAccount, type Findings, type Payee } from '../../shared/chorus-pro/list-rules.ts';
import { type Outcome, retryOf } from '../../shared/chorus-pro/outcome.ts';
import type { Supplier } from '../../shared/connection/apply-settings.ts';
import { reason } from '../../shared/invoice/reasons.ts';
import type { CompleteInvoice, Terms } from '../../shared/invoice/terms.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import type { Names } from './make-document.ts';

interface PartiesKnown extends Findings {
  kind: 'known';
  /** Absent when the supplier is not attached to the technical account. */
  supplierId?: number;
  paymentNotReported: boolean;
  ids: Pick<Terms, 'recipientService' | 'supplierServiceId' | 'supplierAccountId'>;
  names: Names;
}

export interface Parties {
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
export async function askDirectory(parties: Parties, directory: Directory): Promise<PartiesKnown | Retry> {
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
    framework: invoice.framework,
    recipient: { ...invoice.recipient, service },
  };
  return {
    kind: 'known',
    reasons: [...reasons, ...brokenRecipientRules(addressed, parties.value)],
    notes: [...notes, ...validatorNotes(parties.value.validator, 'invoice.', invoice)],
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
