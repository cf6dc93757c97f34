import type { InvoiceEvent } from '../invoice/events.ts';

/** Publishes at least once. @throws Error when one of them may not have left; all may then be published again */
export type EventPublisher = (events: readonly InvoiceEvent[]) => Promise<void>;
