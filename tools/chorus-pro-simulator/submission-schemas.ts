/**
 * The bodies of deposer/pdf, soumettre and deposer/flux. Names and types of the fields: AIFE's Swagger "Factures"
 * [V-AIFE]. Lengths: comments of third-party code and AIFE's pages [V-3P]. What is required: third-party documentation,
 * since the Swagger does not say [V-3P].
 */
import * as z from 'zod';
import { FLUX_SYNTAXES, FRAMES, isWorksSyntax, PAYMENT_MODES, type FluxSyntax } from './enumerations.ts';
import { amount, base64, flag, id, invoiceNumber, moment, optionalId, quantity, SIRET, text } from './schemas.ts';

export const deposerPdf = z.strictObject({
  idUtilisateurCourant: optionalId,
  fichierFacture: base64,
  nomFichier: z
    .string()
    .max(200)
    .regex(/\.[A-Za-z0-9]+$/, 'extension attendue'),
  formatDepot: z.enum(['PDF_NON_SIGNE', 'PDF_SIGNE_PADES', 'PDF_SIGNE_XADES']),
});

const isSyntax = (given: string): given is FluxSyntax => given in FLUX_SYNTAXES || isWorksSyntax(given);
export const fluxSyntax = z.string().refine(isSyntax, 'syntaxeFlux inconnue');

export const deposerFlux = z.strictObject({
  idUtilisateurCourant: optionalId,
  fichierFlux: base64,
  nomFichier: z.string().min(1),
  syntaxeFlux: fluxSyntax,
  avecSignature: flag,
});

export const destinataire = z.strictObject({ codeDestinataire: SIRET, codeServiceExecutant: text(100) });

const references = z.strictObject({
  deviseFacture: z.string().regex(/^[A-Z]{3}$/, 'devise de 3 lettres'),
  typeFacture: z.enum(['FACTURE', 'AVOIR']),
  typeTva: z.enum(['TVA_SUR_DEBIT', 'TVA_SUR_ENCAISSEMENT', 'EXONERATION', 'SANS_TVA']),
  motifExonerationTva: text(),
  numeroMarche: text(50),
  numeroBonCommande: text(50),
  numeroFactureOrigine: text(20),
  /** An AVOIR may leave it out [V-3P OCA]. */
  modePaiement: z.enum(PAYMENT_MODES).optional(),
});
/** recycler spells it `reference` and may leave all of it out. */
export const partialReferences = references.partial();

const lignePoste = z.strictObject({
  lignePosteNumero: z.int32(),
  lignePosteReference: text(),
  lignePosteDenomination: text(),
  lignePosteQuantite: quantity,
  lignePosteUnite: text(),
  lignePosteMontantUnitaireHT: amount,
  lignePosteMontantRemiseHT: amount.optional(),
  lignePosteTauxTva: text(),
  lignePosteTauxTvaManuel: amount.optional(),
});

const ligneTva = z.strictObject({
  ligneTvaTaux: text(),
  ligneTvaTauxManuel: amount.optional(),
  ligneTvaMontantBaseHtParTaux: amount,
  ligneTvaMontantTvaParTaux: amount,
});

const montantTotal = z.strictObject({
  montantHtTotal: amount,
  montantTVA: amount,
  montantTtcTotal: amount,
  montantRemiseGlobaleTTC: amount.optional(),
  motifRemiseGlobaleTTC: text(),
  montantAPayer: amount,
});

export const attachment = z.strictObject({
  pieceJointeComplementaireDesignation: z.string().min(1).max(255),
  pieceJointeComplementaireType: z.string().max(255),
  pieceJointeComplementaireNumeroLigneFacture: z.int32().optional(),
  pieceJointeComplementaireId: id,
});

export const soumettre = z.strictObject({
  idUtilisateurCourant: optionalId,
  /** SAISIE_API, an invoice without a PDF, is not simulated. */
  modeDepot: z.enum(['DEPOT_PDF_API', 'DEPOT_PDF_SIGNE_API']),
  numeroFactureSaisi: invoiceNumber.optional(),
  dateFacture: moment.optional(),
  destinataire,
  fournisseur: z.strictObject({
    idFournisseur: id,
    idServiceFournisseur: optionalId,
    codeCoordonneesBancairesFournisseur: optionalId,
  }),
  cadreDeFacturation: z.strictObject({
    codeCadreFacturation: z.enum(FRAMES),
    codeStructureValideur: text(18),
    codeServiceValideur: text(100),
  }),
  references,
  lignePoste: z.array(lignePoste).default([]),
  ligneTva: z.array(ligneTva).default([]),
  montantTotal,
  /** An object in the Swagger of 2020; an array in every client proven working [V-3P]. Exactly one. */
  pieceJointePrincipale: z
    .array(
      z.strictObject({ pieceJointePrincipaleDesignation: z.string().min(1).max(255), pieceJointePrincipaleId: id }),
    )
    .max(1)
    .optional(),
  pieceJointeComplementaire: z.array(attachment.extend({ pieceJointeComplementaireIdLiaison: optionalId })).default([]),
  commentaire: text(2000),
});
export type Soumettre = z.output<typeof soumettre>;
export type DeposerFlux = z.output<typeof deposerFlux>;
