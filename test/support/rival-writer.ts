import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import { move, type Write } from '../../shared/ledger/transition.ts';
import type { InMemoryLedger } from './in-memory-ledger.ts';

/**
 * A ledger in which another writer is faster, once: it acts just before the first write that `before` picks, which then
 * meets a conflict.
 */
export function ledgerWithRival(
  ledger: InMemoryLedger,
  before: (write: Write) => boolean,
  rival: (write: Write) => Promise<unknown>,
): Ledger & Memory {
  let acted = false;
  return {
    get: (pk) => ledger.get(pk),
    async write(write) {
      if (!acted && before(write)) {
        acted = true;
        await rival(write);
      }
      return ledger.write(write);
    },
    due: (connection, query) => ledger.due(connection, query),
    silent: (connection, query) => ledger.silent(connection, query),
    oldestOpen: (connection) => ledger.oldestOpen(connection),
    recall: (name) => ledger.recall(name),
    remember: (name, value, until) => ledger.remember(name, value, until),
    swap: (name, swap) => ledger.swap(name, swap),
  };
}

/** A rival that only makes the next version of a record whose events have left: what the record says stays as it is. */
export const touching =
  (ledger: InMemoryLedger, now: () => Date) =>
  async ({ record: { pk } }: Write): Promise<void> => {
    const record = await ledger.get(pk);
    if (record) await ledger.write(move(record, { name: 'publish' }, now()));
  };
