/** Records in the ledger what was seen of an invoice in Chorus Pro, and tells the ERP. */
import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import type { PastStatus } from '../chorus-pro/search.ts';
import { answerTo, isKnownStatus, lastWithoutPayment, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { EventType } from '../invoice/events.ts';
import {
  type InvoiceInChorusPro,
  isInChorusPro,
  worksFrameworkOf,
  type LedgerRecord,
  type RecordIn,
  type RecordView,
  type State,
} from '../ledger/record.ts';
import { move, type Told, type Write } from '../ledger/transition.ts';
import { type OutboxDependencies, publishOutbox } from '../messaging/outbox.ts';
import type { PaidLateTold } from './late-told.ts';
import { type LatePayment, nextCheck, wasPaid } from './lateness.ts';
import type { Tracked } from './own-invoice.ts';

export type Recorded = 'recorded' | 'unchanged' | 'conflict';

/** A record that may move when its invoice is seen in Chorus Pro; the reply to its submission counts as a sighting. */
type Sighted = RecordIn<'sending'> | Tracked;

/**
 * Moves the record to the status that was seen, and tells the ERP. Late, repeated and out-of-order sightings converge:
 * only a status that is newer than the recorded one counts.
 */
export async function recordStatus(dependencies: OutboxDependencies, record: Sighted, seen: Seen): Promise<Recorded> {
  const { ledger, telemetry, now } = dependencies;
  if (!isNews(record, seen, now())) return 'unchanged';
  // Few records are of works documents: only for those is this loaded.
  const works = record.works ? (await import('./works-next.ts')).worksAfter(record, seen) : {};
  // As few payments are late: only for those.
  const late = seen.late && (await import('./late-told.ts')).paidLateTold(record, seen.late);
  const write = writeFor(record, { seen, works, late }, now());
  if ((await ledger.write(write)) === 'conflict') return 'conflict';
  const { subject, connection } = record;
  if (!isKnownStatus(seen.status)) {
    telemetry.error('STATUS_UNKNOWN', { subject, status: seen.status });
    telemetry.measure('UnknownStatus');
  }
  telemetry.info('STATUS_CHANGED', { subject, status: seen.status, state: write.record.state });
  telemetry.measure('StatusChanges', 1, { connection });
  if (write.record.state === 'settled') telemetry.measure('Settled', 1, { connection });
  await publishOutbox(dependencies, write.record);
  return 'recorded';
}

/** Adds the invoice's history if a person must act; the event goes without it if Chorus Pro does not give it. */
export async function withHistory(
  record: Tracked,
  seen: Seen,
  chorusPro: Pick<ChorusPro, 'historyOf'>,
  now: Date,
): Promise<Seen> {
  if (!needsPerson(seen) || !isNews(record, seen, now)) return seen;
  const history = await chorusPro.historyOf(seen.chorusProId);
  if (history.kind !== 'accepted') return seen;
  // Some lists do not show why.
  const motive = seen.motive ?? history.value.findLast(({ status }) => status === seen.status)?.motive;
  return { ...seen, ...(motive ? { motive } : {}), history: history.value };
}

/** An invoice that was awaited arrives, whatever its status; one that is followed moves on, or to its end. */
function writeFor(
  record: Sighted,
  { seen, works, late }: { seen: Seen; works: Pick<LedgerRecord, 'works'>; late: PaidLateTold | undefined },
  now: Date,
): Write {
  const effect = effectOn(record, seen);
  const changes = {
    ...changesFor(record, seen, now),
    ...works,
    ...(seen.late ? { paymentDue: seen.late.dueDate, paidLateOn: seen.late.paidOn } : {}),
    ...(wasPaid(record) ? { paidBefore: true as const } : {}),
    ...(record.state === 'settled' ? { paidTold: true as const } : {}),
  };
  const nextStepAt = nextCheck({ ...record, ...changes }, now);
  if (!isInChorusPro(record)) {
    const events = isMoreThanThere(record, seen)
      ? [submittedTold(record, seen), toldOf(record, seen, late)]
      : [submittedTold(record, seen)];
    if (effect === 'settled') return move(record, { name: 'settle', changes, events }, now);
    if (effect === 'rejected') return move(record, { name: 'reject', changes, events }, now);
    return move(record, { name: 'follow', changes: { ...changes, nextStepAt }, events }, now);
  }
  const events = [toldOf(record, seen, late)];
  if (effect === 'settled') return move(record, { name: 'settle', changes, events }, now);
  if (effect === 'rejected') return move(record, { name: 'reject', changes, events }, now);
  if (record.state === 'followed')
    return move(record, { name: 'advance', changes: { ...changes, nextStepAt }, events }, now);
  return movesAgain(record, seen)
    ? move(record, { name: 'reopen', changes: { ...changes, nextStepAt }, events }, now)
    : move(record, { name: 'advance', changes, events }, now);
}

/**
 * Whether an invoice that had ended lives again. Statuses come in odd orders: after a payment, the steps of the
 * recipient's own books change nothing about it, whereas a suspension does. After a rejection, every step counts.
 */
const movesAgain = ({ state }: InvoiceInChorusPro, { status }: Seen): boolean => {
  const { effect, actor } = meaningOf(status);
  return isKnownStatus(status) && effect === 'open' && (state === 'rejected' || actor !== 'recipient');
};

/** Whether what was seen says more than what is recorded. */
function isNews(record: Sighted, seen: Seen, now: Date): boolean {
  if (!isInChorusPro(record)) return true;
  return record.chorusProId === seen.chorusProId && isYounger(record.status, seen, now);
}

function isYounger(recorded: InvoiceInChorusPro['status'], seen: Seen, now: Date): boolean {
  const at = seen.at?.toISOString();
  // The reply to a submission has no instant: if a later sighting of the same status has one, that is no news.
  if (!recorded.at || !at) return recorded.code !== seen.status;
  if (at !== recorded.at) return at > recorded.at;
  return recorded.code !== seen.status && now.toISOString() > recorded.observedAt;
}

function changesFor(record: Sighted, seen: Seen, now: Date) {
  const { chorusProId, status: code, at, motive } = seen;
  const observedAt = now.toISOString();
  const known = isInChorusPro(record) ? record.submittedAt : undefined;
  const submittedAt = known ?? (at && at < now ? at.toISOString() : observedAt);
  return {
    chorusProId,
    submittedAt,
    status: { code, observedAt, ...(at ? { at: at.toISOString() } : {}), ...(motive ? { motive } : {}) },
  };
}

/** A status of an invoice as it was seen in Chorus Pro. The reply to a submission has no instant. */
export interface Seen {
  chorusProId: number;
  status: string;
  at?: Date;
  motive?: string;
  /** Of a works document that is not paid itself: the number of the one in its billing file that is. */
  paidAs?: string;
  /** If a person must act: the statuses so far. */
  history?: readonly PastStatus[];
  /** It is the payment, and came after the end of the term. */
  late?: LatePayment;
}

type Sighting = Pick<RecordView, 'paymentNotReported' | 'paidTold' | 'paidBefore' | 'terms'> & { state: State };

/** What a status means for an invoice; if the recipient reports no payments, an earlier status is the last. */
const effectOn = (
  { paymentNotReported }: Pick<LedgerRecord, 'paymentNotReported'>,
  { status }: Pick<Seen, 'status'>,
): StatusMeaning['effect'] =>
  paymentNotReported && lastWithoutPayment.has(status) ? 'settled' : meaningOf(status).effect;

/** When the relay first sees an invoice, it may already have ended, or be waiting for the supplier. */
function isMoreThanThere(record: Sighting, seen: Seen): boolean {
  const effect = effectOn(record, seen);
  return effect === 'settled' || effect === 'rejected' || (effect === 'open' && needsPerson(seen));
}

/** Whether the supplier must act: then the event includes the history. */
const needsPerson = ({ status }: Pick<Seen, 'status'>): boolean => {
  const { severity } = meaningOf(status);
  return severity === 'action' || severity === 'failure';
};

const submittedTold = (record: Sighting, seen: Seen): Told => ({ type: 'submitted', status: statusData(record, seen) });

/** An ERP books by `paid`: whatever comes after it, also another payment, is a change of status. */
const isToldPaid = ({ state, paidTold, paidBefore }: Sighting): boolean =>
  state === 'settled' || (paidTold ?? paidBefore ?? false);

function typeOfTold(record: Sighting, seen: Seen): EventType {
  const effect = effectOn(record, seen);
  if (effect === 'settled') return isToldPaid(record) ? 'status-changed' : 'paid';
  if (effect === 'rejected') return 'rejected';
  return meaningOf(seen.status).actor === 'supplier' ? 'action-needed' : 'status-changed';
}

const unreported = {
  fr: ' (ce destinataire ne signale pas la mise en paiement)',
  en: ' (this recipient does not report payments)',
};

function lastWords(paidAs: string | undefined, isUnreported: boolean): { fr: string; en: string } {
  if (paidAs !== undefined)
    return {
      fr: `, par la pièce ${paidAs} du dossier de facturation`,
      en: `, by the document ${paidAs} of its billing file`,
    };
  return isUnreported ? unreported : { fr: '', en: '' };
}

function toldOf(record: Sighting, seen: Seen, late: PaidLateTold | undefined): Told {
  const { fr, en, effect, severity } = meaningOf(seen.status);
  const type = typeOfTold(record, seen);
  const { motive, history, paidAs } = seen;
  const last = lastWords(paidAs, type === 'paid' && effect !== 'settled');
  return {
    type,
    status: statusData(record, seen),
    ...(type === 'rejected' && severity === 'info' ? { actionNeeded: false } : {}),
    ...(history ? { history: history.map((past) => statusData(record, past)) } : {}),
    ...(late ? { late: late.late } : {}),
    message: {
      fr: `${fr}${last.fr}.${late?.more.fr ?? ''}${motive ? ` Motif : ${motive}` : ''}`,
      en: `${en}${last.en}.${late?.more.en ?? ''}${motive ? ` Reason given: ${motive}` : ''}`,
    },
  };
}

type StatusData = NonNullable<Told['status']>;

function statusData(
  record: Pick<RecordView, 'terms'>,
  { status, at, motive }: PastStatus,
  isAnswered = false,
): StatusData {
  const { fr, en } = meaningOf(status);
  const command = answerTo(status, worksFrameworkOf(record));
  const since = at ? { at: at.toISOString() } : {};
  const answer = command && !isAnswered ? { answer: command } : {};
  return { code: status, fr, en, ...since, ...(motive ? { motive } : {}), ...answer };
}

/** The invoice's status, as far as we know. */
export function statusOf(record: Pick<InvoiceInChorusPro, 'status' | 'answered' | 'terms'>): { status: StatusData } {
  const { code, at, motive } = record.status;
  const since = at ? { at: new Date(at) } : {};
  const past = { status: code, ...since, ...(motive ? { motive } : {}) };
  return { status: statusData(record, past, givenAnswer(record) !== undefined) };
}

/** The answer that the ERP has given to the status that we know; undefined if it has not. */
export function givenAnswer({
  status,
  answered,
  terms,
}: Pick<RecordView, 'status' | 'answered' | 'terms'>): InvoiceInChorusPro['answered'] {
  if (!status || !answered || answerTo(status.code, worksFrameworkOf({ terms })) !== answered.type) return undefined;
  return (status.at ?? status.observedAt) <= answered.at ? answered : undefined;
}
