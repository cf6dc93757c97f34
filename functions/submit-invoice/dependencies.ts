import type { AccessByName } from '../../shared/chorus-pro/chorus-pro.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import type { EventPublisher } from '../../shared/messaging/senders.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';

/** What submit-invoice depends on: real in the handler, in memory in tests. */
export interface SubmitDependencies extends OutboxDependencies {
  ledger: Ledger & Memory;
  publishValidation: EventPublisher<ValidationEvent>;
  documents: DocumentStore;
  access: AccessByName;
  /** AWS's unique id of the role of the desk, where there is one: it asks itself who may act for which connection. */
  deskRole?: string | undefined;
}
