/** facturesTravaux/rechercher: works documents only [V-AIFE: a page; V-3P: its path at PISTE]. */
import * as z from 'zod';
import { STATUSES } from './enumerations.ts';
import { operation, type Call } from './operation.ts';
import { done, type Outcome } from './replies.ts';
import { flag, optionalId, page, paging, sorted, text } from './schemas.ts';
import { shownStatus, type State } from './state.ts';
import { isoDateTime, isoDay, readMoment } from './time.ts';
import { WORKS_FRAMES, WORKS_TYPES } from './works-frames.ts';
import { isAnyOf, isWithin, period, role, seen, worksTypeOf, type Row } from './works-views.ts';

/** The fields of AIFE's sample that are simulated; amounts are texts in it. */
const worksDocuments = z.strictObject({
  roleUtilisateur: role,
  idStructureFournisseur: optionalId,
  idStructureMoe: optionalId,
  idStructureMoa: optionalId,
  idDestinataire: optionalId,
  listeTypeFactureTravaux: z.array(z.enum(WORKS_TYPES)).default([]),
  cadreFacturation: z.enum(WORKS_FRAMES).optional(),
  /** A text in the sample, by its name a list. */
  listeStatutCourant: z.union([z.array(z.enum(STATUSES)), z.enum(STATUSES).transform((one) => [one])]).default([]),
  periodeDateDepotDu: period,
  periodeDateDepotAu: period,
  periodeDateFactureTravauxDu: period,
  periodeDateFactureTravauxAu: period,
  periodeDateHeureEtatCourantDu: period,
  periodeDateHeureEtatCourantAu: period,
  numeroFactureTravaux: text(),
  numeroMarche: text(),
  numeroBonCommande: text(),
  numeroFluxDepot: text(),
  uniquementSansPieceSuivante: flag,
  avecSansService: text(),
  rechercheFactureTravaux: paging().extend({ nbResultatsMaximum: optionalId }).optional(),
});
type WorksFilters = z.output<typeof worksDocuments>;

function isWantedWorks({ document, change }: Row, wanted: WorksFilters, all: readonly Row[]): boolean {
  const type = worksTypeOf(document);
  return [
    document.works !== null,
    isAnyOf(document.supplier.id, wanted.idStructureFournisseur),
    isAnyOf(document.works?.manager?.id, wanted.idStructureMoe),
    isAnyOf(document.recipient.id, wanted.idStructureMoa),
    isAnyOf(document.recipient.id, wanted.idDestinataire),
    wanted.listeTypeFactureTravaux.length === 0 || wanted.listeTypeFactureTravaux.some((one) => one === type),
    isAnyOf<string>(document.frame, wanted.cadreFacturation),
    wanted.listeStatutCourant.length === 0 || wanted.listeStatutCourant.includes(change.status),
    isWithin(document.acceptedAt, wanted.periodeDateDepotDu, wanted.periodeDateDepotAu),
    isWithin(readMoment(document.date) ?? 0, wanted.periodeDateFactureTravauxDu, wanted.periodeDateFactureTravauxAu),
    isWithin(change.at, wanted.periodeDateHeureEtatCourantDu, wanted.periodeDateHeureEtatCourantAu),
    isAnyOf(document.number, wanted.numeroFactureTravaux),
    isAnyOf(document.market, wanted.numeroMarche),
    isAnyOf(document.commitment, wanted.numeroBonCommande),
    isAnyOf(document.fluxNumber, wanted.numeroFluxDepot),
    !wanted.uniquementSansPieceSuivante || all.every((other) => other.document.works?.previous !== document.id),
  ].every(Boolean);
}

/** Ids and amounts are texts [V-3P: a fixture]. The billing file is not in the row. */
const worksRow = (state: State, { document, change }: Row) => ({
  idFactureTravaux: String(document.id),
  numeroFactureTravaux: document.number,
  typeDemandePaiement: 'FACTURE_TRAVAUX',
  typeFactureTravaux: worksTypeOf(document),
  statutFactureTravaux: shownStatus(state, change.status),
  dateFactureTravaux: document.date,
  dateDepot: isoDay(document.acceptedAt),
  dateHeureEtatCourant: isoDateTime(change.at),
  identifiantFournisseur: document.supplier.siret,
  typeIdentifiantFournisseur: 'SIRET',
  designationFournisseur: document.supplier.name,
  codeServiceFournisseur: null,
  identifiantDestinataire: document.recipient.siret,
  idDestinataire: String(document.recipient.id),
  designationDestinataire: document.recipient.name,
  codeServiceExecutant: document.serviceCode,
  devise: document.currency,
  montantHT: document.amounts.net.toFixed(2),
  montantTTC: document.amounts.gross.toFixed(2),
  montantAPayer: document.amounts.due.toFixed(2),
  factureTelechargeeParDestinataire: false,
});

function searchWorks(call: Call, wanted: WorksFilters): Outcome {
  const { rechercheFactureTravaux: asked } = wanted;
  const all = seen(call, wanted.roleUtilisateur);
  const found = all.filter((row) => isWantedWorks(row, wanted, all)).map((row) => worksRow(call.state, row));
  const { rows, parametresRetour } = page(sorted(found, asked).slice(0, asked?.nbResultatsMaximum), asked);
  return done({ [call.state.options.worksListName]: rows, parametresRetour });
}

export const WORKS_SEARCH = operation({
  path: '/cpro/facturesTravaux/v1/rechercher',
  schema: worksDocuments,
  run: searchWorks,
});
