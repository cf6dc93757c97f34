/** Which records are read where a page needs more than one page of a list: for sums, a chart, a search. */
import { issuersOf } from '../../shared/connection/settings.ts';
import { isNumberedAnew } from '../../shared/connection/apply-settings.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { invoiceKey, yearOf } from '../../shared/ledger/record.ts';
import type { ListedRecord } from '../../shared/ledger/ledger.ts';
import { type ListName, lists, type PlaceName } from '../../shared/lists/places.ts';
import { inOrder } from '../../shared/lists/read-list.ts';
import type { Reading } from '../../shared/lists/read-rows.ts';

/** How many of each place are read, the newest first. */
const most = 2_000;
/** How long what has ended is read. */
const daysOfEnded = 366;

/** What has not ended, or still has something held back of it; what has ended otherwise. */
const open: readonly PlaceName[] = ['to-do', 'refused-to-do', 'late', 'under-way', 'paid-retained'];
const ended: readonly PlaceName[] = ['paid', 'payment-unknown', 'refused', 'withheld'];
/** Where something may be held back of what stands. */
const holding: readonly PlaceName[] = ['to-do', 'late', 'under-way', 'paid-retained', 'payment-unknown'];

interface BoundedReading extends Reading {
  mostOfAPlace?: number | undefined;
}

export interface Keys {
  pks: string[];
  /** A place has more. */
  isCut: boolean;
}

/** Of each place, the newest first. */
async function listedAt(
  { ledger, settings, mostOfAPlace = most }: BoundedReading,
  places: readonly PlaceName[],
  since?: string,
): Promise<{ found: ListedRecord[][]; isCut: boolean }> {
  // One more than is read tells whether there are more.
  const query = { newestFirst: true, limit: mostOfAPlace + 1, ...(since ? { since } : {}) };
  const found = await Promise.all(places.map((place) => ledger.list(settings.name, place, query)));
  return {
    found: found.map((listed) => listed.slice(0, mostOfAPlace)),
    isCut: found.some(({ length }) => length > mostOfAPlace),
  };
}

async function keysAt(reading: BoundedReading, places: readonly PlaceName[], since?: string): Promise<Keys> {
  const { found, isCut } = await listedAt(reading, places, since);
  return { pks: found.flatMap((listed) => listed.map(({ pk }) => pk)), isCut };
}

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

/**
 * In the order of the list's pages.
 * @param since ISO day in Paris's calendar, which begins in the evening of UTC's day before: there is more than was
 * asked for, as there is in a place that is in order of something else than the day that is meant; empty for all
 */
export async function keysOfList(reading: BoundedReading, list: ListName, since: string): Promise<Keys> {
  const { places, newestFirst } = lists[list];
  const { found, isCut } = await listedAt(reading, places, since === '' ? since : daysBefore(since, 1));
  const ofEach = newestFirst ? found : found.map((listed) => listed.toReversed());
  return { pks: inOrder(ofEach.flat(), newestFirst).map(({ pk }) => pk), isCut };
}

/** What has not ended, and what ended in the last twelve months. */
export async function recentKeys(reading: BoundedReading): Promise<Keys> {
  const since = daysBefore(reading.today, daysOfEnded);
  const found = await Promise.all([keysAt(reading, open), keysAt(reading, ended, since)]);
  return { pks: found.flatMap(({ pks }) => pks), isCut: found.some(({ isCut }) => isCut) };
}

/** What may still be held back of. */
export const keysThatHold = (reading: BoundedReading): Promise<Keys> => keysAt(reading, holding);

/** For how many years an invoice is kept, and looked for. */
const yearsKept = 10;

/** Of the invoices with this number, of each of the connection's suppliers: of each year, where numbers begin anew. */
export function keysNumbered(text: string, { settings, today }: Reading): string[] {
  const { environment } = settings;
  const [number = '', said] = text.split('#');
  const last = Number(yearOf(today));
  const years = said === undefined ? Array.from({ length: yearsKept + 1 }, (_, i) => String(last - i)) : [said];
  return issuersOf(settings).flatMap(({ siret: supplier }) => {
    const perYear = isNumberedAnew(settings, supplier) ? years : [];
    const keys = perYear.map((year) => invoiceKey({ environment, supplier, number, year }));
    return [invoiceKey({ environment, supplier, number: text }), ...keys];
  });
}
