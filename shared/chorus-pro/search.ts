import * as z from 'zod';
import { parisDay, readMoment } from './dates.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import type { RequestOf } from './requests.ts';

/** Searches for our invoices in Chorus Pro: by number, by what changed, and one invoice's history. Lists have pages. */

/** How the results of a search are divided. */
export interface Paging {
  /** Rows per page. */
  size: number;
  /** The largest number of rows that a search returns in all its pages. */
  ceiling: number;
}

export const fullPaging: Paging = {
  size: chorusProFacts.pageSize.value,
  ceiling: chorusProFacts.resultCeiling.value,
};

/** More pages than any real list has, so that a faulty server cannot make us read forever. */
const mostPages = 1_000;

export const pagedSchema = z.looseObject({
  parametresRetour: z.looseObject({ pages: z.int(), total: z.int().nullish() }).nullish(),
});

export interface Page<Item> {
  items: Item[];
  /** How many pages there are in all. */
  pages: number;
  /** How many rows there are in all, if Chorus Pro says so. */
  total?: number;
  /** There are more rows than it shows, or there may be, and it has no further page: a shorter period must be asked. */
  isCut?: true;
}

/** Reads every page. If one cannot be read, its outcome is the result: half a list would mislead. */
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

/** An invoice as Chorus Pro shows it to its supplier. */
export interface FoundInvoice {
  chorusProId: number;
  number: string;
  supplierSiret: string;
  /** ISO, if Chorus Pro says so. */
  issueDate?: string;
  status: string;
  /** Since when it has this status, if Chorus Pro says so. */
  at?: Date;
  /** The recipient's own words on a rejection, a suspension or a recycling. */
  motive?: string;
  /** On the flux route: the number of the deposit that brought it. */
  depositId?: string;
  /** The list does not show by which deposit anything came. */
  hidesDeposit?: true;
  /** What a list that has works documents says of one. */
  works?: ListedWorks;
}

/** What a list says of a works document, which another party of the contract may have deposited. */
interface ListedWorks {
  /** The framework’s code: "A15". */
  framework?: string | undefined;
  /** Chorus Pro’s id of the billing file, and its number. */
  billingFile?: { id: number | undefined; number: string | undefined };
  recipientSiret?: string | undefined;
  contract?: string | undefined;
  /** Euros, as decimal strings. */
  amounts: Readonly<Record<'taxExclusive' | 'taxInclusive' | 'due', string | undefined>>;
}

/** Searches one list for what changed in a period, both ends included. */
export type ChangesIn = (period: Period, page: number, paging?: Paging) => Promise<Outcome<Page<FoundInvoice>>>;

export interface Period {
  from: Date;
  to: Date;
}

export interface PastStatus {
  status: string;
  at?: Date;
  /** The recipient's words. */
  motive?: string;
}

export const searchOf = (call: BoundCall) => ({
  /** All invoices with this number: there may be several, if one was rejected and sent again [V-3P OMN]. */
  invoicesWithNumber: (number: string): Promise<Outcome<FoundInvoice[]>> =>
    allPages((page) => searchPage(call, { numeroFacture: number }, page, fullPaging)),

  /** One page of the invoices whose status changed in the period, both ends included. */
  changedBetween: ({ from, to }: Period, page: number, paging = fullPaging): Promise<Outcome<Page<FoundInvoice>>> =>
    searchPage(
      call,
      { periodeDateHeureEtatCourantDu: from.toISOString(), periodeDateHeureEtatCourantAu: to.toISOString() },
      page,
      paging,
    ),

  /** The statuses that an invoice went through, oldest first, as far as Chorus Pro shows them. */
  async historyOf(chorusProId: number): Promise<Outcome<PastStatus[]>> {
    const body = {
      idFacture: chorusProId,
      nbResultatsMaximum: mostStatuses,
      paramRechercheHistoStatuts: {
        pageResultatDemandeeListeHistoStatut: 1,
        nbResultatsParPageListeHistoStatut: mostStatuses,
      },
    };
    const outcome = await call('factures/v1/consulter/historique', body, historySchema);
    return mapAccepted(outcome, ({ historiquesDesStatuts }) =>
      (historiquesDesStatuts?.histoStatut ?? [])
        .flatMap(pastStatus)
        .sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0)),
    );
  },
});

