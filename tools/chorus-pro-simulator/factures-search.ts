import * as z from 'zod';
import { done } from './replies.ts';
import { readMoment } from './time.ts';
import { DEPOSIT_MODES, FRAMES, SEARCHED_TYPES, STATUSES } from './enumerations.ts';
import { current, type Change } from './lifecycle.ts';
import { operation, type Call } from './operation.ts';
import { page, sorted } from './paging.ts';
import { amount, flag, id, moment, optionalId, paging, text } from './schemas.ts';
import { draftRow, searchRow, SORT_COLUMNS } from './search-row.ts';
import type { Invoice, StoredDocument } from './state.ts';

const schema = z.strictObject({
  idUtilisateurCourant: optionalId,
  idFournisseur: optionalId,
  idServiceFournisseur: optionalId,
  idStructureValideur: optionalId,
  listeDestinataire: z
    .array(
      z.strictObject({
        idDestinataire: optionalId,
        listeIdServiceExecutant: z.array(id).optional(),
        raisonSocialeStuctDmd: text(),
      }),
    )
    .optional(),
  rechercheSirenDestinataire: flag,
  numeroFacture: text(),
  numeroFluxDepot: text(),
  numeroMarche: text(),
  numeroBonCommande: text(),
  numeroFactureOrigine: text(),
  typeFacture: z.enum(SEARCHED_TYPES).optional(),
  cadreFacturation: z.enum(FRAMES).optional(),
  modeDepot: z.enum(DEPOSIT_MODES).optional(),
  statutCourant: z.array(z.enum(STATUSES)).optional(),
  rejetTraite: flag,
  recupererTaille: flag,
  coordonneeBancaire: optionalId,
  idUtilisateurCreateur: z.array(id).optional(),
  periodeDateDepotDu: moment.optional(),
  periodeDateDepotAu: moment.optional(),
  periodeDateFactureDu: moment.optional(),
  periodeDateFactureAu: moment.optional(),
  periodeDateHeureEtatCourantDu: moment.optional(),
  periodeDateHeureEtatCourantAu: moment.optional(),
  montantHTMin: amount.optional(),
  montantHTMax: amount.optional(),
  montantTTCMin: amount.optional(),
  montantTTCMax: amount.optional(),
  montantApayerMin: amount.optional(),
  montantApayerMax: amount.optional(),
  rechercheFactureParFournisseur: paging(SORT_COLUMNS)
    .extend({ nbResultatsMaximum: z.int().min(1).optional() })
    .optional(),
});
type Filters = z.output<typeof schema>;

interface Seen {
  invoice: Invoice;
  change: Change;
}

const equal = (value: string | number | null, wanted: string | number | undefined) =>
  wanted === undefined || value === wanted;

const within = (value: number, least = -Infinity, most = Infinity) => value >= least && value <= most;

/** Both ends included; a day that ends a period means its last instant. */
const inPeriod = (at: number, from: string | undefined, to: string | undefined) =>
  within(at, from === undefined ? undefined : readMoment(from), to === undefined ? undefined : readMoment(to, 'last'));

const isRecipient = ({ recipient, serviceCode }: Invoice, wanted: Filters['listeDestinataire']) => {
  const serviceId = recipient.services.find(({ code }) => code === serviceCode)?.id ?? null;
  return (wanted ?? []).some(
    ({ idDestinataire, listeIdServiceExecutant: services = [], raisonSocialeStuctDmd: name }) =>
      equal(recipient.id, idDestinataire) &&
      (services.length === 0 || (serviceId !== null && services.includes(serviceId))) &&
      (!name || recipient.name.includes(name)),
  );
};

