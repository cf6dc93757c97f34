import * as z from 'zod';
import { lineSchema, totalsSchema } from '../invoice/amounts.ts';
import { documentSchema } from '../invoice/document-schema.ts';
import { invoiceSchema } from '../invoice/submit-command.ts';
import { chorusProFacts } from './facts.ts';
import { fluxSyntaxes } from './flux.ts';
import type { OperationPath } from './operations.ts';
import {
  attachments,
  base64,
  comment,
  commitment,
  contract,
  every,
  french,
  id,
  invoiceNumber,
  page,
  recipient,
  service,
  siret,
} from './request-parts.ts';
import { frameworks, paymentMeans, types, vatRegimes } from './submission.ts';
import { worksRequests } from './works-requests.ts';
import { validationFacts } from './validations.ts';

/**
 * What we send: the body of each operation's request, field by field, with every value and the greatest length that may
 * go out. A call whose body is another does not compile (`BoundCall` in operations.ts), and a test sends one of each.
 * Lambdas take only the types from here; `npx relay contract` compares the table with AIFE's Swaggers.
 */

const submission = z.strictObject({
  modeDepot: z.literal('DEPOT_PDF_API'),
  numeroFactureSaisi: invoiceNumber,
  dateFacture: z.string(),
  destinataire: recipient,
  fournisseur: z.strictObject({
    idFournisseur: id,
    idServiceFournisseur: id.optional(),
    codeCoordonneesBancairesFournisseur: id.optional(),
  }),
  cadreDeFacturation: z.strictObject({
    codeCadreFacturation: every(frameworks),
    codeStructureValideur: siret.optional(),
    codeServiceValideur: service.optional(),
  }),
  references: z.strictObject({
    deviseFacture: z.string().max(3),
    typeFacture: every(types),
    typeTva: every(vatRegimes),
    motifExonerationTva: invoiceSchema.shape.exemptionReason,
    numeroMarche: contract,
    numeroBonCommande: commitment,
    numeroFactureOrigine: invoiceNumber.optional(),
    modePaiement: every(paymentMeans).optional(),
  }),
  lignePoste: z.array(
    z.strictObject({
      lignePosteNumero: z.int(),
      lignePosteReference: lineSchema.shape.reference,
      lignePosteDenomination: lineSchema.shape.name,
      lignePosteQuantite: z.number(),
      lignePosteUnite: lineSchema.shape.unit,
      lignePosteMontantUnitaireHT: z.number(),
      lignePosteMontantRemiseHT: z.number(),
      lignePosteTauxTvaManuel: z.number(),
    }),
  ),
  ligneTva: z.array(
    z.strictObject({
      ligneTvaTauxManuel: z.number(),
      ligneTvaMontantBaseHtParTaux: z.number(),
      ligneTvaMontantTvaParTaux: z.number(),
    }),
  ),
  montantTotal: z.strictObject({
    montantHtTotal: z.number(),
    montantTVA: z.number(),
    montantTtcTotal: z.number(),
    montantRemiseGlobaleTTC: z.number(),
    motifRemiseGlobaleTTC: totalsSchema.shape.discount.unwrap().shape.reason.optional(),
    montantAPayer: z.number(),
  }),
  pieceJointePrincipale: z.array(
    z.strictObject({ pieceJointePrincipaleDesignation: invoiceNumber, pieceJointePrincipaleId: id }),
  ),
  pieceJointeComplementaire: attachments,
  commentaire: comment,
});

