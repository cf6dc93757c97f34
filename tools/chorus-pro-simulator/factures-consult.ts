import * as z from 'zod';
import { done } from './replies.ts';
import { isoDateTime, isoDay } from './time.ts';
import { SORT_DIRECTIONS, VAT_RATES } from './enumerations.ts';
import { onInvoice, operation, type Call } from './operation.ts';
import { page } from './paging.ts';
import { id, langue, optionalId } from './schemas.ts';
import { statusAt, type Invoice } from './state.ts';
import { NOTHING } from './consult-fields.ts';

/** The paging of a list inside a reply: every list has its own spelling [V-AIFE]. */
export const innerPaging = (pageField: string, sizeField: string, directionField: string, columnField: string) =>
  z
    .strictObject({
      [pageField]: z.int().min(1).optional(),
      [sizeField]: z.int().min(1).optional(),
      [directionField]: z.enum(SORT_DIRECTIONS).optional(),
      [columnField]: z.string().optional(),
      champsDeTri: z.unknown().optional(),
      ordreTriGenerique: z.enum(SORT_DIRECTIONS).optional(),
      taillePageGenerique: z.int().optional(),
      indexPageGenerique: z.int().optional(),
    })
    .optional()
    .transform((given = {}) => ({
      pageResultatDemandee: numberOr(given[pageField], 1),
      nbResultatsParPage: numberOr(given[sizeField], 10),
    }));

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

const schema = z.strictObject({
  idUtilisateurCourant: optionalId,
  identifiantFactureCPP: id,
  codeLangue: langue,
  getpLigneRecapTva: innerPaging(
    'pageResultatDemandeeListeRecapitulatifTVA',
    'nbResultatsParPageListeListeRecapitulatifTVA',
    'triSensListeRecapitulatifTVA',
    'triColonneListeRecapitulatifTVA',
  ),
  getpListePiecesJointes: innerPaging(
    'pageResultatDemandeeListePieceJointe',
    'nbResultatsParPageListePieceJointe',
    'triSensListePiecesJointes',
    'triColonneListePiecesJointes',
  ),
  getpLignesPoste: innerPaging(
    'pageResultatDemandeeLignesPoste',
    'nbResultatsParPageLignesPoste',
    'triSensListeLignesPoste',
    'triColonneListeLignesPoste',
  ),
});
type Input = z.output<typeof schema>;

const parties = ({ supplier, recipient, validator, ...invoice }: Invoice) => {
  const service = recipient.services.find(({ code }) => code === invoice.serviceCode);
  const supplierService = supplier.services.find(({ id: serviceId }) => serviceId === invoice.supplierServiceId);
  return {
    destinataire: {
      ...NOTHING.destinataire,
      idDestinataire: recipient.id,
      codeDestinataire: recipient.siret,
      libelleDestinataire: recipient.name,
      designationDestinataire: recipient.name,
      idServiceExecutant: service?.id ?? null,
      codeServiceExecutant: invoice.serviceCode,
      libelleServiceExecutant: service?.name ?? null,
      miseEnPaiementDestinataire: !recipient.paymentNotReported,
    },
    fournisseur: {
      ...NOTHING.fournisseur,
      idFournisseur: supplier.id,
      typeIdentifiantFournisseur: 'SIRET',
      codeFournisseur: supplier.siret,
      raisonSocialeFournisseur: supplier.name,
      designationFournisseur: supplier.name,
      idServiceFournisseur: invoice.supplierServiceId,
      codeServiceFournisseur: supplierService?.code ?? null,
      libelleServiceFournisseur: supplierService?.name ?? null,
    },
    cadreDeFacturation: {
      ...NOTHING.cadreDeFacturation,
      codeCadreFacturation: invoice.frame,
      idValideur1: validator?.id ?? null,
      typeIdentifiantValideur1: validator && 'SIRET',
      codeValideur1: validator?.siret ?? null,
      raisonSocialeValideur1: validator?.name ?? null,
    },
  };
};

