import { worksDocuments, type WorksFramework } from '../works/documents.ts';
import type { InvoiceCommandType } from '../invoice/invoice-commands.ts';
import { acknowledge, complete, correctValidator, recycle, row, type StatusMeaning } from './status-meaning.ts';
import { worksStatuses } from './works-statuses.ts';

export type { StatusMeaning } from './status-meaning.ts';

/**
 * The statuses of an invoice or a works document. Values: [V-AIFE] SWF (56 of them); meanings: AIFE's pages and users'
 * knowledge, see docs/statuses.md. A value that is not in the table is kept unchanged and raises an alarm; its invoice
 * is still followed.
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
  ...worksStatuses,
} as const satisfies Record<string, StatusMeaning>;

/** A status that is in the table; Chorus Pro may send others. */
export type KnownStatus = keyof typeof statuses;

/** The last status of an invoice whose recipient reports no payments (statutMiseEnPaiementNestPasRemonte). [V-3P] */
export const lastWithoutPayment: ReadonlySet<string> = new Set<KnownStatus>(['MANDATEE', 'COMPTABILISEE']);

const unknown = row('open', 'none', 'État inconnu du relais', 'Status unknown to the relay');

export const isKnownStatus = (status: string): status is KnownStatus => Object.hasOwn(statuses, status);

export const meaningOf = (status: string): StatusMeaning => (isKnownStatus(status) ? statuses[status] : unknown);

/**
 * The command with which the supplier can answer the status. A tacit draft is answered by a document of its own, and
 * has nothing to sign.
 * @param works a works document’s framework, or `unknown`; undefined for an invoice
 */
export function answerTo(
  status: string,
  works: WorksFramework | 'unknown' | undefined,
): InvoiceCommandType | undefined {
  const { command, worksCommand } = meaningOf(status);
  if (works === undefined) return command;
  const isTacitDraft = works !== 'unknown' && worksDocuments[works].kind === 'tacit-draft';
  return isTacitDraft && worksCommand === 'works.sign-final' ? undefined : worksCommand;
}
