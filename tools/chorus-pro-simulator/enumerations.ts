/** AIFE's own lists, from its Swagger "Factures" 1.0.0 [V-AIFE]. */
import type { WorksFrame } from './works-frames.ts';

export const STATUSES = [
  'BROUILLON',
  'A_VALIDER_1',
  'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
  'REFUSEE_1',
  'VALIDEE_1',
  'ABSENCE_VALIDATION_1_HORS_DELAI',
  'A_VALIDER_2',
  'ERREUR_COTRAITANT_SUR_VALIDEUR',
  'REFUSEE_2',
  'VALIDEE_2',
  'ABSENCE_VALIDATION_2_HORS_DELAI',
  'DEPOSEE',
  'ERREUR_FOURNISSEUR_SUR_MOE',
  'EN_COURS_ACHEMINEMENT',
  'MISE_A_DISPOSITION',
  'A_RECYCLER',
  'SUSPENDUE',
  'REJETEE',
  'MANDATEE',
  'MISE_EN_PAIEMENT',
  'COMPTABILISEE',
  'MISE_A_DISPOSITION_COMPTABLE',
  'ABANDONNEE',
  'SUPPRIMEE',
  'ASSOCIEE',
  'EN_COURS_TRAITEMENT_PIVOT_S',
  'A_VALIDER_MOE',
  'REFUSEE_MOE',
  'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
  'ERREUR_MOE_SUR_FOURNISSEUR',
  'ERREUR_MOA_SUR_FOURNISSEUR',
  'INTERPRETEE_OCR',
  'COMPLETEE',
  'ERREUR_FOURNISSEUR_SUR_MOA',
  'ERREUR_MOE_SUR_MOA',
  'ERREUR_DESTINATAIRE_PD',
  'ERREUR_DESTINATAIRE_EA',
  'SERVICE_FAIT',
  'NON_CONFORME',
  'A_ASSOCIER_MOE',
  'ERREUR_DE_MOE',
  'MISE_A_DISPOSITION_MOE',
  'PRISE_EN_COMPTE_MOE',
  'A_ASSOCIER_MOA',
  'ERREUR_DE_MOA',
  'REFUSEE_MOA',
  'A_ASSOCIER_FOURNISSEUR',
  'REFUSEE_FOURNISSEUR',
  'A_COMPLETER',
  'TRANSMISE_MOA',
  'PRISE_EN_COMPTE_DESTINATAIRE',
  'REMPLACEE_PAR_A22',
  'DUPLIQUE_APRES_REFUS',
  'MISE_A_DISPOSITION_MOA',
  'PRISE_EN_COMPTE_MOA',
  'TECHNIQUE_INCONNU',
] as const;
export type Status = (typeof STATUSES)[number];

export const PAYMENT_MODES = ['CHEQUE', 'PRELEVEMENT', 'VIREMENT', 'ESPECE', 'AUTRE', 'REPORT'] as const;

/** The four of AIFE's 25 cadres de facturation that soumettre takes; A9 and A12 need a validator. */
export const FRAMES = [
  'A1_FACTURE_FOURNISSEUR',
  'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE',
  'A9_FACTURE_SOUSTRAITANT',
  'A12_FACTURE_COTRAITANT',
] as const;
type InvoiceFrame = (typeof FRAMES)[number];
/** Besides the four: works documents, which come by flux. */
export type Frame = InvoiceFrame | WorksFrame;

/** The remaining two of the 25, which suppliers of this simulator do not use. */
export const OTHER_FRAMES = ['A3_MEMOIRE_JUSTICE', 'A21_DEMANDE_REMBOURSEMENT_TIC'] as const;

