import { publishOutbox } from '../../shared/messaging/outbox.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move, type Move } from '../../shared/ledger/transition.ts';
import type { PollDependencies } from './dependencies.ts';

/** One move of the ledger with its events. @returns the record as written, or nothing when somebody else was faster */
export async function step(
  record: LedgerRecord,
  dependencies: PollDependencies,
  next: Omit<Move, 'now'>,
): Promise<LedgerRecord | undefined> {
  const write = move(record, { ...next, now: dependencies.now() });
  if ((await dependencies.ledger.write(write)) === 'conflict') return undefined;
  await publishOutbox(dependencies, write.record);
  return write.record;
}
