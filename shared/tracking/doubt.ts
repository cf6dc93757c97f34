import type { Reason } from '../invoice/reasons.ts';
import { publishOutbox, type OutboxDependencies } from '../messaging/outbox.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { move } from '../ledger/transition.ts';

/** An invoice that vanished so many times is not bad luck: a person must look before it is sent again. */
export const mostDoubts = 10;

/** The first look comes with the next poll. */
const firstLookMs = 60_000;

/**
 * From here on nothing is sent before somebody has looked. The refusal of a repeated attempt is kept: it may only say that
 * the attempt before it had succeeded.
 */
export async function enterDoubt(
  dependencies: OutboxDependencies,
  record: LedgerRecord,
  why: string,
  refusal?: Reason[],
): Promise<void> {
  const { ledger, telemetry, now } = dependencies;
  const at = now();
  const write = move(record, {
    name: 'doubt',
    changes: {
      doubt: { since: at.toISOString(), why, times: (record.doubt?.times ?? 0) + 1, ...(refusal ? { refusal } : {}) },
      lease: undefined,
      nextStepAt: new Date(at.getTime() + firstLookMs).toISOString(),
    },
    events: [{ type: 'in-doubt' }],
    now: at,
  });
  if ((await ledger.write(write)) === 'conflict') return;
  telemetry.warn('INVOICE_IN_DOUBT', { subject: record.subject, reason: why, attempt: record.attempts });
  telemetry.measure('InDoubt', 1, { connection: record.connection });
  await publishOutbox(dependencies, write.record);
}
