import type { LedgerRecord } from './record.ts';
import type { Write } from './transition.ts';

export type Written = 'written' | 'conflict';

/**
 * The source of truth about every invoice. Two stores pass the same contract test: DynamoDB and memory. All writes are
 * conditional and concern a single item.
 */
export interface Ledger {
  /** Strongly consistent. */
  get(pk: string): Promise<LedgerRecord | undefined>;
  /**
   * Writes only if the record is still what the transition started from: the version that it replaces, in a state that
   * the table of transitions allows. A writer that lost the reply to its own write also gets `written`.
   */
  write(write: Write): Promise<Written>;
  /** Keys of the connection's records whose `dueAt` has passed, earliest first. Eventually consistent. */
  due(connection: string, query: DueQuery): Promise<string[]>;
  /** The same for `watchAt`: followed invoices of which nothing was heard for long. */
  silent(connection: string, query: DueQuery): Promise<string[]>;
  /** Since when the connection's oldest open invoice has been open (ISO instant). Eventually consistent. */
  oldestOpen(connection: string): Promise<string | undefined>;
}

export interface DueQuery {
  before: Date;
  limit: number;
}

/** Where a record is listed for people, and by which instant or day (ISO) it has its turn there. */
export interface Listed {
  place: string;
  at: string;
}

/** Computed at each write from the record alone. The ledger does not know what a place means (shared/lists). */
export type PlaceOf = (record: LedgerRecord) => Listed;

/** A record as a list has it. */
export interface ListedRecord {
  pk: string;
  at: string;
}

export interface ListQuery {
  newestFirst?: boolean;
  limit: number;
  /** The last one that was read of the same list, in the same order; it may have moved since. */
  after?: ListedRecord | undefined;
  /** Nothing that is listed by an earlier instant or day: ISO. */
  since?: string;
}

export interface ReadMany {
  records: LedgerRecord[];
  /** The keys of records that are damaged. */
  unreadable: string[];
}

/** What people read of the ledger, without a scan. The stores are held to it by the same contract test. */
export interface LedgerLists {
  /** The connection's records at a place, in order of `at`. Eventually consistent. */
  list(connection: string, place: string, query: ListQuery): Promise<ListedRecord[]>;
  /** The records that there are, in the order of the keys. Eventually consistent. */
  getMany(pks: readonly string[]): Promise<ReadMany>;
  /** As `recall` of `Memory`, for many names at once; eventually consistent. What nobody remembers is not in it. */
  recallMany(names: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
}

/**
 * Small values that functions keep between runs (a cursor, a directory entry), by name. The last write wins. A value is
 * `unknown` on purpose: the reader must parse it.
 */
export interface Memory {
  recall(name: string): Promise<unknown>;
  /** @param until when the value expires; without it, it never does */
  remember(name: string, value: object, until?: Date): Promise<void>;
  /**
   * Remembers only if the value still has the version that was recalled (0: there is none). Whoever loses a race
   * recalls again. A repeated call that finds its own value has won.
   */
  swap(name: string, swap: Swap): Promise<'swapped' | 'lost'>;
}

export interface Swap {
  /**
   * With a version of its own, other than the one that it replaces, and an id of this write: without it, two writers of
   * equal values would both find their own, and both have won.
   */
  value: { version: number; writeId: string; [field: string]: unknown };
  replaces: number;
  until?: Date;
}
