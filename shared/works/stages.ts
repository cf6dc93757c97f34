import type { Timing } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Kind } from './documents.ts';
import type { Actor } from './parties.ts';

/** Where a works document can stand, who must act there, and within which time. */

interface Stage {
  /** `depositor`: whoever deposited the document. `first`: whoever looks at it first, by the table of documents. */
  actor: Actor | 'depositor' | 'first';
  /** The time that the actor has, by kind of document, counted from the day on which the stage began. */
  spans: Partial<Record<Kind, Timing>>;
  /** What is being awaited is the payment: its legal term is the date. */
  paymentAwaited?: true;
  fr: string;
  en: string;
}

const everyDraft = (span: Timing): Stage['spans'] => ({ 'monthly-draft': span, 'final-draft': span });

export const stages = {
  'not-submitted': { actor: 'depositor', spans: {}, fr: 'en attente de dépôt', en: 'not submitted yet' },
  'on-its-way': { actor: 'chorus-pro', spans: {}, fr: 'en cours d’acheminement', en: 'on its way' },
  'to-approve': {
    ...{ actor: 'first', spans: everyDraft(timings.validationPeriod) },
    ...{ fr: 'à valider par le titulaire ou le mandataire', en: 'for the main contractor or the lead to approve' },
  },
  'to-approve-second': {
    ...{ actor: 'lead', spans: everyDraft(timings.validationPeriod) },
    ...{ fr: 'à valider par le mandataire, en second', en: 'for the lead to approve, as the second' },
  },
  'with-project-manager': {
    actor: 'project-manager',
    spans: {
      'monthly-draft': timings.worksMonthlyDraft,
      'final-draft': timings.worksGeneralStatement,
      'tacit-draft': timings.worksTacitDraft,
    },
    ...{ fr: 'à la disposition du maître d’œuvre', en: 'with the project manager' },
  },
  'with-works-owner': {
    actor: 'works-owner',
    spans: { 'final-draft': timings.worksGeneralStatement, 'tacit-draft': timings.worksTacitDraft },
    paymentAwaited: true,
    ...{ fr: 'à la disposition du maître d’ouvrage', en: 'with the works owner' },
  },
  'to-answer': {
    actor: 'main-contractor',
    spans: { 'general-statement': timings.worksSignature },
    ...{ fr: 'réponse attendue du titulaire', en: 'waits for the main contractor’s answer' },
  },
  answered: {
    ...{ actor: 'works-owner', spans: {}, paymentAwaited: true },
    ...{ fr: 'une autre pièce du dossier y répond', en: 'answered by the next document of the file' },
  },
  'with-recipient': {
    ...{ actor: 'recipient', spans: { 'tacit-draft': timings.worksTacitDraft }, paymentAwaited: true },
    ...{ fr: 'à la disposition du destinataire', en: 'with the recipient' },
  },
  'to-complete': { actor: 'depositor', spans: {}, fr: 'à compléter', en: 'to complete' },
  'to-recycle': { actor: 'depositor', spans: {}, fr: 'à recycler', en: 'to recycle' },
  'to-correct': { actor: 'depositor', spans: {}, fr: 'intervenant erroné', en: 'names a wrong party' },
  'project-manager-corrects': {
    ...{ actor: 'project-manager', spans: {} },
    ...{ fr: 'à corriger par le maître d’œuvre', en: 'for the project manager to correct' },
  },
  'works-owner-corrects': {
    ...{ actor: 'works-owner', spans: {} },
    ...{ fr: 'à corriger par le maître d’ouvrage', en: 'for the works owner to correct' },
  },
  refused: {
    ...{ actor: 'depositor', spans: {} },
    ...{ fr: 'refus ou rejet : pièce à remplacer', en: 'refused or rejected: to replace' },
  },
  ended: { actor: 'nobody', spans: {}, fr: 'terminée', en: 'over' },
} as const satisfies Record<string, Stage>;

export type StageName = keyof typeof stages;

/** The row of a stage, whichever it is. */
export const stageOf = (name: StageName): Stage => stages[name];

export const isStageName = (name: string): name is StageName => Object.hasOwn(stages, name);
