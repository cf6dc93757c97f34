/** The time that an invocation still has, less a reserve to write the ledger and answer. */
export interface Deadline {
  /** Milliseconds that a remote call may take at the most. */
  remainingMs(): number;
}

/** What is kept back for the writes after a call. */
const reserveMs = 3_000;

export const deadlineOf = (context: { getRemainingTimeInMillis(): number }): Deadline => ({
  remainingMs: () => context.getRemainingTimeInMillis() - reserveMs,
});
