import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { isKnownStatus, type StatusMeaning } from '../chorus-pro/statuses.ts';
import { isInChorusPro, type InvoiceInChorusPro, type RecordIn } from '../ledger/record.ts';
import type { TransitionName } from '../ledger/states.ts';
import { move, type Write } from '../ledger/transition.ts';
import { publishOutbox, type OutboxDependencies } from '../messaging/outbox.ts';
import { nextCheck } from './lateness.ts';
import type { Tracked } from './own-invoice.ts';
import { effectOn, isMoreThanThere, needsPerson, submittedTold, toldOf, type Seen } from './status-told.ts';

export type Recorded = 'recorded' | 'unchanged' | 'conflict';

/** A record that a sighting in Chorus Pro may move; its sender's own reply is one too. */
type Sighted = RecordIn<'sending'> | Tracked;

const effects = {
  none: 'advance',
  open: 'advance',
  settled: 'settle',
  rejected: 'reject',
} as const satisfies Record<StatusMeaning['effect'], TransitionName>;

/** How an invoice that was awaited arrives, by the status it is found with. */
const arrivals = { ...effects, none: 'follow', open: 'follow' } as const;

/**
 * Moves the ledger to what was seen, and tells the ERP. Late, repeated and out-of-order sightings converge: only a status
 * younger than the one recorded counts.
 */
export async function recordStatus(dependencies: OutboxDependencies, record: Sighted, seen: Seen): Promise<Recorded> {
  const { ledger, telemetry, now } = dependencies;
  const write = writeFor(record, seen, now());
  if (!write) return 'unchanged';
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
  if (!needsPerson(seen) || writeFor(record, seen, now) === undefined) return seen;
  const history = await chorusPro.historyOf(seen.chorusProId);
  return history.kind === 'accepted' ? { ...seen, history: history.value } : seen;
}

function writeFor(record: Sighted, seen: Seen, now: Date): Write | undefined {
  const effect = effectOn(record, seen);
  if (!isInChorusPro(record)) {
    const events = isMoreThanThere(record, seen) ? [submittedTold(seen), toldOf(record, seen)] : [submittedTold(seen)];
    return move(record, { name: arrivals[effect], changes: changesFor(record, seen, now), events }, now);
  }
  if (record.chorusProId !== seen.chorusProId || !isYounger(record.status, seen, now)) return undefined;
  return move(
    record,
    { name: effects[effect], changes: changesFor(record, seen, now), events: [toldOf(record, seen)] },
    now,
  );
}

/** @returns whether what was seen says more than what is recorded */
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
  const ends = ['settled', 'rejected'];
  const isOpen = !ends.includes(effectOn(record, seen)) && !ends.includes(record.state);
  return {
    chorusProId,
    submittedAt,
    status: { code, observedAt, ...(at ? { at: at.toISOString() } : {}), ...(motive ? { motive } : {}) },
    ...(isOpen ? { nextStepAt: nextCheck({ ...record, submittedAt }, now) } : {}),
  };
}
