import * as z from 'zod';
import type { Outcome } from './outcome.ts';

/** Chorus Pro's default is 10 a page, which hides the rest from whoever forgets it; 1,000 is taken [V-3P OCA]. */
export const pageSize = 1_000;

/**
 * A search stops at 200 results unless it is told otherwise [V-3P CS17, 2017]; 10,000 is taken for services [V-3P OCA], for
 * invoices to be tried in qualification.
 */
const resultCeiling = 10_000;

/** How a search is cut up. */
export interface Paging {
  /** Rows a page. */
  size: number;
  /** Rows that a search finds at the most. */
  ceiling: number;
}

export const fullPaging: Paging = { size: pageSize, ceiling: resultCeiling };

/** More pages than any real answer has: a server that never ends is not followed for ever. */
const mostPages = 1_000;

export const pagedSchema = z.looseObject({
  parametresRetour: z.looseObject({ pages: z.int(), total: z.int().nullish() }).nullish(),
});

export interface Page<Item> {
  items: Item[];
  /** How many pages there are in all. */
  pages: number;
  /** How many rows there are in all, where Chorus Pro says so. */
  total?: number;
}

/** Reads every page. The first outcome that is not an answer ends it: half a list is no list. */
export async function allPages<Item>(
  fetchPage: (page: number) => Promise<Outcome<Page<Item>>>,
): Promise<Outcome<Item[]>> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const outcome = await fetchPage(page);
    if (outcome.kind !== 'accepted') return outcome;
    items.push(...outcome.value.items);
    if (page >= outcome.value.pages) break;
  }
  return { kind: 'accepted', value: items };
}
