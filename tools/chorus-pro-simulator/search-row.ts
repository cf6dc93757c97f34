import { isoDateTime, isoDay } from './time.ts';
import type { Change } from './lifecycle.ts';
import type { Invoice, StoredDocument } from './state.ts';
import type { Structure } from './world.ts';

/** Every field of a found invoice [V-AIFE]; what the simulator has nothing to say about is null. */
const EMPTY = {
  identifiantFactureCPP: null,
  typeDemandePaiement: 'FACTURE',
  codeFournisseur: null,
  typeIdentifiantFournisseur: null,
  designationFournisseur: null,
  codeServiceFournisseur: null,
  nomServiceFournisseur: null,
  idDestinataire: null,
  codeDestinataire: null,
  designationDestinataire: null,
  idServiceExecutant: null,
  codeServiceExecutant: null,
  nomServiceExecutant: null,
  typeFacture: null,
  numeroFacture: null,
  dateFacture: null,
  dateDepot: null,
  montantHT: null,
  montantTTC: null,
  montantAPayer: null,
  devise: null,
  statut: null,
  numeroMarche: null,
  numeroBonCommande: null,
  numeroFluxDepot: null,
  typeIdentifiantValideur1: null,
  codeValideur1: null,
  raisonSocialeValideur1: null,
  nomValideur1: null,
  prenomValideur1: null,
  dateValidation1: null,
  typeIdentifiantValideur2: null,
  codeValideur2: null,
  raisonSocialeValideur2: null,
  nomValideur2: null,
  prenomValideur2: null,
  dateValidation2: null,
  numeroFactureOrigine: null,
  modeDepot: null,
  coordBancairesFournisseurCleIban: null,
  coordBancairesFournisseurCleRib: null,
  coordBancairesFournisseurCodeBanque: null,
  coordBancairesFournisseurCodePays: null,
  coordBancairesFournisseurCompteBancaire: null,
  coordBancairesFournisseurNomCb: null,
  affactureurCode: null,
  affactureurTypeIdentifiant: null,
  affactureurRaisonSociale: null,
  nomPrenomUtilisateurCreateur: null,
  taille: null,
  dateHeureEtatCourant: null,
  commentaireEtatCourant: null,
  rejetTraite: false,
};

const NOT_SORTABLE = new Set([
  'identifiantFactureCPP',
  'idDestinataire',
  'idServiceExecutant',
  'taille',
  'dateHeureEtatCourant',
  'commentaireEtatCourant',
  'rejetTraite',
]);

/** triColonne: the fields by another case, 46 of them. None sorts by the instant of the status [V-AIFE]. */
export const SORT_COLUMNS = Object.keys(EMPTY)
  .filter((field) => !NOT_SORTABLE.has(field))
  .map((field) => field.charAt(0).toUpperCase() + field.slice(1));

/** Dates of the search: days, and an instant with milliseconds for the status [V-3P]. */
export function searchRow(invoice: Invoice, change: Change) {
  const { supplier, recipient, validator, amounts } = invoice;
  const service = recipient.services.find(({ code }) => code === invoice.serviceCode);
  const supplierService = supplier.services.find(({ id }) => id === invoice.supplierServiceId);
  return {
    ...EMPTY,
    identifiantFactureCPP: invoice.id,
    codeFournisseur: supplier.siret,
    typeIdentifiantFournisseur: 'SIRET',
    designationFournisseur: supplier.name,
    codeServiceFournisseur: supplierService?.code ?? null,
    nomServiceFournisseur: supplierService?.name ?? null,
    idDestinataire: recipient.id,
    codeDestinataire: recipient.siret,
    designationDestinataire: recipient.name,
    idServiceExecutant: service?.id ?? null,
    codeServiceExecutant: invoice.serviceCode,
    nomServiceExecutant: service?.name ?? null,
    typeFacture: invoice.type,
    numeroFacture: invoice.number,
    dateFacture: invoice.date,
    dateDepot: isoDay(invoice.acceptedAt),
    montantHT: amounts.net,
    montantTTC: amounts.gross,
    montantAPayer: amounts.due,
    devise: invoice.currency,
    statut: change.status,
    numeroMarche: invoice.market,
    numeroBonCommande: invoice.commitment,
    numeroFluxDepot: invoice.fluxNumber,
    typeIdentifiantValideur1: validator && 'SIRET',
    codeValideur1: validator?.siret ?? null,
    raisonSocialeValideur1: validator?.name ?? null,
    numeroFactureOrigine: invoice.originNumber,
    modeDepot: invoice.mode,
    dateHeureEtatCourant: isoDateTime(change.at),
    commentaireEtatCourant: change.comment,
    rejetTraite: invoice.rejectionHandledAt !== null,
  };
}

/** What deposer/pdf left behind until soumettre takes it up: no number, no recipient. */
export const draftRow = ({ draftId, at }: StoredDocument, supplier: Structure | undefined) => ({
  ...EMPTY,
  identifiantFactureCPP: draftId,
  codeFournisseur: supplier?.siret ?? null,
  typeIdentifiantFournisseur: supplier ? 'SIRET' : null,
  designationFournisseur: supplier?.name ?? null,
  dateDepot: isoDay(at),
  statut: 'INTERPRETEE_OCR',
  modeDepot: 'DEPOT_PDF_API',
  dateHeureEtatCourant: isoDateTime(at),
});
