import { isServiceFailure } from '../aws/runtime.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, RecordIn } from '../ledger/record.ts';
import { move, type Move, type Moved, type Origins } from '../ledger/transition.ts';
import type { TransitionName } from '../ledger/states.ts';
import { tellFault, type Telemetry } from '../telemetry/telemetry.ts';
import type { EventPublisher } from './senders.ts';

/** Events leave by an outbox: they are written with the move that they tell of, and published after it. */

export interface OutboxDependencies {
  ledger: Ledger;
  publish: EventPublisher;
  telemetry: Telemetry;
  now: () => Date;
}

/** Makes one move of the ledger and publishes its events. @returns nothing when somebody else was faster */
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
 * Publishes what a record's outbox holds, then empties it. Never throws: the move itself is written, and what stays behind
 * is due, so that the next poll publishes it. A crash between the two steps publishes again; consumers drop known ids.
 */
export async function publishOutbox(dependencies: OutboxDependencies, record: LedgerRecord): Promise<void> {
  const { ledger, publish, telemetry, now } = dependencies;
  const { subject } = record;
  if (record.outbox.length === 0) return;
  try {
    await publish(record.outbox);
    // A conflict means that the record has moved on, and its outbox with it: whoever moved it publishes.
    await ledger.write(move(record, { name: 'publish' }, now()));
  } catch (error) {
    if (isServiceFailure(error)) telemetry.warn('EVENTS_LEFT', { subject, reason: error.name });
    else tellFault(telemetry, error, { subject });
  }
}
