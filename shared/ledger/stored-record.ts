import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { InvoiceEvent } from '../invoice/events.ts';
import { recordSchema, type LedgerRecord } from './record.ts';

/**
 * A record as the store has it. Much of what an event says its record says too, so the outbox leaves it out: a write
 * costs by the kilobyte, and a record with a whole event would take one more.
 */

const text = z.string().optional();

/** What a record says of each of its events. */
const speakerSchema = z.looseObject({
  ...{ pk: z.string(), connection: z.string(), subject: z.string(), messageIds: z.array(z.string()) },
  ...{ environment: text, supplier: text, number: text, type: text },
  ...{ recipient: text, amount: text, currency: text, issueDate: text },
});
type Speaker = z.infer<typeof speakerSchema>;

/** Without `specversion` it is a lean one. */
const eventSchema = z.looseObject({
  ...{ specversion: text, type: z.string(), time: z.string(), data: z.looseObject({ sequence: z.int() }) },
});
type Lean = Pick<InvoiceEvent, 'type' | 'time'> & { data: { sequence: number } };

const dataSaidBy = ({ messageIds: [messageId], type: invoiceType, ...record }: Speaker) => {
  const { connection, environment, supplier, number, recipient, amount, currency, issueDate } = record;
  return {
    ...{ connection, environment, supplier, number, recipient, amount, currency, issueDate },
    ...{ invoiceType, messageId },
  };
};

function wholeOf({ type, time, data }: Lean, record: Speaker) {
  const { pk, connection, subject } = record;
  const said = Object.entries(dataSaidBy(record)).filter(([, value]) => value !== undefined);
  return {
    ...{ specversion: '1.0', id: `${pk}#${data.sequence}`, source: `chorus-relay/${connection}`, subject },
    ...{ datacontenttype: 'application/json', type, time, data: { ...Object.fromEntries(said), ...data } },
  };
}

/** An event is only made lean if the whole one can be made of it again. */
function leanOf(event: InvoiceEvent, record: LedgerRecord): InvoiceEvent | Lean {
  const { type, time, data } = event;
  const said = dataSaidBy(record);
  const own = Object.entries(data).filter(([field]) => !(field in said));
  const lean = { type, time, data: { ...Object.fromEntries(own), sequence: data.sequence } };
  return isDeepStrictEqual(wholeOf(lean, record), event) ? lean : event;
}

export const storedOf = (record: LedgerRecord) => ({
  ...record,
  outbox: record.outbox.map((event) => leanOf(event, record)),
});

const itemSchema = speakerSchema.extend({ outbox: z.array(eventSchema) });

/** Reads a record that was stored so, or with its events whole. */
export const storedRecordSchema = z.preprocess((item) => {
  const { data: record } = itemSchema.safeParse(item);
  if (!record) return item;
  const outbox = record.outbox.map((event) => (event.specversion === undefined ? wholeOf(event, record) : event));
  return { ...record, outbox };
}, recordSchema);
