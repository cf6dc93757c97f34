import { isServiceFailure } from '../aws/runtime.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, RecordIn } from '../ledger/record.ts';
import { move, type Move, type Moved, type Origins } from '../ledger/transition.ts';
import type { TransitionName } from '../ledger/states.ts';
import { tellFault, type Telemetry } from '../telemetry/telemetry.ts';
import type { EventPublisher } from './senders.ts';

/** The outbox: events are written into the ledger together with the move that they report, and published afterwards. */

export interface OutboxDependencies {
  ledger: Ledger;
  publish: EventPublisher;
  telemetry: Telemetry;
  now: () => Date;
}

/** Makes one move in the ledger and publishes its events. @returns undefined if another writer was faster */
export async function applyMove<Name extends TransitionName, Old extends RecordIn<Origins<Name>>>(
  dependencies: OutboxDependencies,
  record: Old,
  next: Move<Name>,
): Promise<Moved<Name, Old> | undefined> {
  const write = move(record, next, dependencies.now());
  if ((await dependencies.ledger.write(write)) === 'conflict') return undefined;
  await publishOutbox(dependencies, write.record);
  return write.record;
}

/**
 * Publishes the events in a record's outbox, then empties it. Never throws: the move itself is written, and a record
 * with unpublished events is due, so the next poll publishes them. After a crash between the two steps they are
 * published again; consumers ignore known ids.
 */
export async function publishOutbox(dependencies: OutboxDependencies, record: LedgerRecord): Promise<void> {
  const { subject } = record;
  try {
    await publishEvents(dependencies, record);
  } catch (error) {
    if (isServiceFailure(error)) dependencies.telemetry.warn('EVENTS_LEFT', { subject, reason: error.name });
    else tellFault(dependencies.telemetry, error, { subject });
  }
}

/**
 * The same for a record that no poll may read, because its connection is not deployed: whoever calls this tries again.
 * @throws Error if an event may not have been published
 */
export async function publishEvents({ ledger, publish, now }: OutboxDependencies, record: LedgerRecord): Promise<void> {
  if (record.outbox.length === 0) return;
  await publish(record.outbox);
  // After a conflict the record has moved on, together with its outbox: the function that moved it publishes.
  await ledger.write(move(record, { name: 'publish' }, now()));
}
