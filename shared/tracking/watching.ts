import type { LedgerRecord } from '../ledger/record.ts';
import { lateFrom } from './lateness.ts';

/** An invoice of which the increments say nothing for so long is looked up by itself: they may have missed something. */
const sweepAfterMs = 10 * 24 * 3_600_000;

/** When a followed invoice wants attention of its own: to be looked up, or to be told late. */
export function nextWatch(record: LedgerRecord, now: Date): string {
  const late = lateFrom(record);
  const sweep = now.getTime() + sweepAfterMs;
  const next = late === undefined || late <= now.getTime() ? sweep : Math.min(sweep, late);
  return new Date(next).toISOString();
}
