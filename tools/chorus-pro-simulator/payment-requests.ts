/**
 * rechercher/demandePaiement [V-AIFE: Swagger]: invoices and works documents in one search, those that the project
 * manager (MOE) and the works owner (MOA) deposited included.
 */
import * as z from 'zod';
import { FRAMES, OTHER_FRAMES, STATUSES } from './enumerations.ts';
import { operation, type Call } from './operation.ts';
import { done, refused, type Outcome } from './replies.ts';
import { flag, identifierKind, optionalId, text } from './schemas.ts';
import { shownStatus, type Invoice, type State } from './state.ts';
import { isoDateTime, readMoment } from './time.ts';
import { WORKS_FRAMES, WORKS_TYPES } from './works-frames.ts';
import { isAnyOf, isBetween, isWithin, partyOf, period, role, seen, worksTypeOf, type Row } from './works-views.ts';
import type { Structure } from './world.ts';

const types = ['FACTURE', 'FACTURE_TRAVAUX', 'MEMOIRE_JUSTICE', 'DEMANDE_REMBOURSEMENT'] as const;
const bound = z.number().optional();

/** idStructureMoe, typeIdentifiantStructureMoe … */
const structureOf = (suffix: string) =>
  z
    .strictObject({
      [`idStructure${suffix}`]: optionalId,
      [`typeIdentifiantStructure${suffix}`]: identifierKind.optional(),
      [`identifiantStructure${suffix}`]: text(18),
    })
    .optional();

/** All of AIFE's fields but those of services, and numeroFactureMemoire. Nothing says that the role may be left out. */
const paymentRequests = z.strictObject({
  roleUtilisateur: role,
  numeroFacture: text(),
  typeDemandePaiement: z.enum(types).optional(),
  typeFacture: z.enum(['FACTURE', 'AVOIR', 'ACOMPTE']).optional(),
  typeFactureTravaux: z.enum(WORKS_TYPES).optional(),
  cadreFacturation: z.enum([...FRAMES, ...WORKS_FRAMES, ...OTHER_FRAMES]).optional(),
  statutCourant: z.array(z.enum(STATUSES)).default([]),
  periodeDateHeureEtatCourantDu: period,
  periodeDateHeureEtatCourantAu: period,
  periodeDateFournisseurDu: period,
  periodeDateFournisseurAu: period,
  periodeDateDepotDu: period,
  periodeDateDepotAu: period,
  montantHTMin: bound,
  montantHTMax: bound,
  montantTTCMin: bound,
  montantTTCMax: bound,
  montantAPayerMin: bound,
  montantAPayerMax: bound,
  numeroMarche: text(),
  numeroBonCommande: text(),
  structureFournisseur: structureOf('Fournisseur'),
  rechercheSirenFournisseur: flag,
  structureMoe: structureOf('Moe'),
  structureMoa: structureOf('Moa'),
  structureValideur: structureOf('Valideur'),
  structureDestinataire: structureOf('Destinataire'),
  rechercheSirenDestinataire: flag,
  dpOuDpArchive: z.enum(['DEMANDE_PAIEMENT', 'DP_ARCHIVE']).optional(),
  numeroDossierFacturation: text(),
});
type Filters = z.output<typeof paymentRequests>;

type Party = Record<string, string | number | undefined> | undefined;

/** By its id or its identifier; by the first nine digits, its SIREN, where that is asked for. */
function isParty(one: Structure | null, wanted: Party, bySiren = false): boolean {
  const [numbers, texts] = [Object.values(wanted ?? {}), Object.entries(wanted ?? {})];
  const id = numbers.find((value) => typeof value === 'number');
  const siret = texts.find(([name]) => name.startsWith('identifiant'))?.[1];
  const own = bySiren ? one?.siret.slice(0, 9) : one?.siret;
  return isAnyOf(one?.id, id) && (siret === undefined || own === (bySiren ? String(siret).slice(0, 9) : siret));
}

const fileNumber = ({ works }: Invoice) => (works ? `DF-${works.file}` : null);
const demandType = ({ works }: Invoice) => (works ? 'FACTURE_TRAVAUX' : 'FACTURE');

