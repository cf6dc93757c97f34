import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { CompleteInvoice } from '../../shared/invoice/terms.ts';
import type { Content } from '../../shared/ledger/record.ts';
import { retentionsOf } from '../../shared/tracking/retentions.ts';

/** What an invoice says of retentions: those that its recipient keeps back of it. */
export interface Retained {
  content: Pick<Content, 'retentions'>;
}

interface Context {
  settings: ConnectionSettings;
}

export function retainedOf(invoice: CompleteInvoice, { settings }: Context): Retained {
  return { content: { retentions: retentionsOf(invoice, settings) } };
}
