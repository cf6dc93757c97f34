import { brokenRecipientRules, type Directory, type Wanted } from '../../shared/chorus-pro/directory.ts';
import { retryOf, type Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Supplier } from '../../shared/connection/supplier.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { CompleteInvoice, Terms } from '../../shared/invoice/terms.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';

/** What Chorus Pro's directory says of an invoice's parties. */
export interface PartiesKnown {
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
 * What the parties demand, and the ids that the submission names. A demand that is not met may be of yesterday: before
 * anybody is refused for it, it is read again.
 */
export async function askDirectory(
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

/** The directory is only read: whatever went wrong, reading it again does no harm. */
export const waitFor = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): Retry =>
  outcome.kind === 'refused' ? { kind: 'retry', reason: 'directory-refused' } : retryOf(outcome);