const TESTS: ((seen: Seen, filters: Filters) => boolean)[] = [
  ({ invoice }, filters) => equal(invoice.number, filters.numeroFacture),
  ({ invoice }, filters) => equal(invoice.supplier.id, filters.idFournisseur),
  ({ invoice }, filters) => equal(invoice.fluxNumber, filters.numeroFluxDepot),
  ({ change }, { periodeDateHeureEtatCourantDu: from, periodeDateHeureEtatCourantAu: to }) =>
    inPeriod(change.at, from, to),
  ({ change }, { statutCourant: wanted = [] }) => wanted.length === 0 || wanted.includes(change.status),
  ({ invoice }, filters) => equal(invoice.supplierServiceId, filters.idServiceFournisseur),
  ({ invoice }, filters) => equal(invoice.validator?.id ?? null, filters.idStructureValideur),
  ({ invoice }, { listeDestinataire: wanted = [] }) => wanted.length === 0 || isRecipient(invoice, wanted),
  ({ invoice }, filters) => equal(invoice.market, filters.numeroMarche),
  ({ invoice }, filters) => equal(invoice.commitment, filters.numeroBonCommande),
  ({ invoice }, filters) => equal(invoice.originNumber, filters.numeroFactureOrigine),
  ({ invoice }, filters) => equal(invoice.type, filters.typeFacture),
  ({ invoice }, filters) => equal(invoice.frame, filters.cadreFacturation),
  ({ invoice }, filters) => equal(invoice.mode, filters.modeDepot),
  ({ invoice }, { rejetTraite }) => rejetTraite === undefined || (invoice.rejectionHandledAt !== null) === rejetTraite,
  ({ invoice }, { periodeDateDepotDu: from, periodeDateDepotAu: to }) => inPeriod(invoice.acceptedAt, from, to),
  ({ invoice }, { periodeDateFactureDu: from, periodeDateFactureAu: to }) =>
    inPeriod(readMoment(invoice.date) ?? 0, from, to),
  ({ invoice }, filters) => within(invoice.amounts.net, filters.montantHTMin, filters.montantHTMax),
  ({ invoice }, filters) => within(invoice.amounts.gross, filters.montantTTCMin, filters.montantTTCMax),
  ({ invoice }, filters) => within(invoice.amounts.due, filters.montantApayerMin, filters.montantApayerMax),
];

/** What the search shows is what was true `searchLagMs` ago. */
function seenInvoices({ state, account, now }: Call): Seen[] {
  const view = now - state.options.searchLagMs;
  return [...state.invoices.values()].flatMap((invoice) => {
    if (!account.structures.includes(invoice.supplier.id)) return [];
    const change = current(invoice.timeline, view);
    return change ? [{ invoice, change }] : [];
  });
}

/** Filters that a draft, which knows nothing of itself, can meet. */
const MET_BY_DRAFTS = new Set([
  'idUtilisateurCourant',
  'idFournisseur',
  'modeDepot',
  'statutCourant',
  'periodeDateDepotDu',
  'periodeDateDepotAu',
  'periodeDateHeureEtatCourantDu',
  'periodeDateHeureEtatCourantAu',
  'recupererTaille',
  'rechercheFactureParFournisseur',
]);

function seenDrafts({ state, account, now }: Call, filters: Filters): StoredDocument[] {
  const wanted = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  if (wanted.some(([name]) => !MET_BY_DRAFTS.has(name))) return [];
  const { idFournisseur, modeDepot, statutCourant = [] } = filters;
  if (!equal(account.structures[0] ?? null, idFournisseur) || !equal('DEPOT_PDF_API', modeDepot)) return [];
  if (statutCourant.length > 0 && !statutCourant.includes('INTERPRETEE_OCR')) return [];
  const view = now - state.options.searchLagMs;
  return [...state.documents.values()].filter(({ account: owner, draftId, at, usedBy }) => {
    const usedAt = usedBy === null ? Infinity : (state.invoices.get(usedBy)?.acceptedAt ?? Infinity);
    return (
      owner === account.login &&
      draftId !== null &&
      at <= view &&
      usedAt > view &&
      inPeriod(at, filters.periodeDateDepotDu, filters.periodeDateDepotAu) &&
      inPeriod(at, filters.periodeDateHeureEtatCourantDu, filters.periodeDateHeureEtatCourantAu)
    );
  });
}

function search(call: Call, filters: Filters) {
  const { state, account } = call;
  const asked = filters.rechercheFactureParFournisseur;
  const most = asked?.nbResultatsMaximum ?? state.options.resultCeiling;
  const invoices = seenInvoices(call).filter((seen) => TESTS.every((test) => test(seen, filters)));
  const mainStructure = state.index.byId.get(account.structures[0] ?? 0);
  const drafts = seenDrafts(call, filters).map((document) => draftRow(document, mainStructure));
  const rows = sorted([...invoices.map(({ invoice, change }) => searchRow(invoice, change)), ...drafts], asked);
  const { rows: listeFactures, parametresRetour } = page(rows.slice(0, most), asked);
  return done({ parametresRetour, listeFactures });
}

export const SEARCHES = [operation({ path: 'factures/rechercher/fournisseur', schema, run: search })];
