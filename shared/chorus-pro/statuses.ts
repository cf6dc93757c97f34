import type { InvoiceCommandType } from '../invoice/invoice-commands.ts';

/**
 * What a status of Chorus Pro means for us. `none`: not submitted yet, so it does not prove that the invoice exists.
 */
type StatusEffect = 'none' | 'open' | 'settled' | 'rejected';

export interface StatusMeaning {
  effect: StatusEffect;
  /** Who must act next. */
  actor: 'supplier' | 'recipient' | 'validator' | 'project-manager' | 'works-owner' | 'chorus-pro' | 'none';
  /** How urgent the event is. */
  severity: 'success' | 'info' | 'action' | 'failure';
  /** What the supplier can do about it: of an invoice, and of a works document. */
  command?: InvoiceCommandType;
  worksCommand?: InvoiceCommandType;
  fr: string;
  en: string;
}

function row(
  effect: StatusEffect,
  actor: StatusMeaning['actor'],
  fr: string,
  en: string,
  answers: { command?: InvoiceCommandType; worksCommand?: InvoiceCommandType } = {},
): StatusMeaning {
  const ends = { settled: 'success', rejected: 'failure' } as const;
  const open = actor === 'supplier' ? 'action' : 'info';
  const severity = effect === 'settled' || effect === 'rejected' ? ends[effect] : open;
  return { effect, actor, severity, fr, en, ...answers };
}

/** The commands of an invoice are none for a works document, and the other way round. */
const recycle = { command: 'invoice.recycle', worksCommand: 'works.recycle' } as const;
const complete = { command: 'invoice.complete', worksCommand: 'works.complete' } as const;
const acknowledge = {
  command: 'invoice.acknowledge-rejection',
  worksCommand: 'invoice.acknowledge-rejection',
} as const;
const worksRecycle = { worksCommand: 'works.recycle' } as const;
const worksComplete = { worksCommand: 'works.complete' } as const;
const correctValidator = { command: 'invoice.correct-validator' } as const;

/**
 * The statuses of an invoice or a works document. Values: [V-AIFE] SWF (56 of them); meanings: AIFE's pages and users' knowledge, see
 * docs/statuses.md. A value that is not in the table is kept unchanged and raises an alarm; its invoice is still
 * followed.
 */