function isWanted({ document, change }: Row, wanted: Filters): boolean {
  const { amounts, date, acceptedAt } = document;
  const bySiren = wanted.rechercheSirenDestinataire;
  return [
    isAnyOf(document.number, wanted.numeroFacture),
    isAnyOf(demandType(document), wanted.typeDemandePaiement),
    isAnyOf(document.works ? null : document.type, wanted.typeFacture),
    isAnyOf(worksTypeOf(document), wanted.typeFactureTravaux),
    isAnyOf<string>(document.frame, wanted.cadreFacturation),
    wanted.statutCourant.length === 0 || wanted.statutCourant.includes(change.status),
    isWithin(change.at, wanted.periodeDateHeureEtatCourantDu, wanted.periodeDateHeureEtatCourantAu),
    isWithin(readMoment(date) ?? 0, wanted.periodeDateFournisseurDu, wanted.periodeDateFournisseurAu),
    isWithin(acceptedAt, wanted.periodeDateDepotDu, wanted.periodeDateDepotAu),
    isBetween(amounts.net, wanted.montantHTMin, wanted.montantHTMax),
    isBetween(amounts.gross, wanted.montantTTCMin, wanted.montantTTCMax),
    isBetween(amounts.due, wanted.montantAPayerMin, wanted.montantAPayerMax),
    isAnyOf(document.market, wanted.numeroMarche),
    isAnyOf(document.commitment, wanted.numeroBonCommande),
    isAnyOf(fileNumber(document), wanted.numeroDossierFacturation),
    wanted.dpOuDpArchive !== 'DP_ARCHIVE',
    isParty(document.supplier, wanted.structureFournisseur, wanted.rechercheSirenFournisseur),
    isParty(partyOf(document, 'MOE'), wanted.structureMoe),
    isParty(partyOf(document, 'MOA'), wanted.structureMoa),
    isParty(document.validator, wanted.structureValideur),
    isParty(document.recipient, wanted.structureDestinataire, bySiren),
  ].every(Boolean);
}

/** Every date is a date-time here, unlike in rechercher/fournisseur [V-AIFE: the Swagger's formats]. */
function paymentRequest(state: State, { document, change }: Row, total: number) {
  const { supplier, recipient, works, amounts } = document;
  const service = recipient.services.find(({ code }) => code === document.serviceCode);
  return {
    idDemandePaiement: document.id,
    numeroDemandePaiement: document.number,
    typeDemandePaiement: demandType(document),
    typeFacture: works ? null : document.type,
    typeFactureTravaux: worksTypeOf(document),
    cadreFacturation: document.frame,
    etatCourant: shownStatus(state, change.status),
    dateHeureEtatCourant: isoDateTime(change.at),
    commentaireEtatCourant: change.comment,
    dateFournisseur: isoDateTime(readMoment(document.date) ?? document.acceptedAt),
    dateDepot: isoDateTime(document.acceptedAt),
    montantHT: amounts.net,
    montantTTC: amounts.gross,
    montantAPayer: amounts.due,
    numeroMarche: document.market,
    numeroBonCommande: document.commitment,
    idStructureFournisseur: supplier.id,
    identifiantStructureFournisseur: supplier.siret,
    idStructureMoe: works?.manager?.id ?? null,
    idStructureMoa: works ? recipient.id : null,
    idStructureValideur1: document.validator?.id ?? null,
    idStructureDestinataire: recipient.id,
    identifiantStructureDestinataire: recipient.siret,
    idServiceDestinataire: service?.id ?? null,
    codeServiceDestinataire: document.serviceCode,
    nomServiceDestinataire: service?.name ?? null,
    dpOuDpArchive: 'DEMANDE_PAIEMENT',
    idDossierFacturation: works?.file ?? null,
    numeroDossierFacturation: fileNumber(document),
    nombreResultatTotal: String(total),
  };
}

function searchPaymentRequests(call: Call, wanted: Filters): Outcome {
  const { qualification, paymentRequestCeiling } = call.state.options;
  if (qualification) return refused('notInQualification');
  const found = seen(call, wanted.roleUtilisateur).filter((row) => isWanted(row, wanted));
  const shown = found.slice(0, paymentRequestCeiling);
  return done({
    listeDemandePaiement: shown.map((row) => paymentRequest(call.state, row, found.length)),
    total: found.length,
  });
}

export const PAYMENT_REQUESTS = operation({
  path: '/cpro/factures/v1/rechercher/demandePaiement',
  schema: paymentRequests,
  run: searchPaymentRequests,
});
