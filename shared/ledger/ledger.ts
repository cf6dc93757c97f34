import type { LedgerRecord } from './record.ts';
import type { Write } from './transition.ts';

export type Written = 'written' | 'conflict';

/**
 * The truth about every invoice. Two stores pass the same contract test: DynamoDB and memory.
 * Single-item conditional writes only.
 */
export interface Ledger {
  /** Strongly consistent. */
  get(pk: string): Promise<LedgerRecord | undefined>;
  /**
   * Writes only if the record still is what the transition started from: the version it replaces, in a state that the
   * transition's table allows. A writer that lost the reply of its own write finds it again and hears `written`.
   */
  write(write: Write): Promise<Written>;
  /** Keys of the connection's records whose `dueAt` has come, earliest first. Eventually consistent. */
  due(connection: string, query: { before: Date; limit: number }): Promise<string[]>;
  /** Since when the connection's oldest invoice is open (ISO instant). Eventually consistent. */
  oldestOpen(connection: string): Promise<string | undefined>;
}

/**
 * Small things that functions remember between runs (a cursor, a directory entry): a value by name, last write wins.
 * The value is `unknown` on purpose: who reads it parses it.
 */
export interface Memory {
  recall(name: string): Promise<unknown>;
  /** @param until after which the value is forgotten; without it, it is kept for ever */
  remember(name: string, value: object, until?: Date): Promise<void>;
}
