import type { Access } from '../../shared/chorus-pro/access.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import type { InvoiceCommand } from '../../shared/invoice/invoice-commands.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';

/** What the ERP asks about an invoice that is in Chorus Pro. */
export interface Question {
  command: InvoiceCommand;
  messageId: string;
  record: LedgerRecord & { chorusProId: number };
  access: Access;
  store: DocumentStore;
}
