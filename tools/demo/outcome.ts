/** What became of each sample, and how that differs from what its file says. */
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import type { ValidationEvent } from '../../shared/messaging/validation-event.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import type { OrderNotified } from '../../shared/messaging/order-event.ts';
import type { Dropped } from './drop.ts';
import type { DeadLetter } from './erp.ts';
import type { Sample } from './sample.ts';

/** Everything that can be seen of the relay at one moment. */
export interface View {
  records: readonly RecordView[];
  events: readonly InvoiceEvent[];
  /** The events about subcontractors' requests, if any are played. */
  requests?: readonly ValidationEvent[];
  deadLetters: readonly DeadLetter[];
  /** The orders of the State that the ERP was told of. */
  orders: readonly OrderNotified[];
  /** How often each invoice was created in Chorus Pro, by `<SIRET>/<number>`. */
  inChorusPro: Readonly<Record<string, number>>;
}

/** What became of one message. */
export interface Outcome extends Dropped {
  record: RecordView | undefined;
  /** The events that this message caused, in sequence. */
  events: (InvoiceEvent | ValidationEvent)[];
  /** The sequence numbers of all events of its record. */
  sequence: number[];
  deadLetter: DeadLetter | undefined;
  timesInChorusPro: number;
}

export function outcomeOf(dropped: Dropped, view: Omit<View, 'orders'>): Outcome {
  const { records, events, requests = [], deadLetters, inChorusPro } = view;
  const { sample, messageId, invoice } = dropped;
  const record = records.find(({ messageIds }) => messageIds.includes(messageId));
  const ofRecord = events
    .filter(({ id, data }) => record && id === `${record.pk}#${data.sequence}`)
    .sort((a, b) => a.data.sequence - b.data.sequence);
  // The event about a repeated message names it; all others belong to the message that brought the invoice.
  const caused = ofRecord.filter(({ data }) => (data.command ?? data).messageId === messageId);
  const counts = Object.entries(inChorusPro).filter(([key]) => invoice && key.endsWith(`/${invoice.number}`));
  return {
    ...dropped,
    record,
    events: 'request' in sample ? requests.filter(({ data }) => data.number === invoice?.number) : caused,
    sequence: ofRecord.map(({ data }) => data.sequence),
    deadLetter: deadLetters.find(({ originalMessageId }) => originalMessageId === messageId),
    timesInChorusPro: counts.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** `chorus-relay.invoice.paid.v1` → `paid` */
const shortTypeOf = ({ type }: InvoiceEvent | ValidationEvent): string => type.split('.')[2] ?? type;

/** Consecutive events of one type, with their count. */
export function runsOf(events: readonly (InvoiceEvent | ValidationEvent)[]): { type: string; count: number }[] {
  const runs: { type: string; count: number }[] = [];
  for (const type of events.map(shortTypeOf)) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  return runs;
}

type InRequest = Extract<Sample['ends'], { where: 'request' }>;
type InLedger = Extract<Sample['ends'], { where: 'ledger' }>;

/** How the outcome differs from what the sample's file says; empty when it ended as expected. */
export function differences(outcome: Outcome): string[] {
  const { ends } = outcome.sample;
  if (ends.where === 'request') return requestDifferences(ends, outcome);
  if (ends.where === 'ledger') return [...deadLettered(outcome), ...ledgerDifferences(ends, outcome)];
  const { deadLetter, record } = outcome;
  return [
    ...differs('reason among the dead letters', ends.reason, deadLetter?.reason),
    ...differs('state in the ledger', undefined, record?.state),
  ];
}

function requestDifferences({ outcome, events: expected }: InRequest, { events }: Outcome): string[] {
  const told = events.flatMap(({ data }) => ('outcome' in data && data.outcome ? [data.outcome] : []));
  const types = runsOf(events).map(({ type }) => type);
  return [...differs('outcome', outcome, told.at(-1)), ...differs('events', expected.join(' '), types.join(' '))];
}

const deadLettered = ({ deadLetter }: Outcome): string[] =>
  deadLetter ? [`it is among the dead letters: ${deadLetter.reason ?? 'received too often'}`] : [];

function ledgerDifferences(ends: InLedger, { record, events, sequence, timesInChorusPro }: Outcome): string[] {
  if (!record) return ['it is not in the ledger'];
  const reasons = (codes: readonly string[]): string => [...codes].sort().join(' ');
  return [
    ...differs('relay state', ends.state, record.state),
    ...differs('Chorus Pro status', ends.status ?? undefined, record.status?.code),
    ...differs('motive', ends.motive, record.status?.motive),
    ...differs('reasons', reasons(ends.reasons ?? []), reasons(record.reasons?.map(({ code }) => code) ?? [])),
    ...(ends.notes ? differs('notes', reasons(ends.notes), reasons(notesOf(events))) : []),
    ...differs(
      'events',
      ends.events.join(' '),
      runsOf(events)
        .map(({ type }) => type)
        .join(' '),
    ),
    ...differs('order of the events', '', gaps(sequence)),
    ...differs('times in Chorus Pro', ends.status === null ? 0 : 1, timesInChorusPro),
  ];
}

const notesOf = (events: Outcome['events']): string[] =>
  events.flatMap(({ data }) => ('notes' in data ? (data.notes ?? []) : [])).map(({ code }) => code);

/** The sequence numbers that are out of place. */
const gaps = (sequence: readonly number[]): string => sequence.filter((number, i) => number !== i + 1).join(' ');

function differs(what: string, expected: string | number | undefined, found: string | number | undefined): string[] {
  if (expected === found) return [];
  const show = (value: string | number | undefined): string =>
    value === undefined || value === '' ? 'none' : `${value}`;
  return [`${what}: expected ${show(expected)}, found ${show(found)}`];
}
