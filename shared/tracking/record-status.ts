import { isKnownStatus, type StatusMeaning } from '../chorus-pro/statuses.ts';
import { publishOutbox, type OutboxDependencies } from '../messaging/outbox.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { TransitionName } from '../ledger/states.ts';
import { move, type Write } from '../ledger/transition.ts';
import { effectOn, isMoreThanThere, submittedTold, toldOf, type Seen } from './status-told.ts';
import { nextWatch } from './watching.ts';

export type Recorded = 'recorded' | 'unchanged' | 'conflict';

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
export async function recordStatus(
  dependencies: OutboxDependencies,
  record: LedgerRecord,
  seen: Seen,
): Promise<Recorded> {
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

/** Whether what was seen would move the ledger. */
export const isNews = (record: LedgerRecord, seen: Seen, now: Date): boolean =>
  writeFor(record, seen, now) !== undefined;

function writeFor(record: LedgerRecord, seen: Seen, now: Date): Write | undefined {
  const effect = effectOn(record, seen);
  const awaited = record.state === 'sending' || record.state === 'in-doubt' || record.state === 'deposited';
  if (awaited) {
    const events = isMoreThanThere(record, seen) ? [submittedTold(seen), toldOf(record, seen)] : [submittedTold(seen)];
    return move(record, { name: arrivals[effect], changes: changesFor(record, seen, now), events, now });
  }
  if (record.chorusProId !== seen.chorusProId || !isYounger(record.status, seen, now)) return undefined;
  const changes = changesFor(record, seen, now);
  return move(record, { name: effects[effect], changes, events: [toldOf(record, seen)], now });
}

/** @returns whether what was seen says more than what is recorded */
function isYounger(recorded: LedgerRecord['status'], seen: Seen, now: Date): boolean {
  if (!recorded) return true;
  const at = seen.at?.toISOString();
  // The submission's own answer carries no instant: the first sighting with one only confirms it.
  if (!recorded.at || !at) return recorded.code !== seen.status;
  if (at !== recorded.at) return at > recorded.at;
  return recorded.code !== seen.status && now.toISOString() > recorded.observedAt;
}

function changesFor(record: LedgerRecord, seen: Seen, now: Date) {
  const { chorusProId, status: code, at, motive } = seen;
  const observedAt = now.toISOString();
  const submittedAt = record.submittedAt ?? (at && at < now ? at.toISOString() : observedAt);
  const effect = effectOn(record, seen);
  const open =
    effect !== 'settled' && effect !== 'rejected' && record.state !== 'settled' && record.state !== 'rejected';
  return {
    chorusProId,
    submittedAt,
    status: { code, observedAt, ...(at ? { at: at.toISOString() } : {}), ...(motive ? { motive } : {}) },
    lease: undefined,
    doubt: undefined,
    nextStepAt: open ? nextWatch({ ...record, submittedAt }, now) : undefined,
  };
}
