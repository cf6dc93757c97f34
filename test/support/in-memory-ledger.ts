import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type {
  DueQuery,
  Ledger,
  LedgerLists,
  ListedRecord,
  ListQuery,
  Memory,
  PlaceOf,
  ReadMany,
  Swap,
  Written,
} from '../../shared/ledger/ledger.ts';
import type { LedgerRecord, RecordView } from '../../shared/ledger/record.ts';
import { transitions, type Transition } from '../../shared/ledger/states.ts';
import { storedOf, storedRecordSchema } from '../../shared/ledger/stored-record.ts';
import type { Write } from '../../shared/ledger/transition.ts';
import { placeOf as placeInLists } from '../../shared/lists/places.ts';

/** What the indexes hold of a record, and what the condition of a write looks at. */
type Indexed = Pick<
  LedgerRecord,
  'pk' | 'connection' | 'dueAt' | 'watchAt' | 'openSince' | 'state' | 'version' | 'writeId'
> & { list: string; listedAt: string };

const memorySchema = z.object({ value: z.unknown(), expiresAt: z.number().optional() });

const versionedSchema = z.object({ version: z.number() });

/** For tests and the simulation: the semantics of the DynamoDB store, held to the same contract. */
export class InMemoryLedger implements Ledger, LedgerLists, Memory {
  // Texts rather than objects: what is read is a copy, as from a database, and parsed as one.
  private readonly items = new Map<string, string>();
  private readonly indexed = new Map<string, Indexed>();
  private readonly now: () => Date;

  private readonly placeOf: PlaceOf;

  constructor(now: () => Date = () => new Date(), placeOf: PlaceOf = placeInLists) {
    this.now = now;
    this.placeOf = placeOf;
  }

  get(pk: string): Promise<LedgerRecord | undefined> {
    return Promise.resolve(this.read(pk));
  }

  write({ record, transition, replaces }: Write): Promise<Written> {
    // No await between the reading and the writing: it is one conditional write, as in the database.
    const current = this.indexed.get(record.pk);
    const { from }: Transition = transitions[transition];
    const allowed =
      current === undefined ? replaces === 0 : current.version === replaces && from.includes(current.state);
    if (!allowed) return Promise.resolve(current?.writeId === record.writeId ? 'written' : 'conflict');
    this.items.set(record.pk, JSON.stringify(storedOf(record)));
    const { pk, connection, dueAt, watchAt, openSince, state, version, writeId } = record;
    const { place, at: listedAt } = this.placeOf(record);
    const list = `${connection}#${place}`;
    this.indexed.set(pk, { pk, connection, dueAt, watchAt, openSince, state, version, writeId, list, listedAt });
    return Promise.resolve('written');
  }

  private read(pk: string): LedgerRecord | undefined {
    const item = this.items.get(pk);
    return item === undefined ? undefined : storedRecordSchema.parse(JSON.parse(item));
  }

  due(connection: string, query: DueQuery): Promise<string[]> {
    return Promise.resolve(this.earliest('dueAt', connection, query));
  }

  silent(connection: string, query: DueQuery): Promise<string[]> {
    return Promise.resolve(this.earliest('watchAt', connection, query));
  }

  private earliest(key: 'dueAt' | 'watchAt', connection: string, { before, limit }: DueQuery): string[] {
    const until = before.toISOString();
    const found = [...this.indexed.values()].flatMap(({ pk, connection: of, [key]: at }) =>
      of === connection && at && at <= until ? [{ pk, at }] : [],
    );
    found.sort((a, b) => (a.at < b.at ? -1 : 1));
    return found.slice(0, limit).map(({ pk }) => pk);
  }

  oldestOpen(connection: string): Promise<string | undefined> {
    const open = [...this.indexed.values()].flatMap(({ openSince, connection: of }) =>
      of === connection && openSince ? [openSince] : [],
    );
    return Promise.resolve(open.sort()[0]);
  }

  list(
    connection: string,
    place: string,
    { newestFirst = false, limit, after, since = '' }: ListQuery,
  ): Promise<ListedRecord[]> {
    const isLater = (a: ListedRecord, b: ListedRecord) => (a.at === b.at ? a.pk > b.pk : a.at > b.at);
    const isAfter = (a: ListedRecord, b: ListedRecord) => (newestFirst ? isLater(b, a) : isLater(a, b));
    const listed = [...this.indexed.values()].flatMap(({ pk, list, listedAt: at }) =>
      list === `${connection}#${place}` && at >= since && (!after || isAfter({ pk, at }, after)) ? [{ pk, at }] : [],
    );
    return Promise.resolve(listed.sort((a, b) => (isAfter(a, b) ? 1 : -1)).slice(0, limit));
  }

  getMany(pks: readonly string[]): Promise<ReadMany> {
    return Promise.resolve({ records: [...new Set(pks)].flatMap((pk) => this.read(pk) ?? []), unreadable: [] });
  }

  recallMany(names: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const there = names.filter((name) => this.items.has(`memory#${name}`));
    return Promise.resolve(new Map(there.map((name) => [name, this.remembered(name)])));
  }

  /** All that is in it: for the invariants of a test. */
  records(): RecordView[] {
    return [...this.items]
      .filter(([pk]) => !pk.startsWith('memory#'))
      .map(([, item]) => storedRecordSchema.parse(JSON.parse(item)));
  }

  /** An item as the store holds it, expired or not. */
  item(pk: string): Promise<unknown> {
    const item = this.items.get(pk);
    return Promise.resolve(item === undefined ? undefined : JSON.parse(item));
  }

  recall(name: string): Promise<unknown> {
    return Promise.resolve(this.remembered(name));
  }

  private remembered(name: string): unknown {
    const item = this.items.get(`memory#${name}`);
    if (item === undefined) return undefined;
    const { value, expiresAt = Infinity } = memorySchema.parse(JSON.parse(item));
    return this.now().getTime() < expiresAt * 1000 ? value : undefined;
  }

  remember(name: string, value: object, until?: Date): Promise<void> {
    const expiresAt = until && Math.ceil(until.getTime() / 1000);
    this.items.set(`memory#${name}`, JSON.stringify({ value, expiresAt }));
    return Promise.resolve();
  }

  swap(name: string, { value, replaces, until }: Swap): Promise<'swapped' | 'lost'> {
    const current = this.remembered(name);
    const version = versionedSchema.safeParse(current).data?.version ?? 0;
    if (version === replaces) {
      void this.remember(name, value, until);
      return Promise.resolve('swapped');
    }
    return Promise.resolve(isDeepStrictEqual(current, JSON.parse(JSON.stringify(value))) ? 'swapped' : 'lost');
  }
}
