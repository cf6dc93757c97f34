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
}

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
  const { identifiantFactureCPP: chorusProId, numeroFacture: number, codeFournisseur, statut: status } = row;
  if (!chorusProId || !number || !codeFournisseur || !status) return [];
  const { dateHeureEtatCourant, commentaireEtatCourant: motive, numeroFluxDepot: depositId } = row;
  const at = readMoment(dateHeureEtatCourant ?? '');
  const issued = readMoment(row.dateFacture ?? '');
  return [
    {
      ...{ chorusProId, number, supplierSiret: codeFournisseur, status },
      ...(issued ? { issueDate: parisDay(issued) } : {}),
      ...(at ? { at } : {}),
      ...(motive ? { motive } : {}),
      ...(depositId ? { depositId } : {}),
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