/** What deposer/flux takes, with the interface that consulterCRDetaille names: null where no document names it. */
export const FLUX_SYNTAXES = {
  IN_DP_E1_UBL_INVOICE: 'FSO1100A',
  IN_DP_E1_CII: 'FSO1101A',
  IN_DP_E1_PES_FACTURE: 'FSO1102A',
  IN_DP_E1_XCBL: null,
  IN_DP_E2_UBL_INVOICE_MIN: 'FSO1110A',
  IN_DP_E2_CII_MIN: 'FSO1111A',
  IN_DP_E2_PES_FACTURE_MIN: 'FSO1112A',
  IN_DP_E2_CPP_FACTURE_MIN: 'FSO1113A',
  IN_DP_PDFARCHIVE_UBL_INVOICE_MUG: null,
  IN_DP_PDFARCHIVE_CII_MUG: null,
  IN_DP_E1_CII_16B: 'FSO1106A',
  IN_DP_E2_CII_MIN_16B: 'FSO1116A',
  IN_DP_E2_CII_FACTURX: 'FSO1117A',
} as const;
/** E4 and E5 are in no public list [V-AIFE: that they exist]: these names are made up, after those of E1 and E2. */
export const WORKS_SYNTAXES = [
  'IN_DP_E4_UBL_INVOICE',
  'IN_DP_E4_CII_16B',
  'IN_DP_E5_CII_MIN_16B',
  'IN_DP_E5_CII_FACTURX',
] as const;
type WorksSyntax = (typeof WORKS_SYNTAXES)[number];
export type FluxSyntax = keyof typeof FLUX_SYNTAXES | WorksSyntax;
export const isWorksSyntax = (given: string): given is WorksSyntax => WORKS_SYNTAXES.some((one) => one === given);

/** The interface of a syntax, FSO1117A. */
export const interfaceOf = (syntax: FluxSyntax) => (isWorksSyntax(syntax) ? null : FLUX_SYNTAXES[syntax]);

export const FLUX_PENDING_STATES = [
  'IN_RECU',
  'IN_TRAITE_SE_CPP',
  'IN_EN_ATTENTE_TRAITEMENT_CPP',
  'IN_EN_COURS_TRAITEMENT_CPP',
] as const;
/**
 * The states of a flux: first pending, then final [V-AIFE: community pages; V-LIVE for IN_INTEGRE; V-3P for
 * QP_IRRECEVABLE].
 */
export type FluxState =
  | (typeof FLUX_PENDING_STATES)[number]
  | 'IN_INTEGRE'
  | 'IN_INTEGRE_PARTIEL'
  | 'IN_REJETE'
  | 'IN_INCIDENTE'
  | 'QP_IRRECEVABLE';

/** Extensions of attachments [V-AIFE]. */
export const EXTENSIONS = new Set(
  (
    'BMP GIF FAX ODT PPT TIFF XLS BZ2 GZ JPEG P7S RTF TXT XML CSV GZIP JPG PDF SVG XHTML XLSX DOC HTM ODP PNG TGZ XLC ' +
    'ZIP DOCX HTML ODS PPS TIF XLM PPTX'
  ).split(' '),
);

/** The codes TVA1 and TVA5 were seen [V-3P]; which rate each stands for is made up here. */
export const VAT_RATES: ReadonlyMap<string, number> = new Map([
  ['TVA1', 20],
  ['TVA2', 10],
  ['TVA3', 5.5],
  ['TVA4', 2.1],
  ['TVA5', 0],
]);

/**
 * RIB, BON_DE_COMMANDE and DIVERS were seen [V-3P], ZZZ in AIFE's examples [V-AIFE]; the rest of the list is not
 * public. The labels are made up.
 */
export const ATTACHMENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['RIB', "Relevé d'identité bancaire"],
  ['BON_DE_COMMANDE', 'Bon de commande'],
  ['DIVERS', 'Pièce diverse'],
  ['ZZZ', 'Autre'],
]);

/** What attachments may belong to [V-3P]; only the types for invoices are simulated. */
export const ATTACHMENT_OWNERS = [
  'STRUCTURE',
  'UTILISATEUR',
  'CB',
  'MANDAT',
  'FICHE_RACCORDEMENT',
  'EJ',
  'MEMOIRE',
  'DMD_RBST',
  'TRANSVERSE',
  'FACTURE_TRAVAUX',
  'FACTURE',
  'DMDE_CPTE_DEV_SI_EXT',
  'SOLLICITATION',
  'CERTIFICAT',
  'PJ_REJET_EDI',
] as const;

/** The codes are not public: these are made up, after articles of the tax code. */
export const EXEMPTION_REASONS: ReadonlyMap<string, string> = new Map([
  ['ART261', 'Exonération, article 261 du CGI (santé, enseignement, formation)'],
  ['ART262', 'Exportation, article 262 du CGI'],
  ['ART293B', 'Franchise en base, article 293 B du CGI'],
  ['ART298', 'Presse, article 298 septies du CGI'],
]);
