import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';

/** Nothing was changed by a call that was not answered: the message comes again, for the reason that the call gave. */
export function retryOf(
  outcome: Exclude<Outcome<unknown>, { kind: 'accepted' | 'refused' }>,
): Extract<Disposition, { kind: 'retry' }> {
  if (outcome.kind === 'unknown') return { kind: 'retry', reason: 'platform-down' };
  const { reason: why, retryAfterSeconds } = outcome;
  return { kind: 'retry', reason: why, ...(retryAfterSeconds ? { atLeastSeconds: retryAfterSeconds } : {}) };
}