export const statuses = {
  BROUILLON: row('none', 'supplier', 'Brouillon, non soumise', 'Draft, not submitted'),
  INTERPRETEE_OCR: row('none', 'supplier', 'Interprétée (OCR), non soumise', 'PDF read by OCR, not submitted'),
  DEPOSEE: row('open', 'chorus-pro', 'Déposée', 'Deposited'),
  EN_COURS_ACHEMINEMENT: row('open', 'chorus-pro', 'En cours d’acheminement', 'On its way to the recipient'),
  EN_COURS_TRAITEMENT_PIVOT_S: row('open', 'chorus-pro', 'En cours de traitement', 'Being processed'),
  MISE_A_DISPOSITION: row('open', 'recipient', 'Mise à disposition du destinataire', 'Available to the recipient'),
  PRISE_EN_COMPTE_DESTINATAIRE: row(
    'open',
    'recipient',
    'Prise en compte par le destinataire',
    'Opened by the recipient',
  ),
  SERVICE_FAIT: row('open', 'recipient', 'Service fait', 'Service certified'),
  MANDATEE: row('open', 'recipient', 'Mandatée', 'Payment ordered'),
  MISE_A_DISPOSITION_COMPTABLE: row(
    'open',
    'recipient',
    'Mise à disposition du comptable',
    'With the public accountant',
  ),
  COMPTABILISEE: row('open', 'recipient', 'Comptabilisée', 'Booked'),
  MISE_EN_PAIEMENT: row('settled', 'none', 'Mise en paiement', 'Payment issued'),
  A_RECYCLER: row(
    'open',
    'supplier',
    'À recycler : destinataire, service ou engagement erroné',
    'To recycle: wrong recipient, service or commitment',
    recycle,
  ),
  SUSPENDUE: row(
    'open',
    'supplier',
    'Suspendue : le destinataire attend des pièces',
    'Suspended: the recipient waits for documents',
    complete,
  ),
  COMPLETEE: row('open', 'recipient', 'Complétée', 'Completed by the supplier'),
  REJETEE: row(
    'rejected',
    'supplier',
    'Rejetée : émettez une nouvelle facture sous un nouveau numéro',
    'Rejected: issue a new invoice with a new number',
    acknowledge,
  ),
  A_VALIDER_1: row(
    'open',
    'validator',
    'À valider par le titulaire (A9) ou le mandataire (A12)',
    'Waits for the first validator',
  ),
  A_VALIDER_2: row(
    'open',
    'validator',
    'À valider par le second valideur (mandataire)',
    'Waits for the second validator',
  ),
  VALIDEE_1: row(
    'open',
    'chorus-pro',
    'Validée par le titulaire (A9) ou le mandataire (A12)',
    'Validated by the first validator',
  ),
  VALIDEE_2: row(
    'open',
    'chorus-pro',
    'Validée par le second valideur (mandataire)',
    'Validated by the second validator',
  ),
  REFUSEE_1: row(
    'rejected',
    'supplier',
    'Refusée par le titulaire (A9) ou le mandataire (A12)',
    'Refused by the first validator',
  ),
  REFUSEE_2: row(
    'rejected',
    'supplier',
    'Refusée par le second valideur (mandataire)',
    'Refused by the second validator',
  ),
  ABSENCE_VALIDATION_1_HORS_DELAI: row(
    'open',
    'chorus-pro',
    'Absence de validation du titulaire (A9) ou du mandataire (A12) dans le délai',
    'Not validated in time by the first validator',
  ),
  ABSENCE_VALIDATION_2_HORS_DELAI: row(
    'open',
    'chorus-pro',
    'Absence de validation du second valideur (mandataire) dans le délai',
    'Not validated in time by the second validator',
  ),
  ABSENCE_VALIDATION_MOE_DELAI_REGLEMENTAIRE: row(
    'open',
    'works-owner',
    'Absence de validation du maître d’œuvre dans le délai réglementaire',
    'Not validated in the legal time by the project manager',
  ),
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: row(
    'open',
    'supplier',
    'Valideur erroné : à corriger',
    'Wrong validator: to correct',
    correctValidator,
  ),
  ERREUR_COTRAITANT_SUR_VALIDEUR: row(
    'open',
    'supplier',
    'Valideur erroné (cotraitant) : à corriger',
    'Wrong validator (co-contractor): to correct',
    correctValidator,
  ),
  ERREUR_DESTINATAIRE_PD: row('open', 'chorus-pro', 'Erreur de destinataire', 'Recipient error'),
  ERREUR_DESTINATAIRE_EA: row('open', 'chorus-pro', 'Erreur de destinataire', 'Recipient error'),
  NON_CONFORME: row('rejected', 'supplier', 'Non conforme', 'Not conformant'),
  ABANDONNEE: row('rejected', 'none', 'Abandonnée', 'Abandoned'),
  SUPPRIMEE: row('rejected', 'none', 'Supprimée', 'Deleted'),
  TECHNIQUE_INCONNU: row('open', 'chorus-pro', 'État technique inconnu', 'Unknown technical state'),
  A_ASSOCIER_MOE: row(
    'open',
    'project-manager',
    'Chez le maître d’œuvre, qui doit y répondre par sa propre pièce',
    'With the project manager, who must answer it with his own document',
  ),
  A_ASSOCIER_MOA: row(
    'open',
    'works-owner',
    'Chez le maître d’ouvrage, qui doit y répondre par sa propre pièce',
    'With the works owner, who must answer it with his own document',
  ),
  A_ASSOCIER_FOURNISSEUR: row(
    'open',
    'supplier',
    'Le titulaire doit y répondre par sa propre pièce',
    'The main contractor must answer it with his own document',
    { worksCommand: 'works.sign-final' },
  ),
  ASSOCIEE: row(
    'open',
    'works-owner',
    'Suivie d’une autre pièce du dossier de facturation',
    'Answered by the next document of its billing file',
  ),
  A_VALIDER_MOE: row(
    'open',
    'project-manager',
    'À valider par le maître d’œuvre',
    'For the project manager to approve',
  ),
  REFUSEE_MOE: row(
    'rejected',
    'supplier',
    'Refusée par le maître d’œuvre : déposez une nouvelle pièce sous un nouveau numéro',
    'Refused by the project manager: deposit a new document with a new number',
  ),
  REFUSEE_MOA: row(
    'rejected',
    'supplier',
    'Refusée par le maître d’ouvrage : déposez une nouvelle pièce sous un nouveau numéro',
    'Refused by the works owner: deposit a new document with a new number',
  ),
  REFUSEE_FOURNISSEUR: row('rejected', 'supplier', 'Refusée par le fournisseur', 'Refused by the supplier'),
  A_COMPLETER: row('open', 'supplier', 'À compléter (travaux)', 'To complete (works)', worksComplete),
  ERREUR_DE_MOE: row('open', 'project-manager', 'Erreur du maître d’œuvre', 'The project manager’s mistake'),
  ERREUR_DE_MOA: row('open', 'works-owner', 'Erreur du maître d’ouvrage', 'The works owner’s mistake'),
  ERREUR_FOURNISSEUR_SUR_MOE: row(
    'open',
    'supplier',
    'Maître d’œuvre erroné : à corriger sur le portail',
    'Wrong project manager: to correct on the portal',
  ),
  ERREUR_FOURNISSEUR_SUR_MOA: row(
    'open',
    'supplier',
    'Maître d’ouvrage erroné : à corriger',
    'Wrong works owner: to correct',
    worksRecycle,
  ),
  ERREUR_MOE_SUR_FOURNISSEUR: row(
    'open',
    'project-manager',
    'Fournisseur erroné : au maître d’œuvre de corriger',
    'Wrong supplier: for the project manager to correct',
  ),
  ERREUR_MOE_SUR_MOA: row(
    'open',
    'project-manager',
    'Maître d’ouvrage erroné : au maître d’œuvre de corriger',
    'Wrong works owner: for the project manager to correct',
  ),
  ERREUR_MOA_SUR_FOURNISSEUR: row(
    'open',
    'works-owner',
    'Fournisseur erroné : au maître d’ouvrage de corriger',
    'Wrong supplier: for the works owner to correct',
  ),
  EN_ATTENTE_RECYCLAGE_FOURNISSEUR: row('open', 'supplier', 'À recycler (travaux)', 'To recycle (works)', worksRecycle),
  MISE_A_DISPOSITION_MOE: row(
    'open',
    'project-manager',
    'Mise à disposition du maître d’œuvre',
    'Available to the project manager',
  ),
  MISE_A_DISPOSITION_MOA: row(
    'open',
    'works-owner',
    'Mise à disposition du maître d’ouvrage',
    'Available to the works owner',
  ),
  PRISE_EN_COMPTE_MOE: row(
    'open',
    'project-manager',
    'Prise en compte par le maître d’œuvre',
    'Opened by the project manager',
  ),
  PRISE_EN_COMPTE_MOA: row(
    'open',
    'works-owner',
    'Prise en compte par le maître d’ouvrage',
    'Opened by the works owner',
  ),
  TRANSMISE_MOA: row('open', 'works-owner', 'Transmise au maître d’ouvrage', 'Passed on to the works owner'),
  REMPLACEE_PAR_A22: row(
    'rejected',
    'none',
    'Remplacée par un projet de décompte général tacite (A22)',
    'Replaced by a tacit draft (A22)',
  ),
  DUPLIQUE_APRES_REFUS: row('rejected', 'none', 'Dupliquée après refus', 'Duplicated after a refusal'),
} as const satisfies Record<string, StatusMeaning>;

/** A status that is in the table; Chorus Pro may send others. */
export type KnownStatus = keyof typeof statuses;

/** The last status of an invoice whose recipient reports no payments (statutMiseEnPaiementNestPasRemonte). [V-3P] */
export const lastWithoutPayment: ReadonlySet<string> = new Set<KnownStatus>(['MANDATEE', 'COMPTABILISEE']);

const unknown = row('open', 'none', 'État inconnu du relais', 'Status unknown to the relay');

export const isKnownStatus = (status: string): status is KnownStatus => Object.hasOwn(statuses, status);

export const meaningOf = (status: string): StatusMeaning => (isKnownStatus(status) ? statuses[status] : unknown);

/** The command with which the supplier can answer the status. @param isWorks whether it is a works document’s */
export function answerTo(status: string, isWorks: boolean): InvoiceCommandType | undefined {
  const { command, worksCommand } = meaningOf(status);
  return isWorks ? worksCommand : command;
}
