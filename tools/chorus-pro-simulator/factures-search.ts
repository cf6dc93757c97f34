/** rechercher/fournisseur: what its index shows, which may be out of date. */
import * as z from 'zod';
import { STATUSES } from './enumerations.ts';
import { current, type Change } from './lifecycle.ts';
import { operation, type Call } from './operation.ts';
import { done } from './replies.ts';
import { flag, moment, optionalId, page, paging, sorted, text } from './schemas.ts';
import { shownStatus, type Invoice, type State, type StoredDocument } from './state.ts';
import { isoDateTime, isoDay, readMoment } from './time.ts';
import type { Structure } from './world.ts';

/** Those of AIFE's 46 columns that a row has here. None sorts by the instant of the status [V-AIFE]. */
const SORT_COLUMNS = [
  'NumeroFacture',
  'CodeFournisseur',
  'CodeDestinataire',
  'CodeServiceExecutant',
  'TypeFacture',
  'DateFacture',
  'DateDepot',
  'MontantHT',
  'MontantTTC',
  'MontantAPayer',
  'Devise',
  'Statut',
  'NumeroMarche',
  'NumeroBonCommande',
  'NumeroFluxDepot',
  'ModeDepot',
];

/** Only these of AIFE's 30 filters are simulated; the others are refused, not ignored. */
const schema = z.strictObject({
  idUtilisateurCourant: optionalId,
  idFournisseur: optionalId,
  numeroFacture: text(),
  numeroFluxDepot: text(),
  statutCourant: z.array(z.enum(STATUSES)).default([]),
  rejetTraite: flag,
  periodeDateHeureEtatCourantDu: moment.optional(),
  periodeDateHeureEtatCourantAu: moment.optional(),
  rechercheFactureParFournisseur: paging(SORT_COLUMNS)
    .extend({ nbResultatsMaximum: z.int().min(1).optional() })
    .optional(),
});
type Filters = z.output<typeof schema>;

/** The most results of a search without nbResultatsMaximum [V-3P, 2017]. */
const RESULT_CEILING = 200;

const equal = (value: string | number | null, wanted: string | number | undefined) =>
  wanted === undefined || value === wanted;

/** Both ends included; a day that ends a period means its last instant. */
function inPeriod(at: number, { periodeDateHeureEtatCourantDu: from, periodeDateHeureEtatCourantAu: to }: Filters) {
  const first = from === undefined ? undefined : readMoment(from);
  const last = to === undefined ? undefined : readMoment(to, 'last');
  return at >= (first ?? -Infinity) && at <= (last ?? Infinity);
}

const matches = (invoice: Invoice, change: Change, filters: Filters) =>
  equal(invoice.number, filters.numeroFacture) &&
  equal(invoice.supplier.id, filters.idFournisseur) &&
  equal(invoice.fluxNumber, filters.numeroFluxDepot) &&
  inPeriod(change.at, filters) &&
  (filters.statutCourant.length === 0 || filters.statutCourant.includes(change.status)) &&
  (filters.rejetTraite === undefined || (invoice.rejectionHandledAt !== null) === filters.rejetTraite);

/** Dates are days here, except for the status: an instant with milliseconds [V-3P]. */
const invoiceRow = (state: State, invoice: Invoice, change: Change) => ({
  identifiantFactureCPP: invoice.id,
  codeFournisseur: invoice.supplier.siret,
  codeDestinataire: invoice.recipient.siret,
  codeServiceExecutant: invoice.serviceCode,
  typeFacture: invoice.type,
  numeroFacture: invoice.number,
  dateFacture: invoice.date,
  dateDepot: isoDay(invoice.acceptedAt),
  montantHT: invoice.amounts.net,
  montantTTC: invoice.amounts.gross,
  montantAPayer: invoice.amounts.due,
  devise: invoice.currency,
  statut: shownStatus(state, change.status),
  numeroMarche: invoice.market,
  numeroBonCommande: invoice.commitment,
  numeroFluxDepot: invoice.fluxNumber,
  modeDepot: invoice.mode,
  dateHeureEtatCourant: isoDateTime(change.at),
  commentaireEtatCourant: change.comment,
  rejetTraite: invoice.rejectionHandledAt !== null,
});

/** What deposer/pdf leaves behind until soumettre takes it up: no number, no recipient. */
const draftRow = ({ draftId, at }: StoredDocument, supplier: Structure | undefined) => ({
  identifiantFactureCPP: draftId,
  codeFournisseur: supplier?.siret ?? null,
  codeDestinataire: null,
  numeroFacture: null,
  dateFacture: null,
  dateDepot: isoDay(at),
  montantTTC: null,
  statut: 'INTERPRETEE_OCR',
  numeroFluxDepot: null,
  modeDepot: 'DEPOT_PDF_API',
  dateHeureEtatCourant: isoDateTime(at),
  commentaireEtatCourant: null,
  rejetTraite: false,
});

/** What the search shows is what was true `searchLagMs` ago. */
function foundInvoices({ state, account, now }: Call, filters: Filters) {
  const view = now - state.options.searchLagMs;
  return [...state.invoices.values()].flatMap((invoice) => {
    if (!account.structures.includes(invoice.supplier.id)) return [];
    if (invoice.works && !state.options.worksAmongInvoices) return [];
    const change = current(invoice.timeline, view);
    return change && matches(invoice, change, filters) ? [invoiceRow(state, invoice, change)] : [];
  });
}

/** A draft has no number and no flux, so a filter on either finds none. */
function foundDrafts({ state, account, now }: Call, filters: Filters) {
  const { numeroFacture, numeroFluxDepot, rejetTraite, idFournisseur, statutCourant } = filters;
  const mainStructure = state.index.byId.get(account.structures[0] ?? 0);
  if (numeroFacture || numeroFluxDepot || rejetTraite !== undefined) return [];
  if (!equal(mainStructure?.id ?? null, idFournisseur)) return [];
  if (statutCourant.length > 0 && !statutCourant.includes('INTERPRETEE_OCR')) return [];
  const view = now - state.options.searchLagMs;
  const isSeen = ({ account: owner, draftId, at, usedBy }: StoredDocument) => {
    const usedAt = usedBy === null ? Infinity : (state.invoices.get(usedBy)?.acceptedAt ?? Infinity);
    return owner === account.login && draftId !== null && at <= view && usedAt > view && inPeriod(at, filters);
  };
  return [...state.documents.values()].filter(isSeen).map((document) => draftRow(document, mainStructure));
}

export const SEARCHES = [
  operation({
    path: '/cpro/factures/v1/rechercher/fournisseur',
    schema,
    run(call, filters) {
      const asked = filters.rechercheFactureParFournisseur;
      const found = sorted([...foundInvoices(call, filters), ...foundDrafts(call, filters)], asked);
      const most = asked?.nbResultatsMaximum ?? RESULT_CEILING;
      const { rows: listeFactures, parametresRetour } = page(found.slice(0, most), asked);
      return done({ parametresRetour, listeFactures });
    },
  }),
];
