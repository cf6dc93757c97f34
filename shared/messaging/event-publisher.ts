import type { InvoiceEvent } from '../invoice/events.ts';
import type { CredentialsReminder } from './credentials-event.ts';

/** All that the topic of events carries. */
export type RelayEvent = InvoiceEvent | CredentialsReminder;

/** Publishes at least once. @throws Error when one of them may not have left; all may then be published again */
export type EventPublisher<Event extends RelayEvent = InvoiceEvent> = (events: readonly Event[]) => Promise<void>;
