import { FLUX_SYNTAXES, PAYMENT_MODES } from './enumerations.ts';

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
