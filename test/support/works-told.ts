import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import { type WorksDocumentEvent, worksDocumentSchema } from '../../shared/messaging/works-event.ts';

type Told = InvoiceEvent | WorksDocumentEvent;

/** Whether an event is about a works document that the relay did not send. */
export const isWorksDocumentEvent = (event: Told): event is WorksDocumentEvent =>
  worksDocumentSchema.safeParse(event).success;

export const isInvoiceEvent = (event: Told): event is InvoiceEvent => !isWorksDocumentEvent(event);
