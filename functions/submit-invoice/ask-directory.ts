import type { Access } from '../../shared/chorus-pro/access.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { Supplier } from '../../shared/connection/supplier.ts';
import { brokenRecipientRules } from '../../shared/directory/recipient-rules.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { CompleteInvoice, Terms } from '../../shared/invoice/terms.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import type { RetryReason } from '../../shared/retry/retry-reasons.ts';

export type DirectoryAnswer =
  | {
      kind: 'known';
      reasons: Reason[];
      /** Absent when the supplier is not attached to the technical account. */
      supplierId?: number;
      services: Pick<Terms, 'recipientService' | 'supplierServiceId'>;
    }
  | { kind: 'retry'; reason: RetryReason; atLeastSeconds?: number };

/** What Chorus Pro's directory says of an invoice's parties: what they demand, and the ids that the submission names. */
export async function askDirectory(
  invoice: CompleteInvoice,
  supplier: Supplier | undefined,
  { directory, settings }: Access,
  deadline: Deadline,
): Promise<DirectoryAnswer> {
  const [suppliers, recipient, validator] = await Promise.all([
    directory.suppliers(supplier?.siret, deadline),
    directory.recipient(invoice.recipient.siret, deadline),
    invoice.validator ? directory.recipient(invoice.validator.siret, deadline) : nobody,
  ]);
  if (suppliers.kind !== 'accepted') return waitFor(suppliers);
  if (recipient.kind !== 'accepted') return waitFor(recipient);
  if (validator.kind !== 'accepted') return waitFor(validator);
  const supplierId = supplier && suppliers.value?.[supplier.siret];
  const byDefault = recipient.value?.serviceRequired ? settings.defaults.recipientService : undefined;
  const recipientService = invoice.recipient.service ?? byDefault;
  const [service, own] = await Promise.all([
    recipient.value && recipientService ? directory.service(recipient.value, recipientService, deadline) : nobody,
    supplierId !== undefined && supplier?.service
      ? directory.service({ siret: supplier.siret, structureId: supplierId }, supplier.service, deadline)
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
    services: {
      ...(recipientService ? { recipientService } : {}),
      ...(own.value ? { supplierServiceId: own.value.serviceId } : {}),
    },
  };
}

const nobody = { kind: 'accepted', value: undefined } as const;

/** The directory is only read: whatever went wrong, reading it again does no harm. */
function waitFor(outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): DirectoryAnswer {
  if (outcome.kind !== 'not-done') return { kind: 'retry', reason: 'platform-down' };
  const { reason: why, retryAfterSeconds } = outcome;
  return { kind: 'retry', reason: why, ...(retryAfterSeconds ? { atLeastSeconds: retryAfterSeconds } : {}) };
}
