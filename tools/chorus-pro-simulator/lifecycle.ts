/** What happens to an invoice after its deposit: statuses are planned ahead, and the clock says which one it has. */
import type { Status } from './enumerations.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Step {
  after: number;
  status: Status;
  comment?: string;
  /** Set by an agent of the recipient, whom the history then names. */
  byAgent?: boolean;
}

const routing: Step[] = [
  { after: 0, status: 'DEPOSEE' },
  { after: 10 * MINUTE, status: 'EN_COURS_ACHEMINEMENT' },
  { after: 2 * HOUR, status: 'MISE_A_DISPOSITION' },
];

const booking: Step[] = [
  { after: 3 * DAY, status: 'PRISE_EN_COMPTE_DESTINATAIRE', byAgent: true },
  { after: 6 * DAY, status: 'SERVICE_FAIT', byAgent: true },
  { after: 9 * DAY, status: 'MANDATEE', byAgent: true },
  { after: 11 * DAY, status: 'MISE_A_DISPOSITION_COMPTABLE' },
  { after: 15 * DAY, status: 'COMPTABILISEE', byAgent: true },
];

const paid: Step = { after: 20 * DAY, status: 'MISE_EN_PAIEMENT', byAgent: true };

/** What the recipient does with an invoice, from the instant it is deposited. */
const SCENARIOS = {
  default: [...routing, ...booking, paid],
  'never-reports-payment': [...routing, ...booking],
  'pays-late': [...routing, ...booking, { ...paid, after: 75 * DAY }],
  rejected: [
    ...routing,
    {
      after: 2 * DAY,
      status: 'REJETEE',
      comment: 'Montant facturé différent du bon de commande. Merci de déposer une nouvelle facture.',
      byAgent: true,
    },
  ],
  'to-recycle': [
    ...routing,
    {
      after: DAY,
      status: 'A_RECYCLER',
      comment: 'Service exécutant erroné : adresser la facture au service Voirie.',
      byAgent: true,
    },
  ],
  suspended: [
    ...routing,
    {
      after: 2 * DAY,
      status: 'SUSPENDUE',
      comment: 'Pièce justificative manquante : joindre le procès-verbal de réception.',
      byAgent: true,
    },
  ],
  /** Nothing happens by itself, for tests that use setStatus. */
  still: [{ after: 0, status: 'DEPOSEE' }],
} as const satisfies Record<string, Step[]>;

export type ScenarioName = keyof typeof SCENARIOS;

/** After completer [V-AIFE: COMPLETEE; V-3P: then back at the recipient's]. */
const completed: Step[] = [
  { after: 0, status: 'COMPLETEE' },
  { after: HOUR, status: 'MISE_A_DISPOSITION' },
  ...booking,
  paid,
];

/** What the validator that an A9 or A12 names does with it; the recipient's turn begins `then` later. */
export const VALIDATIONS = {
  accepts: {
    steps: [
      { after: 0, status: 'A_VALIDER_1' },
      { after: DAY, status: 'VALIDEE_1' },
    ],
    then: DAY + HOUR,
  },
  /** It answers by itself, or lets fifteen days pass in silence [V-AIFE], here to the hour [INF]. */
  answers: {
    steps: [
      { after: 0, status: 'A_VALIDER_1' },
      { after: 15 * DAY, status: 'ABSENCE_VALIDATION_1_HORS_DELAI' },
    ],
    then: 15 * DAY + HOUR,
  },
  wrong: {
    steps: [
      { after: 0, status: 'A_VALIDER_1' },
      { after: DAY, status: 'ERREUR_FOURNISSEUR_SUR_VALIDEUR', comment: 'Nous ne sommes pas titulaires de ce marché.' },
    ],
    then: null,
  },
} as const satisfies Record<string, { steps: Step[]; then: number | null }>;

export type ValidatorHabit = keyof typeof VALIDATIONS;

export interface Change {
  at: number;
  status: Status;
  comment: string | null;
  byAgent: boolean;
}

/** Past and planned changes, in order. The clock says which is current: nothing has to run for time to pass. */
export type Timeline = readonly Change[];

export const from = (start: number, steps: readonly Step[]): Change[] =>
  steps.map(({ after, status, comment = null, byAgent = false }) => ({ at: start + after, status, comment, byAgent }));

export function planned(start: number, scenario: ScenarioName, validation?: ValidatorHabit): Timeline {
  if (validation === undefined) return from(start, SCENARIOS[scenario]);
  const { steps, then } = VALIDATIONS[validation];
  return [...from(start, steps), ...(then === null ? [] : from(start + then, SCENARIOS[scenario]))];
}

export const plannedAfterCompletion = (start: number): Timeline => from(start, completed);

/** What was planned after `at` no longer happens; `next` does. */
export const replanned = (timeline: Timeline, at: number, next: Timeline): Timeline => [
  ...timeline.filter((change) => change.at <= at),
  ...next,
];

export const past = (timeline: Timeline, at: number): Change[] => timeline.filter((change) => change.at <= at);

/** The change that is current at that instant; undefined before the first. */
export const current = (timeline: Timeline, at: number): Change | undefined =>
  timeline.findLast((change) => change.at <= at);