export const requests = {
  'factures/v1/deposer/pdf': z.strictObject({
    fichierFacture: base64,
    nomFichier: documentSchema.shape.name,
    formatDepot: z.literal('PDF_NON_SIGNE'),
  }),
  'factures/v1/soumettre': submission,
  'factures/v1/deposer/flux': z.strictObject({
    fichierFlux: base64,
    nomFichier: documentSchema.shape.name,
    // Those of works are not known before Chorus Pro offers them: works-syntax.ts.
    syntaxeFlux: z.string().meta({ enum: Object.values(fluxSyntaxes).map(({ value }) => value) }),
    avecSignature: z.literal(false),
  }),
  'factures/v1/rechercher/fournisseur': z.strictObject({
    numeroFacture: invoiceNumber.optional(),
    periodeDateHeureEtatCourantDu: z.string().optional(),
    periodeDateHeureEtatCourantAu: z.string().optional(),
    rechercheFactureParFournisseur: page.extend({
      nbResultatsMaximum: z.int().optional(),
      triColonne: z.literal(chorusProFacts.searchOrder.value.triColonne).optional(),
      triSens: z.literal(chorusProFacts.searchOrder.value.triSens).optional(),
    }),
  }),
  'factures/v1/consulter/fournisseur': french.extend({ identifiantFactureCPP: id }),
  'factures/v1/consulter/historique': z.strictObject({
    idFacture: id,
    nbResultatsMaximum: z.int(),
    paramRechercheHistoStatuts: z.strictObject({
      pageResultatDemandeeListeHistoStatut: z.int(),
      nbResultatsParPageListeHistoStatut: z.int(),
    }),
  }),
  'factures/v1/telecharger/groupe': z.strictObject({
    listeFacture: z.array(z.strictObject({ idFacture: id })),
    format: z.enum(['PDF', 'PIVOT']),
    avecPiecesJointesComplementaires: z.enum(['Oui', 'Non']),
  }),
  'factures/v1/completer': z.strictObject({
    identifiantFactureCPP: id,
    pieceJointeComplementaire: attachments,
    commentaire: comment,
  }),
  'factures/v1/recycler': z.strictObject({
    identifiantFactureCPP: id,
    destinataire: recipient.optional(),
    // The field is singular in the Swagger for this operation only. [V-AIFE SWF]
    reference: z.strictObject({ numeroBonCommande: commitment, numeroMarche: contract }).optional(),
    commentaire: comment,
  }),
  'factures/v1/traiterRejet': z.strictObject({
    listeDemandePaiement: z.array(z.strictObject({ idDemandePaiement: id })),
  }),
  'factures/v1/corriger/valideur/facture': z.strictObject({
    idFacture: id,
    typeIdentifiantStructure: z.literal('SIRET'),
    identifiantStructure: siret,
  }),
  'factures/v1/rechercher/aTraiter/valideur': z.strictObject({
    typeIdentifiantStructure: z.literal('SIRET'),
    identifiantStructure: siret,
    pagination: page.extend({ triColonne: z.literal('IdFacture'), triSens: z.literal('Ascendant') }),
  }),
  'factures/v1/rechercher/valideur': z.strictObject({
    periodeDateDepotDu: z.string(),
    periodeDateDepotAu: z.string(),
    pagination: page.extend({ triColonne: z.literal('IdFacture'), triSens: z.literal('Ascendant') }),
  }),
  'factures/v1/consulter/valideur': french.extend({ identifiantFactureCPP: id }),
  'factures/v1/traiter/factureAValider': z.strictObject({
    idFacture: id,
    action: z.enum(Object.values(validationFacts.answerActions.value)),
    typeValideur: z.string(),
    idValideur: id.optional(),
    motifRefus: z.string().optional(),
    complementInfo: comment,
  }),
  'transverses/v1/ajouter/fichier': z.strictObject({
    pieceJointeFichier: base64,
    pieceJointeNom: documentSchema.shape.name,
    pieceJointeTypeMime: z.string(),
    pieceJointeExtension: z.string(),
  }),
  'transverses/v1/consulterCRDetaille': z.strictObject({ numeroFluxDepot: z.string() }),
  'transverses/v1/recuperer/coordbanc/valides': z.strictObject({ idStructure: id }),
  'transverses/v1/recuperer/modereglements': z.strictObject({}),
  'transverses/v1/recuperer/motifs/exonerationtva': french,
  'transverses/v1/recuperer/motifs/refus/Facture/AValider': z.strictObject({
    codeCadreFacturationAValider: z.string(),
  }),
  'transverses/v1/recuperer/structures/actives/fournisseur': z.strictObject({}),
  'transverses/v1/recuperer/syntaxeflux': z.strictObject({}),
  'transverses/v1/recuperer/tauxtva': z.strictObject({}),
  'transverses/v1/recuperer/typespj': french.extend({ typeObjet: z.literal('FACTURE') }),
  'structures/v1/rechercher': z.strictObject({
    structure: z.strictObject({
      identifiantStructure: siret,
      typeIdentifiantStructure: z.literal('SIRET'),
      typeStructure: z.literal('PRIVEE').optional(),
    }),
    parametres: page,
  }),
  'structures/v1/consulter': z.strictObject({ idStructureCPP: id }),
  'structures/v1/rechercher/services': z.strictObject({
    idStructure: id,
    parametresRechercherServicesStructure: page,
  }),
  'structures/v1/consulter/service': z.strictObject({ idStructure: id, idService: id }),
  'engagementsJuridiques/v1/rechercher': z.strictObject({
    numeroEngagementJuridique: commitment,
    structureReceptriceEngagementJuridique: z.string().optional(),
    periodeDateNotificationEJDu: z.string().optional(),
    periodeDateNotificationEJAu: z.string().optional(),
    parametresRecherche: page.extend({ triColonne: z.literal('DateCreationEJ'), triSens: z.literal('Ascendant') }),
  }),
  'engagementsJuridiques/v1/consulterDetail': z.strictObject({
    numeroEngagementJuridique: commitment.unwrap(),
  }),
  'utilisateurs/v1/monCompte/recuperer/rattachements': z.strictObject({ parametresRecherche: page }),
  ...worksRequests,
} as const satisfies Record<OperationPath, z.ZodObject>;

export type RequestOf<Path extends keyof typeof requests> = z.input<(typeof requests)[Path]>;
