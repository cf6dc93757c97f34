// AIFE's own lists, from its Swagger "Factures" 1.0.0 and "Structures" [V-AIFE].

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

/** What soumettre takes. */
export const SUBMISSION_MODES = ['SAISIE_API', 'DEPOT_PDF_API', 'DEPOT_PDF_SIGNE_API'] as const;

export const DEPOSIT_MODES = [
  'SAISIE_WEB',
  'PORTAIL_PDF',
  'EDI_XML_STRUCT',
  'EDI_MIXTE',
  'EDI_PDF_ARCHIVE',
  'SAISIE_PORTAIL',
  'SAISIE_API',
  'DEPOT_PDF_PORTAIL',
  'DEPOT_PDF_SIGNE_PORTAIL',
  'DEPOT_PDF_API',
  'DEPOT_PDF_SIGNE_API',
  'EDI',
  'UPLOAD_PORTAIL',
  'UPLOAD_API',
  'EDI_NUMERISATION',
] as const;

export const PDF_FORMATS = ['PDF_NON_SIGNE', 'PDF_SIGNE_PADES', 'PDF_SIGNE_XADES'] as const;
export const INVOICE_TYPES = ['FACTURE', 'AVOIR'] as const;
export const SEARCHED_TYPES = ['FACTURE', 'AVOIR', 'ACOMPTE'] as const;
export const VAT_REGIMES = ['TVA_SUR_DEBIT', 'TVA_SUR_ENCAISSEMENT', 'EXONERATION', 'SANS_TVA'] as const;
export const PAYMENT_MODES = ['CHEQUE', 'PRELEVEMENT', 'VIREMENT', 'ESPECE', 'AUTRE', 'REPORT'] as const;
export const SORT_DIRECTIONS = ['Ascendant', 'Descendant'] as const;
export const STRUCTURE_IDENTIFIERS = [
  'SIRET',
  'UE_HORS_FRANCE',
  'HORS_UE',
  'RIDET',
  'TAHITI',
  'AUTRE',
  'PARTICULIER',
] as const;

/** The four that soumettre takes; A9 and A12 need a validator. */
export const SUBMITTED_FRAMES = [
  'A1_FACTURE_FOURNISSEUR',
  'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE',
  'A9_FACTURE_SOUSTRAITANT',
  'A12_FACTURE_COTRAITANT',
] as const;

const OTHER_FRAMES = [
  'A3_MEMOIRE_JUSTICE',
  'A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR',
  'A5_ETAT_ACOMPTE_FOURNISSEUR',
  'A6_ETAT_ACOMPTE_VALIDE_FOURNISSEUR',
  'A7_PROJET_DECOMPTE_FINAL_FOURNISSEUR',
  'A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR',
  'A10_PROJET_DECOMPTE_MENSUEL_SOUSTRAITANT',
  'A11_PROJET_DECOMPTE_FINAL_SOUSTRAITANT',
  'A13_PROJET_DECOMPTE_MENSUEL_COTRAITANT',
  'A14_PROJET_DECOMPTE_FINAL_COTRAITANT',
  'A15_ETAT_ACOMPTE_MOE',
  'A16_ETAT_ACOMPTE_VALIDE_MOE',
  'A17_PROJET_DECOMPTE_GENERAL_MOE',
  'A18_DECOMPTE_GENERAL_MOE',
  'A19_ETAT_ACOMPTE_VALIDE_MOA',
  'A20_DECOMPTE_GENERAL_MOA',
  'A21_DEMANDE_REMBOURSEMENT_TIC',
  'A22_PROJET_DECOMPTE_GENERAL_FOURNISSEUR_PROCEDURE_TACITE',
  'A23_DECOMPTE_GENERAL_DEFINITIF_TACITE_FOURNISSEUR',
  'A24_DECOMPTE_GENERAL_DEFINITIF_TACITE_MOE',
  'A25_DECOMPTE_GENERAL_DEFINITIF_MOE_PROCEDURE_TACITE',
] as const;
export const FRAMES = [...SUBMITTED_FRAMES, ...OTHER_FRAMES] as const;
export type Frame = (typeof FRAMES)[number];

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
export type FluxSyntax = keyof typeof FLUX_SYNTAXES;

export const FLUX_PENDING_STATES = [
  'IN_RECU',
  'IN_TRAITE_SE_CPP',
  'IN_EN_ATTENTE_TRAITEMENT_CPP',
  'IN_EN_COURS_TRAITEMENT_CPP',
] as const;
/** On its way, then final [V-AIFE: community pages; V-LIVE for IN_INTEGRE; V-3P for QP_IRRECEVABLE]. */
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

/** The form is known [V-3P], the codes TVA1 and TVA5 were seen; which rate each stands for is made up here. */
export const VAT_RATES = [
  { codeTauxTva: 'TVA1', libelleTauxTva: '20 %', valeurTauxTva: 20 },
  { codeTauxTva: 'TVA2', libelleTauxTva: '10 %', valeurTauxTva: 10 },
  { codeTauxTva: 'TVA3', libelleTauxTva: '5,5 %', valeurTauxTva: 5.5 },
  { codeTauxTva: 'TVA4', libelleTauxTva: '2,1 %', valeurTauxTva: 2.1 },
  { codeTauxTva: 'TVA5', libelleTauxTva: '0 %', valeurTauxTva: 0 },
] as const;

/** RIB and BON_DE_COMMANDE were seen [V-3P], ZZZ in AIFE's flux examples [V-AIFE]; the rest of the list is not public. */
export const ATTACHMENT_TYPES = [
  { codeTypePieceJointe: 'RIB', libelleTypePieceJointe: 'RIB', idTypePieceJointe: 1, typeObjet: 'FACTURE' },
  {
    codeTypePieceJointe: 'BON_DE_COMMANDE',
    libelleTypePieceJointe: 'Bon de commande',
    idTypePieceJointe: 2,
    typeObjet: 'FACTURE',
  },
  { codeTypePieceJointe: 'ZZZ', libelleTypePieceJointe: 'Autre', idTypePieceJointe: 3, typeObjet: 'FACTURE' },
] as const;

export const isAttachmentType = (code: string) => ATTACHMENT_TYPES.some((type) => type.codeTypePieceJointe === code);

export const PAYMENT_MODE_LIST = PAYMENT_MODES.map((modePaiement) => ({ modePaiement }));

export const FLUX_SYNTAX_LIST = Object.keys(FLUX_SYNTAXES).map((syntaxeFlux) => ({ syntaxeFlux }));
