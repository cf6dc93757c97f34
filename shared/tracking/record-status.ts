import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import type { PastStatus } from '../chorus-pro/search.ts';
import { isKnownStatus, lastWithoutPayment, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { EventType } from '../invoice/events.ts';
import {
  type InvoiceInChorusPro,
  isInChorusPro,
  type LedgerRecord,
  type RecordIn,
  type State,
} from '../ledger/record.ts';
import { move, type Told, type Write } from '../ledger/transition.ts';
import { type OutboxDependencies, publishOutbox } from '../messaging/outbox.ts';
import { nextCheck } from './lateness.ts';
import type { Tracked } from './own-invoice.ts';

export type Recorded = 'recorded' | 'unchanged' | 'conflict';

/** A record that a sighting in Chorus Pro may move; its sender's own reply is one too. */
type Sighted = RecordIn<'sending'> | Tracked;

/**
 * Moves the ledger to what was seen, and tells the ERP. Late, repeated and out-of-order sightings converge: only a status
 * younger than the one recorded counts.
 */
export async function recordStatus(dependencies: OutboxDependencies, record: Sighted, seen: Seen): Promise<Recorded> {
  const { ledger, telemetry, now } = dependencies;
  if (!isNews(record, seen, now())) return 'unchanged';
  const write = writeFor(record, seen, now());
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

/** Where a person must act, the ERP is also told how it came to this; if Chorus Pro does not say, it is told without. */
export async function withHistory(
  record: Tracked,
  seen: Seen,
  chorusPro: Pick<ChorusPro, 'historyOf'>,
  now: Date,
): Promise<Seen> {
  if (!needsPerson(seen) || !isNews(record, seen, now)) return seen;
  const history = await chorusPro.historyOf(seen.chorusProId);
  return history.kind === 'accepted' ? { ...seen, history: history.value } : seen;
}

/** An invoice that was awaited arrives, whatever its status; one that is followed moves on, or to its end. */
function writeFor(record: Sighted, seen: Seen, now: Date): Write {
  const effect = effectOn(record, seen);
  const changes = changesFor(record, seen, now);
  const nextStepAt = nextCheck({ ...record, ...changes }, now);
  if (!isInChorusPro(record)) {
    const events = isMoreThanThere(record, seen) ? [submittedTold(seen), toldOf(record, seen)] : [submittedTold(seen)];
    if (effect === 'settled') return move(record, { name: 'settle', changes, events }, now);
    if (effect === 'rejected') return move(record, { name: 'reject', changes, events }, now);
    return move(record, { name: 'follow', changes: { ...changes, nextStepAt }, events }, now);
  }
  const events = [toldOf(record, seen)];
  if (effect === 'settled') return move(record, { name: 'settle', changes, events }, now);
  if (effect === 'rejected') return move(record, { name: 'reject', changes, events }, now);
  const next = record.state === 'followed' ? { nextStepAt } : {};
  return move(record, { name: 'advance', changes: { ...changes, ...next }, events }, now);
}

/** Whether what was seen says more than what is recorded. */
function isNews(record: Sighted, seen: Seen, now: Date): boolean {
  if (!isInChorusPro(record)) return true;
  return record.chorusProId === seen.chorusProId && isYounger(record.status, seen, now);
}

function isYounger(recorded: InvoiceInChorusPro['status'], seen: Seen, now: Date): boolean {
  const at = seen.at?.toISOString();
  // The reply to the submission carries no instant: the first sighting that has one only confirms it.
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

/** What was seen of an invoice in Chorus Pro. The reply to its submission has no instant. */
export interface Seen {
  chorusProId: number;
  status: string;
  at?: Date;
  motive?: string;
  /** Where a person must act: how it came to this. */
  history?: readonly PastStatus[];
}

type Sighting = Pick<LedgerRecord, 'paymentNotReported'> & { state: State };

/** What a status does to an invoice; where the recipient reports no payments, an earlier status is the end. */
const effectOn = (
  { paymentNotReported }: Pick<LedgerRecord, 'paymentNotReported'>,
  { status }: Pick<Seen, 'status'>,
): StatusMeaning['effect'] =>
  paymentNotReported && lastWithoutPayment.has(status) ? 'settled' : meaningOf(status).effect;

/** An invoice that is found late may have ended, or be waiting for the supplier, before anybody saw it. */
function isMoreThanThere(record: Sighting, seen: Seen): boolean {
  const effect = effectOn(record, seen);
  return effect === 'settled' || effect === 'rejected' || (effect === 'open' && needsPerson(seen));
}

/** Whether the supplier must act: then the way to it is worth telling. */
const needsPerson = ({ status }: Pick<Seen, 'status'>): boolean => {
  const { severity } = meaningOf(status);
  return severity === 'action' || severity === 'failure';
};

const submittedTold = (seen: Seen): Told => ({ type: 'submitted', status: statusData(seen) });

function typeOfTold(record: Sighting, seen: Seen): EventType {
  const effect = effectOn(record, seen);
  // Told once: whatever follows the payment is just another status.
  if (effect === 'settled') return record.state === 'settled' ? 'status-changed' : 'paid';
  if (effect === 'rejected') return 'rejected';
  return meaningOf(seen.status).actor === 'supplier' ? 'action-needed' : 'status-changed';
}

const unreported = {
  fr: ' (ce destinataire ne signale pas la mise en paiement)',
  en: ' (this recipient does not report payments)',
};

function toldOf(record: Sighting, seen: Seen): Told {
  const { fr, en, effect } = meaningOf(seen.status);
  const type = typeOfTold(record, seen);
  const last = type === 'paid' && effect !== 'settled' ? unreported : { fr: '', en: '' };
  const { motive, history } = seen;
  return {
    type,
    status: statusData(seen),
    ...(history ? { history: history.map(statusData) } : {}),
    message: {
      fr: `${fr}${last.fr}.${motive ? ` Motif : ${motive}` : ''}`,
      en: `${en}${last.en}.${motive ? ` Reason given: ${motive}` : ''}`,
    },
  };
}

export function statusData({ status, at, motive }: PastStatus): NonNullable<Told['status']> {
  const { fr, en, command } = meaningOf(status);
  const since = at ? { at: at.toISOString() } : {};
  return { code: status, fr, en, ...since, ...(motive ? { motive } : {}), ...(command ? { answer: command } : {}) };
}
