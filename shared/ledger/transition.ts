import { randomUUID } from 'node:crypto';
import { timings } from '../facts/timings.ts';
import { eventTypes, typeOf, type EventData, type EventType, type InvoiceEvent } from '../invoice/events.ts';
import type { Reason } from '../invoice/reasons.ts';
import { entriesOf, lived } from './life.ts';
import { isAboutMessage, recordSchema, type LedgerRecord, type RecordIn, type State } from './record.ts';
import { states, transitions, type Origin, type Transition, type TransitionName } from './states.ts';

/** Moves a record according to the table of transitions: what a move may start from, must bring, and leads to. */

/** The fields that every write sets itself. */
type Managed =
  'pk' | 'version' | 'writeId' | 'state' | 'sequence' | 'outbox' | 'dueAt' | 'watchAt' | 'openSince' | 'updatedAt';

/** An event to publish: its type, and what the record does not say. */
export interface Told extends Partial<
  Pick<
    EventData,
    'status' | 'history' | 'late' | 'reasons' | 'notes' | 'command' | 'document' | 'message' | 'actionNeeded'
  >
> {
  type: EventType;
}

type Row<Name extends TransitionName> = (typeof transitions)[Name];
/** The states that a move may start from. */
export type Origins<Name extends TransitionName> = Exclude<Row<Name>['from'][number], 'absent'>;
/** The records that it may lead to. */
type To<Name extends TransitionName> = RecordIn<
  Row<Name>['to'] extends State ? Row<Name>['to'] : Exclude<Origins<Name>, 'absent'>
>;
/** What becomes of a record: the same kind, unless the move leads to another state. */
export type Moved<Name extends TransitionName, Old> = Row<Name>['to'] extends 'same' ? Old : To<Name>;

type Settable<Record> = Record extends unknown ? Partial<Omit<Record, Managed | 'createdAt'>> : never;
type Brought<Name extends TransitionName> = Extract<Row<Name>['brings'][number], keyof To<Name>>;

/**
 * @property changes what the table's row says that the move brings, and whatever else changes with it
 * @property events that this move publishes, in order; each gets the next sequence number and is part of the write
 */
export type Move<Name extends TransitionName> = { name: Name; events?: readonly Told[] } & ([Brought<Name>] extends [
  never,
]
  ? { changes?: Settable<To<Name>> }
  : { changes: Settable<To<Name>> & Pick<To<Name>, Brought<Name>> });

interface AnyMove {
  name: TransitionName;
  changes?: object;
  events?: readonly Told[];
}

/** A record, and what the store needs to refuse the write if another one came first. */
export interface Write<Record = LedgerRecord> {
  record: Record;
  transition: TransitionName;
  /** The version that this write replaces; 0 for a record that must not exist yet. */
  replaces: number;
}

type NotYet = Exclude<Managed, 'pk'>;
/** A record before its first write, as far as the command could be read. */
export type Draft = Omit<RecordIn<'refused'>, NotYet | 'reasons' | 'command' | 'depositId' | 'depositedAt'>;
/** A record before its first write, of an invoice that passed all checks. */
export type InvoiceDraft = Omit<RecordIn<'sending'>, NotYet | 'lease' | 'doubt' | 'uploads' | 'nextStepAt'>;

/** A final state after which the number is free again, as long as no invoice was created. */
export type Ended = RecordIn<'refused' | 'withheld' | 'rejected'>;

/**
 * The first write of a record, or of a new command that replaces a finished record: then only the record's version,
 * event numbers and outbox remain. What happened under its number before is none of its own.
 */
export function begin(draft: InvoiceDraft, first: Move<'claim'>, now: Date, over?: Ended): Write<RecordIn<'sending'>>;
export function begin<Name extends 'refuse' | 'withhold'>(
  draft: Draft,
  first: Move<Name>,
  now: Date,
  over?: Ended,
): Write<To<Name>>;
export function begin(draft: Draft, first: AnyMove, now: Date, over?: Ended): Write {
  if (!over) return written({ ...draft, version: 0, sequence: 0, outbox: [] }, 'absent', first, now);
  const { version, sequence, outbox } = over;
  return written({ ...draft, version, sequence, outbox }, over.state, first, now);
}

/**
 * The next write of a record. A move that is not in the table does not compile, nor does a move without a field that
 * its new state needs. Fields that the new state lacks are dropped.
 * @throws Error if the move is wrong at run time: a mistake in the code, never a race (the store decides races)
 */