function lists({ state }: Call, invoice: Invoice, asked: Input) {
  const attachments = invoice.attachments.map(({ documentId, linkId, designation, type }) => ({
    pieceJointeTypeCode: type,
    pieceJointeTypeLibelle: type,
    pieceJointeDesignation: designation,
    pieceJointeNumeroLigneFacture: null,
    pieceJointeIdLiaison: linkId,
    pieceJointeId: documentId,
    pieceJointeExtension: state.documents.get(documentId)?.extension ?? null,
  }));
  const vat = page(invoice.vatLines, asked.getpLigneRecapTva);
  const pieces = page(attachments, asked.getpListePiecesJointes);
  const lines = page(invoice.lines, asked.getpLignesPoste);
  return {
    recapitulatifDeTva: {
      ligneTva: vat.rows.map(vatLine),
      pageCouranteLignesRecapitulativesTVA: vat.parametresRetour.pageCourante,
      pagesLignesRecapitulativesTVA: vat.parametresRetour.pages,
      nbResultatsParPageLignesRecapitulativesTVA: vat.parametresRetour.nbResultatsParPage,
      totalLignesRecapitulativesTVA: vat.parametresRetour.total,
    },
    listeDesPiecesJointes: {
      pieceJointe: pieces.rows,
      pageCouranteListePiecesJointe: pieces.parametresRetour.pageCourante,
      pagesListePiecesJointe: pieces.parametresRetour.pages,
      nbResultatsParPageListePiecesJointe: pieces.parametresRetour.nbResultatsParPage,
      totalListePiecesJointe: pieces.parametresRetour.total,
    },
    lignesDePoste: {
      lignePoste: lines.rows.map((line) => ({ ...NOTHING.lignePoste, ...line, lignePosteUnite: undefined })),
      pageCouranteLignesPoste: lines.parametresRetour.pageCourante,
      pagesLignesPoste: lines.parametresRetour.pages,
      nbResultatsParPageLignesPoste: lines.parametresRetour.nbResultatsParPage,
      totalLignesPoste: lines.parametresRetour.total,
    },
  };
}

function vatLine(line: object) {
  const { ligneTvaTaux, ...rest }: { ligneTvaTaux?: string } = line;
  const rate = VAT_RATES.find(({ codeTauxTva }) => codeTauxTva === ligneTvaTaux);
  return {
    ...NOTHING.ligneTva,
    ligneTvaTauxRefCode: rate?.codeTauxTva ?? null,
    ligneTvaTauxRefLibelle: rate?.libelleTauxTva ?? null,
    ligneTvaTauxRefValeur: rate?.valeurTauxTva ?? null,
    ...rest,
  };
}

const facture = (call: Call, invoice: Invoice, asked: Input) => ({
  ...NOTHING.facture,
  identifiantFactureCPP: invoice.id,
  numeroFacture: invoice.number,
  statutFacture: statusAt(invoice, call.now),
  modeDepot: invoice.mode,
  rejetTraite: invoice.rejectionHandledAt !== null,
  ...parties(invoice),
  references: {
    ...NOTHING.references,
    dateFacture: invoice.date,
    dateDepot: isoDay(invoice.acceptedAt),
    codeDeviseFacture: invoice.currency,
    typeFacture: invoice.type,
    typeTva: invoice.vatRegime,
    numeroMarche: invoice.market,
    numeroBonCommande: invoice.commitment,
    numeroFactureOrigine: invoice.originNumber,
    modePaiement: invoice.paymentMode,
    dateCreationFacture: isoDateTime(invoice.acceptedAt),
  },
  montantTotal: {
    montantHtTotal: invoice.amounts.net,
    montantTVA: invoice.amounts.vat,
    montantTtcAvantRemiseGlobalTTC: invoice.amounts.gross + invoice.amounts.discount,
    montantRemiseGlobaleTTC: invoice.amounts.discount,
    motifRemiseGlobaleTTC: null,
    montantTtcTotal: invoice.amounts.gross,
    montantAPayer: invoice.amounts.due,
  },
  pieceJointePrincipale: { idLiaisonPieceJointePrincipale: null, idPieceJointePrincipale: invoice.documentId },
  ...lists(call, invoice, asked),
  commentaire: invoice.comment,
});

export const CONSULTATIONS = [
  operation({
    path: 'factures/consulter/fournisseur',
    schema,
    run: (call, input) =>
      onInvoice(call, input.identifiantFactureCPP, null, (invoice) => done({ facture: facture(call, invoice, input) })),
  }),
];
