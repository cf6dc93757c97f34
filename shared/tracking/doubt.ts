import { timings } from '../facts/timings.ts';
import type { Reason } from '../invoice/reasons.ts';
import type { RecordIn } from '../ledger/record.ts';
import { applyMove, type OutboxDependencies } from '../messaging/outbox.ts';

/** An invoice that vanished this many times is not bad luck: a person must look before it is sent again. */
export const mostDoubts = 10;

/**
 * From here on nothing is sent before somebody has looked. The refusal of a repeated attempt is kept: it may only mean that
 * the attempt before it had succeeded.
 */
export async function enterDoubt(
  dependencies: OutboxDependencies,
  record: RecordIn<'sending' | 'in-doubt' | 'deposited'>,
  why: string,
  refusal?: Reason[],
): Promise<void> {
  const { telemetry, now } = dependencies;
  const at = now();
  const times = (record.doubt?.times ?? 0) + 1;
  const doubted = await applyMove(dependencies, record, {
    name: 'doubt',
    changes: {
      doubt: { since: at.toISOString(), why, times, ...(refusal ? { refusal } : {}) },
      nextStepAt: new Date(at.getTime() + timings.firstLook.ms).toISOString(),
    },
    events: [{ type: 'in-doubt' }],
  });
  if (!doubted) return;
  telemetry.warn('INVOICE_IN_DOUBT', { subject: record.subject, reason: why, attempt: record.attempts });
  telemetry.measure('InDoubt', 1, { connection: record.connection });
}