export function move<Name extends TransitionName, Old extends RecordIn<Origins<Name>>>(
  record: Old,
  next: Move<Name>,
  now: Date,
): Write<Moved<Name, Old>>;
export function move(record: LedgerRecord, next: AnyMove, now: Date): Write {
  return written(record, record.state, next, now);
}

interface Previous extends Omit<Draft, 'documents'> {
  version: number;
  sequence: number;
  outbox: readonly InvoiceEvent[];
  openSince?: string | undefined;
}

function written(previous: Previous, origin: Origin, { name, changes, events = [] }: AnyMove, now: Date): Write {
  const { from, to }: Transition = transitions[name];
  const state = to === 'same' ? origin : to;
  if (state === 'absent' || !from.includes(origin)) throw new Error(`no transition ${name} from ${origin}`);
  const updatedAt = now.toISOString();
  const changed = recordSchema.parse({
    ...previous,
    ...changes,
    state,
    updatedAt,
    version: previous.version + 1,
    writeId: randomUUID(),
    openSince: states[state].final ? undefined : (previous.openSince ?? updatedAt),
  });
  const isSighting = changes !== undefined && 'status' in changes;
  const moved = lived(changed, entriesOf(changed, { name, origin, isSighting }));
  const made = events.map((told, i) => eventOf(moved, told, previous.sequence + i + 1));
  const outbox = name === 'publish' ? [] : [...previous.outbox, ...made];
  const record = present({
    ...moved,
    sequence: previous.sequence + made.length,
    outbox,
    dueAt: dueAt(moved, outbox.length > 0 ? now.getTime() + timings.publishingGrace.ms : undefined),
    watchAt: moved.state === 'followed' ? moved.nextStepAt : undefined,
  });
  return { record, transition: name, replaces: previous.version };
}

/** Only an invoice that Chorus Pro has is held back from. */
const remindersOf = ({ state, retentions = [] }: LedgerRecord): string[] =>
  state === 'followed' || state === 'settled' ? retentions.flatMap(({ remindAt }) => remindAt ?? []) : [];

/**
 * The earliest of the state's next step, of a reminder, and of the moment when a poll may publish the events left in
 * the outbox. The next look at a followed invoice is not urgent: `watchAt` has it.
 */
function dueAt(record: LedgerRecord, publishAt: number | undefined): string | undefined {
  const publishBy = publishAt === undefined ? [] : [new Date(publishAt).toISOString()];
  const step = 'nextStepAt' in record && record.state !== 'followed' ? [record.nextStepAt] : [];
  return [...step, ...remindersOf(record), ...publishBy].sort()[0];
}

function eventOf(record: LedgerRecord, { type, ...told }: Told, sequence: number): InvoiceEvent {
  const { action } = eventTypes[type];
  const { connection, environment, supplier, number, recipient, amount, currency, issueDate } = record;
  const { actionNeeded = action, message = messageOf(type, told.reasons) } = told;
  return {
    specversion: '1.0',
    id: `${record.pk}#${sequence}`,
    source: `chorus-relay/${connection}`,
    type: typeOf(type),
    subject: record.subject,
    time: record.updatedAt,
    datacontenttype: 'application/json',
    data: present({
      ...{ connection, environment, supplier, number, recipient, amount, currency, issueDate },
      state: isAboutMessage(record) ? undefined : record.state,
      invoiceType: record.type,
      chorusProId: 'chorusProId' in record ? record.chorusProId : undefined,
      depositId: 'depositId' in record ? record.depositId : undefined,
      messageId: record.messageIds[0],
      document: keyed('file' in record ? record.file : undefined),
      next: record.works?.next,
      ...told,
      ...{ sequence, actionNeeded, message },
    }),
  };
}

/** The only reason of a refusal says it itself; with several, the message refers to the list. */
function messageOf(type: EventType, [only, ...others]: readonly Reason[] = []): { fr: string; en: string } {
  const isRefusal = type === 'refused' || type === 'answer-refused';
  const { fr, en } = isRefusal && only && others.length === 0 ? only : eventTypes[type];
  return { fr, en };
}

/** Removes fields that are `undefined`: neither DynamoDB nor JSON has them. */
const present = <T extends object>(object: T): T => {
  const copy = { ...object };
  for (const [field, value] of Object.entries(copy)) if (value === undefined) Reflect.deleteProperty(copy, field);
  return copy;
};

/** Where the ERP finds it: a file that came inside its message has no key. */
const keyed = (file: { name: string; key?: string | undefined } | undefined) =>
  file?.key === undefined ? undefined : { name: file.name, key: file.key };
