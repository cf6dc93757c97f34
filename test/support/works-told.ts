import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import { type WorksDocumentEvent, worksDocumentSchema } from '../../shared/messaging/works-event.ts';

/** Whether an event is about a works document that the relay did not send. */
export const isWorksDocumentEvent = (event: InvoiceEvent | WorksDocumentEvent): event is WorksDocumentEvent =>
  worksDocumentSchema.safeParse(event).success;
