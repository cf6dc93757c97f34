import { reason, type Reason } from '../invoice/reasons.ts';
import type { ConnectionSettings } from './settings.ts';

/** What a command says, as far as it can be read, of whether its invoice is one for Chorus Pro at all. */
export interface TransferFacts {
  /** ISO. */
  issueDate?: string | undefined;
  contract?: string | undefined;
  worksite?: string | undefined;
  customer?: { category?: string | undefined; chorusPro?: boolean | undefined } | undefined;
}

/** Why the settings keep an invoice back; nothing when it goes. Said before its other fields are judged: it may lack a SIRET. */
export function withholdingReasons(
  { issueDate, contract, worksite, customer }: TransferFacts,
  { transfer }: ConnectionSettings,
): Reason[] {
  const { from, customerCategories, withoutContracts, withoutWorksites } = transfer;
  const { category, chorusPro } = customer ?? {};
  const outside = category !== undefined && customerCategories?.includes(category) === false;
  const held: [boolean, Reason][] = [
    [
      from !== undefined && issueDate !== undefined && issueDate < from,
      reason('before-transfer-date', 'invoice.issueDate', { value: issueDate ?? '', from: from ?? '' }),
    ],
    [chorusPro === false, reason('customer-not-chorus-pro', 'customer.chorusPro')],
    [
      chorusPro === undefined && outside,
      reason('customer-category', 'customer.category', {
        value: category ?? '',
        known: customerCategories?.join(', ') ?? '',
      }),
    ],
    [
      contract !== undefined && withoutContracts.includes(contract),
      reason('contract-not-transferred', 'invoice.contract', { value: contract ?? '' }),
    ],
    [
      worksite !== undefined && withoutWorksites.includes(worksite),
      reason('worksite-not-transferred', 'worksite', { value: worksite ?? '' }),
    ],
  ];
  return held.filter(([holds]) => holds).map(([, why]) => why);
}
