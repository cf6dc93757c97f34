import * as z from 'zod';
import { attachments, comment, commitment, id, invoiceNumber, page, service, siret } from './request-parts.ts';
import { worksAnswers } from './works-answers.ts';

/** What we send about works contracts; requests.ts has the rest. */
export const worksRequests = {
  'factures/v1/rechercher/demandePaiement': z.strictObject({
    roleUtilisateur: z.literal('FOURNISSEUR'),
    numeroFacture: invoiceNumber.optional(),
    structureFournisseur: z
      .strictObject({
        typeIdentifiantStructureFournisseur: z.literal('SIRET'),
        identifiantStructureFournisseur: siret,
      })
      .optional(),
    periodeDateHeureEtatCourantDu: z.string().optional(),
    periodeDateHeureEtatCourantAu: z.string().optional(),
  }),
  'structures/v1/rechercher/espaces': z.strictObject({
    structure: z.strictObject({ idStructure: id }),
    parametresRechercherEspaces: page,
  }),
  'transverses/v1/recuperer/structures/actives/facturetravaux': z.strictObject({}),
  [worksAnswers.worksComplete.value]: z.strictObject({
    idFactureTravaux: id,
    pieceJointeComplementaire: attachments,
    commentaire: comment,
  }),
  [worksAnswers.worksRecycle.value]: z.strictObject({
    idFactureTravaux: id,
    identifiantDestinataire: siret.optional(),
    codeServiceExecutant: service.optional(),
    numeroBonCommande: commitment,
  }),
  [worksAnswers.worksSignFinal.value]: z.strictObject({
    modeDepot: z.literal('DEPOT_PDF_API'),
    numeroFactureSaisi: invoiceNumber,
    dateFacture: z.string(),
    cadreDeFacturation: z.strictObject({
      codeCadreFacturation: z.literal('A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR'),
    }),
    idPiecePrecedente: id,
    pieceJointePrincipale: z.array(
      z.strictObject({ pieceJointePrincipaleDesignation: invoiceNumber, pieceJointePrincipaleId: id }),
    ),
  }),
  'facturesTravaux/v1/rechercher': z.strictObject({
    roleUtilisateur: z.literal('FOURNISSEUR'),
    numeroFactureTravaux: invoiceNumber.optional(),
    periodeDateHeureEtatCourantDu: z.string().optional(),
    periodeDateHeureEtatCourantAu: z.string().optional(),
    rechercheFactureTravaux: page,
  }),
} as const;