/** Every field may be missing: one incomplete row (a draft has no number) must not hide the others. */
const foundSchema = z.looseObject({
  identifiantFactureCPP: z.int().nullish(),
  numeroFacture: z.string().nullish(),
  dateFacture: z.string().nullish().catch(undefined),
  codeFournisseur: z.string().nullish(),
  statut: z.string().nullish(),
  dateHeureEtatCourant: z.string().nullish(),
  commentaireEtatCourant: z.string().nullish(),
  numeroFluxDepot: z.string().nullish(),
});
export const searchSchema = pagedSchema.extend({ listeFactures: z.array(foundSchema).nullish() });

async function searchPage(
  call: BoundCall,
  filters: Omit<RequestOf<'factures/v1/rechercher/fournisseur'>, 'rechercheFactureParFournisseur'>,
  page: number,
  { size, ceiling }: Paging,
): Promise<Outcome<Page<FoundInvoice>>> {
  const rechercheFactureParFournisseur = {
    nbResultatsMaximum: ceiling,
    pageResultatDemandee: page,
    nbResultatsParPage: size,
    ...chorusProFacts.searchOrder.value,
  };
  const body = { ...filters, rechercheFactureParFournisseur };
  const outcome = await call('factures/v1/rechercher/fournisseur', body, searchSchema);
  return mapAccepted(outcome, ({ listeFactures, parametresRetour }) => {
    const { pages = 1, total } = parametresRetour ?? {};
    const items = (listeFactures ?? []).flatMap(foundInvoice);
    return { items, pages, ...(typeof total === 'number' ? { total } : {}) };
  });
}

function foundInvoice(row: z.infer<typeof foundSchema>): FoundInvoice[] {
  const { numeroFluxDepot: depositId } = row;
  const [found] = foundOf({
    ...{ chorusProId: row.identifiantFactureCPP, number: row.numeroFacture, status: row.statut },
    ...{ supplierSiret: row.codeFournisseur, issued: row.dateFacture },
    ...{ changed: row.dateHeureEtatCourant, motive: row.commentaireEtatCourant },
  });
  return found ? [{ ...found, ...(depositId ? { depositId } : {}) }] : [];
}

type Given<Value> = Value | null | undefined;

/** What every list shows of an invoice. @returns nothing for a row that is not one, such as a draft without a number */
export function foundOf(row: {
  chorusProId: Given<number>;
  number: Given<string>;
  supplierSiret: Given<string>;
  status: Given<string>;
  issued?: Given<string>;
  changed?: Given<string>;
  motive?: Given<string>;
}): FoundInvoice[] {
  const { chorusProId, number, supplierSiret, status, motive } = row;
  if (!chorusProId || !number || !supplierSiret || !status) return [];
  const at = readMoment(row.changed ?? '');
  const issued = readMoment(row.issued ?? '');
  return [
    {
      ...{ chorusProId, number, supplierSiret, status },
      ...(issued ? { issueDate: parisDay(issued) } : {}),
      ...(at ? { at } : {}),
      ...(motive ? { motive } : {}),
    },
  ];
}

/** The response also has names, e-mail addresses and telephone numbers of public agents: this schema drops them. */
const pastSchema = z.object({
  histoStatutCode: z.string().nullish(),
  histoStatutDatePassage: z.string().nullish(),
  histoStatutCommentaire: z.string().nullish(),
});
export const historySchema = z.object({
  historiquesDesStatuts: z.object({ histoStatut: z.array(pastSchema).nullish() }).nullish(),
});

/** More statuses than any invoice has. */
const mostStatuses = 100;

function pastStatus(row: z.infer<typeof pastSchema>): PastStatus[] {
  const { histoStatutCode: status, histoStatutDatePassage: moment, histoStatutCommentaire: motive } = row;
  const at = readMoment(moment ?? '');
  return status ? [{ status, ...(at ? { at } : {}), ...(motive ? { motive } : {}) }] : [];
}
