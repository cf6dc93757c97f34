import { randomUUID } from 'node:crypto';
import { eventTypes, typeOf, type EventData, type EventType, type InvoiceEvent } from '../invoice/events.ts';
import type { LedgerRecord } from './record.ts';
import { states, transitions, type Origin, type Transition, type TransitionName } from './states.ts';

/** What a move changes beside the state; `undefined` takes a field away. */
type Changes = {
  [Field in keyof Omit<LedgerRecord, 'pk' | 'version' | 'writeId' | 'state' | 'outbox' | 'dueAt' | 'openSince'>]?:
    LedgerRecord[Field] | undefined;
};

export interface Move {
  name: TransitionName;
  changes?: Changes;
  /** Events told by this move, in order; each gets the next sequence number and leaves with this very write. */
  events?: readonly Told[];
  now: Date;
}

export interface Told {
  type: EventType;
  /** The status as a person reads it, where the event is about one. */
  status?: EventData['status'];
  history?: EventData['history'];
  late?: EventData['late'];
  reasons?: EventData['reasons'];
  command?: EventData['command'];
  document?: EventData['document'];
  /** Replaces the type's own sentence. */
  message?: { fr: string; en: string };
  actionNeeded?: boolean;
}

/** A record and the state it comes from: what the store needs to refuse a write that came too late. */
export interface Write {
  record: LedgerRecord;
  transition: TransitionName;
  /** The version that this write replaces; 0 for a record that must not exist yet. */
  replaces: number;
}

/** The publisher of a fresh event gets a minute's start before a poll takes it for forgotten. */
const publishingGraceMs = 60_000;

/** What a record is made of before its first write. */
export type Draft = Omit<
  LedgerRecord,
  'version' | 'writeId' | 'state' | 'sequence' | 'outbox' | 'dueAt' | 'openSince' | 'nextStepAt' | 'updatedAt'
>;

/** The first write of a record, from `absent`. */
export const begin = (draft: Draft, first: Move): Write =>
  written({ ...draft, version: 0, writeId: '', sequence: 0, outbox: [], updatedAt: draft.createdAt }, 'absent', first);

/** @throws Error when the table has no such move: a mistake in the code, never a race (the store settles races) */
export const move = (record: LedgerRecord, next: Move): Write => written(record, record.state, next);

function written(
  previous: Omit<LedgerRecord, 'state'>,
  origin: Origin,
  { name, changes = {}, events = [], now }: Move,
): Write {
  const { from, to }: Transition = transitions[name];
  const state = to === 'same' ? origin : to;
  if (state === 'absent' || !from.includes(origin)) throw new Error(`no transition ${name} from ${origin}`);
  const time = now.toISOString();
  const moved: LedgerRecord = Object.assign({}, previous, changes, { state, updatedAt: time });
  const made = events.map((told, i) => eventOf(moved, told, previous.sequence + i + 1));
  const outbox = name === 'publish' ? [] : [...previous.outbox, ...made];
  const publishBy = outbox.length > 0 ? new Date(now.getTime() + publishingGraceMs).toISOString() : undefined;
  const record = present({
    ...moved,
    version: previous.version + 1,
    writeId: randomUUID(),
    sequence: previous.sequence + made.length,
    outbox,
    dueAt: [moved.nextStepAt, publishBy].filter((instant) => instant !== undefined).sort()[0],
    openSince: states[state].final ? undefined : (previous.openSince ?? time),
  });
  return { record, transition: name, replaces: previous.version };
}

function eventOf(record: LedgerRecord, told: Told, sequence: number): InvoiceEvent {
  const { action, fr, en } = eventTypes[told.type];
  const { connection, environment, supplier, number, recipient, amount, currency, issueDate } = record;
  const { state, chorusProId, depositId, type: invoiceType } = record;
  return {
    specversion: '1.0',
    id: `${record.pk}#${sequence}`,
    source: `chorus-relay/${connection}`,
    type: typeOf(told.type),
    subject: record.subject,
    time: record.updatedAt,
    datacontenttype: 'application/json',
    data: present({
      ...{ connection, environment, supplier, number, invoiceType, recipient, amount, currency, issueDate },
      ...{ state, chorusProId, depositId },
      messageId: record.messageIds[0],
      status: told.status,
      history: told.history,
      late: told.late,
      reasons: told.reasons,
      command: told.command,
      document: told.document,
      sequence,
      actionNeeded: told.actionNeeded ?? action,
      message: told.message ?? { fr, en },
    }),
  };
}

/** A field that is `undefined` is a field that is not there, in DynamoDB as in JSON. */
const present = <T extends object>(object: T): T => {
  const copy = { ...object };
  for (const [field, value] of Object.entries(copy)) if (value === undefined) Reflect.deleteProperty(copy, field);
  return copy;
};
