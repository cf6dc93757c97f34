import { isKnownStatus, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { EventType } from '../invoice/events.ts';
import { publishOutbox, type OutboxDependencies } from '../ledger/outbox.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { TransitionName } from '../ledger/states.ts';
import { move, type Told, type Write } from '../ledger/transition.ts';

/** What was seen of an invoice in Chorus Pro. Its own submission answers without the instant of the status. */
export interface Seen {
  chorusProId: number;
  status: string;
  at?: Date;
  motive?: string;
}

export type Recorded = 'recorded' | 'unchanged' | 'conflict';

const effects = {
  none: { transition: 'advance' },
  open: { transition: 'advance' },
  settled: { transition: 'settle' },
  rejected: { transition: 'reject' },
} as const satisfies Record<StatusMeaning['effect'], { transition: TransitionName }>;

/** How an invoice that was awaited arrives, by the status it is found with. */
const arrivals = {
  none: 'follow',
  open: 'follow',
  settled: 'settle',
  rejected: 'reject',
} as const satisfies Record<StatusMeaning['effect'], TransitionName>;

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

function writeFor(record: LedgerRecord, seen: Seen, now: Date): Write | undefined {
  const awaited = record.state === 'sending' || record.state === 'in-doubt' || record.state === 'deposited';
  if (awaited) {
    const events = isMoreThanThere(seen) ? [submitted(seen), toldOf(seen)] : [submitted(seen)];
    return move(record, { name: arrivals[effectOf(seen)], changes: changesFor(seen, now), events, now });
  }
  if (record.chorusProId !== seen.chorusProId || !isNews(record.status, seen, now)) return undefined;
  return move(record, {
    name: effects[effectOf(seen)].transition,
    changes: changesFor(seen, now),
    events: [toldOf(seen)],
    now,
  });
}

const effectOf = ({ status }: Seen): StatusMeaning['effect'] => meaningOf(status).effect;

/** What is found late may have come to its end, or wait for the supplier, before anybody saw it. */
function isMoreThanThere({ status }: Seen): boolean {
  const { effect, actor } = meaningOf(status);
  return effect === 'settled' || effect === 'rejected' || (effect === 'open' && actor === 'supplier');
}

/** @returns whether what was seen says more than what is recorded */
function isNews(recorded: LedgerRecord['status'], seen: Seen, now: Date): boolean {
  if (!recorded) return true;
  const at = seen.at?.toISOString();
  // The submission's own answer carries no instant: the first sighting with one only confirms it.
  if (!recorded.at || !at) return recorded.code !== seen.status;
  if (at !== recorded.at) return at > recorded.at;
  return recorded.code !== seen.status && now.toISOString() > recorded.observedAt;
}

function changesFor({ chorusProId, status, at, motive }: Seen, now: Date) {
  const seen = { code: status, observedAt: now.toISOString() };
  return {
    chorusProId,
    status: { ...seen, ...(at ? { at: at.toISOString() } : {}), ...(motive ? { motive } : {}) },
    lease: undefined,
    doubt: undefined,
    nextStepAt: undefined,
  };
}

const submitted = (seen: Seen): Told => ({ type: 'submitted', status: statusData(seen) });

function toldOf(seen: Seen): Told {
  const { effect, actor, fr, en } = meaningOf(seen.status);
  const type: EventType =
    effect === 'settled'
      ? 'paid'
      : effect === 'rejected'
        ? 'rejected'
        : actor === 'supplier'
          ? 'action-needed'
          : 'status-changed';
  const because = seen.motive ? ` Motif : ${seen.motive}` : '';
  return {
    type,
    status: statusData(seen),
    message: { fr: `${fr}.${because}`, en: `${en}.${seen.motive ? ` Reason given: ${seen.motive}` : ''}` },
  };
}

function statusData({ status, at, motive }: Seen): NonNullable<Told['status']> {
  const { fr, en } = meaningOf(status);
  return { code: status, fr, en, ...(at ? { at: at.toISOString() } : {}), ...(motive ? { motive } : {}) };
}
