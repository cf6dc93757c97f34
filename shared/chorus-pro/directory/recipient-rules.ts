import type { Invoice } from '../../invoice/submit-command.ts';
import { reason, type Reason } from '../../invoice/reasons.ts';
import type { Recipient, RecipientService } from './recipient.ts';

/** What the directory knows of an invoice's parties; `service` and `validator` only where the invoice names them. */
export interface Parties {
  recipient: Recipient | undefined;
  service?: RecipientService | undefined;
  validator?: Recipient | undefined;
}

/** The recipient's own demands, found at the desk and not days later as a rejection. */
export function brokenRecipientRules(invoice: Invoice, { recipient, service, validator }: Parties): Reason[] {
  const { siret: value, service: code } = invoice.recipient;
  const at = 'invoice.recipient.siret';
  if (!recipient) return [reason('recipient-unknown', at, { value }), ...validatorRules(invoice, validator)];
  const { commitment } = invoice;
  const commitmentRequired = recipient.commitmentRequired || (service?.commitmentRequired ?? false);
  const broken: [boolean, Reason][] = [
    [!recipient.active, reason('recipient-inactive', at, { value })],
    [recipient.worksOnly, reason('recipient-works-only', at, { value })],
    [recipient.serviceRequired && !code, reason('service-required', 'invoice.recipient.service', { value })],
    [commitmentRequired && !commitment, reason('commitment-required', 'invoice.commitment', { value })],
    [
      recipient.serviceOrCommitmentRequired && !code && !commitment,
      reason('service-or-commitment-required', 'invoice.recipient.service', { value }),
    ],
    [
      code !== undefined && !service,
      reason('service-unknown', 'invoice.recipient.service', { value, service: code ?? '' }),
    ],
    [
      service?.active === false,
      reason('service-inactive', 'invoice.recipient.service', { value, service: code ?? '' }),
    ],
  ];
  return [...broken.filter(([isBroken]) => isBroken).map(([, fault]) => fault), ...validatorRules(invoice, validator)];
}

function validatorRules(invoice: Invoice, validator: Recipient | undefined): Reason[] {
  const siret = invoice.validator?.siret;
  if (!siret || validator?.active) return [];
  return [reason('validator-unknown', 'invoice.validator.siret', { value: siret })];
}
