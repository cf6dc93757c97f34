import type { Access } from '../../shared/chorus-pro/access.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { Supplier } from '../../shared/connection/apply-settings.ts';
import type { Directory, Wanted } from '../../shared/chorus-pro/directory/directory.ts';
import { brokenRecipientRules } from '../../shared/chorus-pro/directory/recipient-rules.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { CompleteInvoice, Terms } from '../../shared/invoice/terms.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { RetryReason } from '../../shared/messaging/retry-reasons.ts';
import { retryOf } from './retry-of.ts';

export type DirectoryAnswer =
  | {
      kind: 'known';
      reasons: Reason[];
      /** Absent when the supplier is not attached to the technical account. */
      supplierId?: number;
      paymentNotReported: boolean;
      services: Pick<Terms, 'recipientService' | 'supplierServiceId'>;
    }
  | { kind: 'retry'; reason: RetryReason; atLeastSeconds?: number };

/**
 * What Chorus Pro's directory says of an invoice's parties: what they demand, and the ids that the submission names. A demand that
 * is not met may be of yesterday: before anybody is refused for it, it is read again.
 */
export async function askDirectory(
  invoice: CompleteInvoice,
  supplier: Supplier | undefined,
  access: Access,
  deadline: Deadline,
): Promise<DirectoryAnswer> {
  // A list of suppliers that lacks the one asked for was read just now.
  const suppliers = access.directory.suppliers(supplier?.siret, deadline);
  const kept = await askFor('kept', { invoice, supplier, suppliers, access, deadline });
  const met = kept.kind !== 'known' || kept.reasons.length === 0;
  return met ? kept : askFor('fresh', { invoice, supplier, suppliers, access, deadline });
}

interface Question {
  invoice: CompleteInvoice;
  supplier: Supplier | undefined;
  suppliers: ReturnType<Directory['suppliers']>;
  access: Access;
  deadline: Deadline;
}

async function askFor(
  wanted: Wanted,
  { invoice, supplier, suppliers: asked, access: { directory, settings }, deadline }: Question,
): Promise<DirectoryAnswer> {
  const [suppliers, recipient, validator] = await Promise.all([
    asked,
    directory.recipient(invoice.recipient.siret, deadline, wanted),
    invoice.validator ? directory.recipient(invoice.validator.siret, deadline, wanted) : nobody,
  ]);
  if (suppliers.kind !== 'accepted') return waitFor(suppliers);
  if (recipient.kind !== 'accepted') return waitFor(recipient);
  if (validator.kind !== 'accepted') return waitFor(validator);
  const supplierId = supplier && suppliers.value?.[supplier.siret];
  const byDefault = recipient.value?.serviceRequired ? settings.defaults.recipientService : undefined;
  const recipientService = invoice.recipient.service ?? byDefault;
  const [service, own] = await Promise.all([
    recipient.value && recipientService
      ? directory.service(recipient.value, recipientService, deadline, wanted)
      : nobody,
    supplierId !== undefined && supplier?.service
      ? directory.service({ siret: supplier.siret, structureId: supplierId }, supplier.service, deadline, wanted)
      : nobody,
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

const nobody = { kind: 'accepted', value: undefined } as const;

/** The directory is only read: whatever went wrong, reading it again does no harm. */
export const waitFor = (
  outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>,
): Extract<DirectoryAnswer, { kind: 'retry' }> =>
  outcome.kind === 'refused' ? { kind: 'retry', reason: 'directory-refused' } : retryOf(outcome);
