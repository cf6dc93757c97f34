import type { ConnectionSettings, Environment } from '../connection/settings.ts';
import type { ChorusPro } from './chorus-pro.ts';
import type { Outcome } from './outcome.ts';
import type { ChangesIn, FoundInvoice } from './search.ts';

/** Which list is read where: for what changed, and for one works document by its number. */

/** A list that shows what changed. The name stands in logs. */
export interface List {
  name: 'invoices' | 'payment-requests' | 'works-documents';
  changes: (chorusPro: ChorusPro) => ChangesIn;
  byNumber: (chorusPro: NumberSearch, number: string, supplier: string) => Promise<Outcome<FoundInvoice[]>>;
}

export type NumberSearch = Pick<
  ChorusPro,
  'invoicesWithNumber' | 'paymentRequestsWithNumber' | 'worksDocumentsWithNumber'
>;

const invoices: List = {
  name: 'invoices',
  changes: (chorusPro) => chorusPro.changedBetween,
  byNumber: (chorusPro, number) => chorusPro.invoicesWithNumber(number),
};
const paymentRequests: List = {
  name: 'payment-requests',
  changes: (chorusPro) => chorusPro.paymentRequestsChangedBetween,
  byNumber: (chorusPro, number, supplier) => chorusPro.paymentRequestsWithNumber(number, supplier),
};
const worksDocuments: List = {
  name: 'works-documents',
  changes: (chorusPro) => chorusPro.worksDocumentsChangedBetween,
  byNumber: (chorusPro, number) => chorusPro.worksDocumentsWithNumber(number),
};

interface Reading {
  list: List;
  /** Part of the names of its cursors. Two lists with one cursor show the same: one goes on where the other stopped. */
  cursor: '' | '#works';
  /** If Chorus Pro does not let the account in, this list is read instead, and the cursor waits. */
  otherwise?: List;
}

const withoutWorks: readonly Reading[] = [{ list: invoices, cursor: '' }];

/** In production one list shows both families. It does not work in qualification. [V-AIFE SWF] */
const withWorks: Readonly<Record<Environment, readonly Reading[]>> = {
  production: [{ list: paymentRequests, cursor: '', otherwise: invoices }],
  qualification: [...withoutWorks, { list: worksDocuments, cursor: '#works' }],
};

export const readingsOf = ({ environment, works }: Pick<ConnectionSettings, 'environment' | 'works'>) =>
  works ? withWorks[environment] : withoutWorks;

/**
 * The works documents of a supplier with a number, in every list that may show them. Only if all of them answer is one
 * that none of them shows absent.
 */
export async function worksWithNumber(
  { number, supplier, environment }: { number: string; supplier: string; environment: Environment },
  chorusPro: NumberSearch,
): Promise<Outcome<FoundInvoice[]>> {
  // What a list of invoices shows comes first: it also shows the deposit.
  const lists = [invoices, ...withWorks[environment].map(({ list }) => list).filter((list) => list !== invoices)];
  const found = new Map<number, FoundInvoice>();
  for (const { byNumber } of lists) {
    const outcome = await byNumber(chorusPro, number, supplier);
    if (outcome.kind !== 'accepted') return outcome;
    for (const one of outcome.value) found.set(one.chorusProId, found.get(one.chorusProId) ?? one);
  }
  return { kind: 'accepted', value: [...found.values()] };
}
