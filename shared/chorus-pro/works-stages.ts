import type { WorksFramework } from '../works/documents.ts';
import { nextAt, type Clock, type Next } from '../works/next.ts';
import type { StageName } from '../works/stages.ts';
import { isKnownStatus, type KnownStatus } from './statuses.ts';

/**
 * The stage of a works document at each status of Chorus Pro. What the statuses mean: AIFE's pages and users'
 * knowledge, as in statuses.ts; that a project manager's silence passes a document on to the works owner is inferred.
 */
export const worksStages = {
  BROUILLON: 'not-submitted',
  INTERPRETEE_OCR: 'not-submitted',
  DEPOSEE: 'on-its-way',
  EN_COURS_ACHEMINEMENT: 'on-its-way',
  EN_COURS_TRAITEMENT_PIVOT_S: 'on-its-way',
  A_VALIDER_1: 'to-approve',
  A_VALIDER_2: 'to-approve-second',
  VALIDEE_1: 'on-its-way',
  VALIDEE_2: 'on-its-way',
  ABSENCE_VALIDATION_1_HORS_DELAI: 'on-its-way',
  ABSENCE_VALIDATION_2_HORS_DELAI: 'on-its-way',
  A_ASSOCIER_MOE: 'with-project-manager',
  A_VALIDER_MOE: 'with-project-manager',
  MISE_A_DISPOSITION_MOE: 'with-project-manager',
  PRISE_EN_COMPTE_MOE: 'with-project-manager',
  ABSENCE_VALIDATION_MOE_DELAI_REGLEMENTAIRE: 'with-works-owner',
  A_ASSOCIER_MOA: 'with-works-owner',
  MISE_A_DISPOSITION_MOA: 'with-works-owner',
  PRISE_EN_COMPTE_MOA: 'with-works-owner',
  TRANSMISE_MOA: 'with-works-owner',
  A_ASSOCIER_FOURNISSEUR: 'to-answer',
  ASSOCIEE: 'answered',
  MISE_A_DISPOSITION: 'with-recipient',
  PRISE_EN_COMPTE_DESTINATAIRE: 'with-recipient',
  SERVICE_FAIT: 'with-recipient',
  MANDATEE: 'with-recipient',
  MISE_A_DISPOSITION_COMPTABLE: 'with-recipient',
  COMPTABILISEE: 'with-recipient',
  COMPLETEE: 'with-recipient',
  ERREUR_DESTINATAIRE_PD: 'on-its-way',
  ERREUR_DESTINATAIRE_EA: 'on-its-way',
  TECHNIQUE_INCONNU: 'on-its-way',
  SUSPENDUE: 'to-complete',
  A_COMPLETER: 'to-complete',
  A_RECYCLER: 'to-recycle',
  EN_ATTENTE_RECYCLAGE_FOURNISSEUR: 'to-recycle',
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: 'to-correct',
  ERREUR_COTRAITANT_SUR_VALIDEUR: 'to-correct',
  ERREUR_FOURNISSEUR_SUR_MOE: 'to-correct',
  ERREUR_FOURNISSEUR_SUR_MOA: 'to-correct',
  ERREUR_DE_MOE: 'project-manager-corrects',
  ERREUR_MOE_SUR_FOURNISSEUR: 'project-manager-corrects',
  ERREUR_MOE_SUR_MOA: 'project-manager-corrects',
  ERREUR_DE_MOA: 'works-owner-corrects',
  ERREUR_MOA_SUR_FOURNISSEUR: 'works-owner-corrects',
  REFUSEE_1: 'refused',
  REFUSEE_2: 'refused',
  REFUSEE_MOE: 'refused',
  REFUSEE_MOA: 'refused',
  REFUSEE_FOURNISSEUR: 'refused',
  REJETEE: 'refused',
  NON_CONFORME: 'refused',
  MISE_EN_PAIEMENT: 'ended',
  ABANDONNEE: 'ended',
  SUPPRIMEE: 'ended',
  REMPLACEE_PAR_A22: 'ended',
  DUPLIQUE_APRES_REFUS: 'ended',
} as const satisfies Record<KnownStatus, StageName>;

/** @returns undefined if the relay does not know the status */
export const worksStageOf = (status: string): StageName | undefined =>
  isKnownStatus(status) ? worksStages[status] : undefined;

/**
 * Who must act next on a works document, and until when.
 * @param clock the day on which its stage began, and that of the payment
 * @returns undefined if the relay does not know the status
 */
export function nextOf(framework: WorksFramework, status: string, clock: Clock): Next | undefined {
  const stage = worksStageOf(status);
  return stage && nextAt(framework, stage, clock);
}
