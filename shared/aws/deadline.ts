import { timings } from '../facts/timings.ts';

/** The time that an invocation still has, less what writing the ledger and responding takes. */
export interface Deadline {
  /** Milliseconds that a remote call may take at most. */
  remainingMs(): number;
}

export const deadlineOf = (context: { getRemainingTimeInMillis(): number }): Deadline => ({
  remainingMs: () => context.getRemainingTimeInMillis() - timings.reserveAfterCalls.ms,
});
