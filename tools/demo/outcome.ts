import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import type { Dropped } from './drop.ts';
import type { DeadLetter } from './erp.ts';

/** All that can be seen of the relay at one moment. */
export interface View {
  records: readonly RecordView[];
  events: readonly InvoiceEvent[];
  deadLetters: readonly DeadLetter[];
  /** How often each invoice came into being in Chorus Pro, by `<SIRET>/<number>`. */
  inChorusPro: Readonly<Record<string, number>>;
}

/** What became of one message. */
export interface Outcome extends Dropped {
  record: RecordView | undefined;
  /** Those that this message brought about, in the order of their sequence. */
  events: InvoiceEvent[];
  deadLetter: DeadLetter | undefined;
  timesInChorusPro: number;
}

export function outcomeOf(dropped: Dropped, { records, events, deadLetters, inChorusPro }: View): Outcome {
  const { sample, messageId, invoice } = dropped;
  const answering = records.find(({ messageIds }) => messageIds.includes(messageId));
  // A duplicate leaves no trace: the record that answers for it is that of the invoice.
  const record =
    answering ?? ('repeats' in sample ? records.find(({ number }) => number === invoice?.number) : undefined);
  const own = events.filter(({ id, data }) => answering && id === `${answering.pk}#${data.sequence}`);
  const counts = Object.entries(inChorusPro).filter(([key]) => invoice && key.endsWith(`/${invoice.number}`));
  return {
    ...dropped,
    record,
    events: own.sort((a, b) => a.data.sequence - b.data.sequence),
    deadLetter: deadLetters.find(({ originalMessageId }) => originalMessageId === messageId),
    timesInChorusPro: counts.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** `chorus-relay.invoice.paid.v1` → `paid` */
const shortTypeOf = ({ type }: InvoiceEvent): string => type.split('.')[2] ?? type;

/** Events of one type in a row, with their number. */
export function runsOf(events: readonly InvoiceEvent[]): { type: string; count: number }[] {
  const runs: { type: string; count: number }[] = [];
  for (const type of events.map(shortTypeOf)) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  return runs;
}
