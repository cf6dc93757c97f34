/** One page of a list, with a bounded number of reads however many invoices there are. */
import * as z from 'zod';
import type { ListedRecord } from '../ledger/ledger.ts';
import { type ListName, lists, placeNames } from './places.ts';
import { type Reading, readRows, type ReadRows } from './read-rows.ts';

interface Page {
  list: ListName;
  /** What the page before gave as its `next`; without it, or if it is none, the list begins. */
  from?: string | undefined;
  /** How many rows. */
  size: number;
}

export interface ListPage extends ReadRows {
  /** For the page that follows; undefined if this is the last. */
  next: string | undefined;
}

/** DynamoDB takes no others as the place where a list goes on. */
const listedSchema = z.object({ pk: z.string().min(1).max(500), at: z.union([z.iso.datetime(), z.iso.date()]) });
/** What was shown last of each place. */
const cursorSchema = z.partialRecord(z.enum(placeNames), listedSchema);
type Cursor = z.infer<typeof cursorSchema>;

const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function cursorIn(text: string | undefined): Cursor {
  if (text === undefined) return {};
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return {};
  }
}

/**
 * Reads a query for each place of the list, the page's records, whatever changes what is said of them, and names: each
 * by one request for a hundred.
 */
export async function readList(reading: Reading, { list, from, size }: Page): Promise<ListPage> {
  const { places, newestFirst } = lists[list];
  const { ledger, settings } = reading;
  const cursor = cursorIn(from);
  // One more than is shown: it tells whether a page follows.
  const found = await Promise.all(
    places.map(async (place) => {
      const listed = await ledger.list(settings.name, place, { newestFirst, limit: size + 1, after: cursor[place] });
      return listed.map((one) => ({ ...one, place }));
    }),
  );
  const sorted = inOrder(found.flat(), newestFirst);
  const shown = sorted.slice(0, size);
  const reached = Object.fromEntries(shown.map(({ place, pk, at }) => [place, { pk, at }]));
  const { rows, ...read } = await readRows(
    shown.map(({ pk }) => pk),
    reading,
  );
  return {
    ...read,
    rows: rows.filter(lists[list].has),
    next: sorted.length > size ? written({ ...cursor, ...reached }) : undefined,
  };
}

/** Several places as one list; what is of one moment stays as it is given. */
export const inOrder = <Entry extends ListedRecord>(entries: readonly Entry[], newestFirst: boolean): Entry[] =>
  entries.toSorted(newestFirst ? (a, b) => byTime(b, a) : byTime);

const byTime = (a: ListedRecord, b: ListedRecord): number => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1);
