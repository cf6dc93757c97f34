/**
 * What becomes of a supplier's works document: its own statuses, and the documents with which the project manager (MOE)
 * and the works owner (MOA) answer it. The names of the statuses are AIFE's; their order and their days are ours [INF].
 */
import { DAY, HOUR, MINUTE, VALIDATIONS, type ScenarioName, type Step, type ValidatorHabit } from './lifecycle.ts';
import type { WorksFrame } from './works-frames.ts';

/** A document of the MOE or the MOA; its first step is its deposit. */
interface Answer {
  frame: WorksFrame;
  /** The supplier's number with a suffix, as AIFE advises (EA, EAV) [V-AIFE]. */
  suffix: string;
  steps: readonly Step[];
}

/** Steps count from the deposit of the supplier's document, or from its return. */
interface Course {
  own: readonly Step[];
  answers: readonly Answer[];
}

const deposited = (start: number): Step => ({ after: start, status: 'DEPOSEE' });

/** With the MOE until it answers: it links a document of its own, or validates that of a sub- or co-contractor. */
const withManager = (first: 'A_ASSOCIER_MOE' | 'A_VALIDER_MOE', answered: number): Step[] => [
  deposited(0),
  { after: 10 * MINUTE, status: first },
  { after: 2 * HOUR, status: 'MISE_A_DISPOSITION_MOE' },
  { after: 2 * DAY, status: 'PRISE_EN_COMPTE_MOE', byAgent: true },
  { after: answered, status: 'ASSOCIEE' },
  { after: answered + 10 * MINUTE, status: 'TRANSMISE_MOA' },
];

/** With the MOA from `start`. */
const withOwner = (start: number): Step[] => [
  deposited(start),
  { after: start + 10 * MINUTE, status: 'TRANSMISE_MOA' },
  { after: start + 2 * HOUR, status: 'MISE_A_DISPOSITION_MOA' },
  { after: start + 3 * DAY, status: 'PRISE_EN_COMPTE_MOA', byAgent: true },
];

/** The document that is paid. */
const booked = (start: number): Step[] => [
  { after: start, status: 'MISE_A_DISPOSITION' },
  { after: start + 3 * DAY, status: 'SERVICE_FAIT', byAgent: true },
  { after: start + 5 * DAY, status: 'MANDATEE', byAgent: true },
  { after: start + 8 * DAY, status: 'COMPTABILISEE', byAgent: true },
  { after: start + 12 * DAY, status: 'MISE_EN_PAIEMENT', byAgent: true },
];

const validInstalment = (frame: WorksFrame, start: number): Answer => ({
  frame,
  suffix: 'EAV',
  steps: [deposited(start), ...booked(start + 2 * HOUR)],
});

/** The MOE's statement of the instalment, which the MOA validates by its own. */
const instalment = (start: number): Answer[] => [
  {
    frame: 'A15_ETAT_ACOMPTE_MOE',
    suffix: 'EA',
    steps: [...withOwner(start), { after: start + 7 * DAY, status: 'ASSOCIEE' }],
  },
  validInstalment('A19_ETAT_ACOMPTE_VALIDE_MOA', start + 7 * DAY),
];

const draftGeneralStatement = (start: number): Answer => ({
  frame: 'A17_PROJET_DECOMPTE_GENERAL_MOE',
  suffix: 'PDG',
  steps: [...withOwner(start), { after: start + 5 * DAY, status: 'ASSOCIEE' }],
});

/** A general statement that waits for the supplier's signature. */
const toBeSigned = (frame: WorksFrame, start: number): Answer => ({
  frame,
  suffix: 'DG',
  steps: [deposited(start), { after: start + HOUR, status: 'A_ASSOCIER_FOURNISSEUR' }],
});

/** The draft of the general statement, the MOE's general statement, and the MOA's, which the supplier must sign. */
const generalStatement = (start: number): Answer[] => [
  draftGeneralStatement(start),
  {
    frame: 'A18_DECOMPTE_GENERAL_MOE',
    suffix: 'DGM',
    steps: [...withOwner(start + 5 * DAY), { after: start + 10 * DAY, status: 'ASSOCIEE' }],
  },
  toBeSigned('A20_DECOMPTE_GENERAL_MOA', start + 10 * DAY),
];

const draft = { own: withManager('A_ASSOCIER_MOE', 5 * DAY), answers: instalment(5 * DAY) };
const validatedDraft = { own: withManager('A_VALIDER_MOE', 5 * DAY), answers: instalment(5 * DAY) };
const signed = { own: [...withOwner(0), ...booked(4 * DAY)], answers: [] };

/** What becomes of each document that companies deposit, if nobody objects. */
const COURSES = {
  A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR: draft,
  A5_ETAT_ACOMPTE_FOURNISSEUR: {
    own: [...withOwner(0), { after: 7 * DAY, status: 'ASSOCIEE' }],
    answers: [validInstalment('A19_ETAT_ACOMPTE_VALIDE_MOA', 7 * DAY)],
  },
  A6_ETAT_ACOMPTE_VALIDE_FOURNISSEUR: { own: [deposited(0), ...booked(2 * HOUR)], answers: [] },
  A7_PROJET_DECOMPTE_FINAL_FOURNISSEUR: {
    own: withManager('A_ASSOCIER_MOE', 10 * DAY),
    answers: generalStatement(10 * DAY),
  },
  A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR: signed,
  A10_PROJET_DECOMPTE_MENSUEL_SOUSTRAITANT: validatedDraft,
  A11_PROJET_DECOMPTE_FINAL_SOUSTRAITANT: validatedDraft,
  A13_PROJET_DECOMPTE_MENSUEL_COTRAITANT: validatedDraft,
  A14_PROJET_DECOMPTE_FINAL_COTRAITANT: validatedDraft,
  // Silence of the MOA for ten days: the supplier may deposit the tacit general statement (CCAG Travaux 12.4.4) [R].
  A22_PROJET_DECOMPTE_GENERAL_FOURNISSEUR_PROCEDURE_TACITE: {
    own: [...withOwner(0), { after: 10 * DAY, status: 'A_ASSOCIER_FOURNISSEUR' }],
    answers: [],
  },
  A23_DECOMPTE_GENERAL_DEFINITIF_TACITE_FOURNISSEUR: signed,
} as const satisfies Partial<Record<WorksFrame, Course>>;

/** The works documents that a company deposits. */
export type CompanyFrame = keyof typeof COURSES;
export const isCompanyFrame = (frame: string): frame is CompanyFrame => Object.hasOwn(COURSES, frame);

/** What a project manager does instead of answering a draft. An amount is no ground to refuse since 2025 [V-AIFE]. */
const OBJECTIONS = {
  refuses: { after: 3 * DAY, status: 'REFUSEE_MOE', comment: 'Le marché cité n’est pas celui de ces travaux.' },
  'wants-more': { after: 3 * DAY, status: 'A_COMPLETER', comment: 'Joindre les attachements du mois.' },
  'sends-back': {
    after: 3 * DAY,
    status: 'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
    comment: 'Numéro d’engagement à corriger.',
  },
  'is-the-wrong-one': {
    after: DAY,
    status: 'ERREUR_FOURNISSEUR_SUR_MOE',
    comment: 'Nous ne sommes pas maîtres d’œuvre de ce marché.',
  },
  /** It takes the document into account, and is not heard of again. */
  'is-silent': { after: 2 * DAY, status: 'PRISE_EN_COMPTE_MOE' },
} as const satisfies Record<string, Step>;

/** `validates`: its document needs none of the works owner's. */
export type ManagerHabit = 'answers' | 'validates' | keyof typeof OBJECTIONS;

const isObjection = (habit: ManagerHabit): habit is keyof typeof OBJECTIONS => Object.hasOwn(OBJECTIONS, habit);

/** How a project manager answers who also acts for the works owner: an A16 for A15 and A19, an A18 to be signed. */
const VALIDATED: Partial<Record<CompanyFrame, Answer[]>> = {
  A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR: [validInstalment('A16_ETAT_ACOMPTE_VALIDE_MOE', 5 * DAY)],
  A7_PROJET_DECOMPTE_FINAL_FOURNISSEUR: [
    draftGeneralStatement(10 * DAY),
    toBeSigned('A18_DECOMPTE_GENERAL_MOE', 15 * DAY),
  ],
};

/** The supplier's document stops at that step, and nobody answers it. */
const stopped = ({ own }: Course, step: Step): Course => ({
  own: [...own.filter(({ after }) => after < step.after), step],
  answers: [],
});

const isManaged = (frame: CompanyFrame) => COURSES[frame].own.some(({ status }) => status === 'MISE_A_DISPOSITION_MOE');

function managed(frame: CompanyFrame, habit: ManagerHabit): Course {
  const course: Course = COURSES[frame];
  if (!isManaged(frame)) return course;
  if (isObjection(habit)) return stopped(course, OBJECTIONS[habit]);
  const validated = VALIDATED[frame];
  return habit === 'validates' && validated ? { ...course, answers: validated } : course;
}

const stepsOf = ({ own, answers }: Course) => [own, ...answers.map(({ steps }) => steps)];
const mapped = ({ own, answers }: Course, change: (steps: readonly Step[]) => readonly Step[]): Course => ({
  own: change(own),
  answers: answers.map((answer) => ({ ...answer, steps: change(answer.steps) })),
});
const isPaid = ({ status }: Step) => status === 'MISE_EN_PAIEMENT';

/** The works owner refuses what reaches it first: nothing after that happens. */
function refusedByOwner(course: Course): Course {
  const reached = stepsOf(course)
    .flat()
    .filter(({ status }) => status === 'PRISE_EN_COMPTE_MOA' || status === 'SERVICE_FAIT')
    .map(({ after }) => after + DAY);
  const end = Math.min(...reached);
  const refusal: Step = { after: end, status: 'REFUSEE_MOA', comment: 'Document sans objet.', byAgent: true };
  const left = course.answers.filter(({ steps }) => steps.some(({ after }) => after <= end));
  const last = stepsOf({ ...course, answers: left }).at(-1);
  return mapped({ ...course, answers: left }, (steps) => {
    const before = steps.filter(({ after }) => after < end);
    return steps === last ? [...before, refusal] : before;
  });
}

/** What the works owner, the recipient, makes of it. */
const OWNERS: Readonly<Record<ScenarioName, (course: Course) => Course>> = {
  default: (course) => course,
  still: () => ({ own: [deposited(0)], answers: [] }),
  'never-reports-payment': (course) => mapped(course, (steps) => steps.filter((step) => !isPaid(step))),
  'pays-late': (course) =>
    mapped(course, (steps) => steps.map((step) => (isPaid(step) ? { ...step, after: step.after + 60 * DAY } : step))),
  rejected: refusedByOwner,
  'to-recycle': (course) =>
    stopped(course, { after: DAY, status: 'A_RECYCLER', comment: 'Service exécutant erroné.', byAgent: true }),
  suspended: (course) =>
    stopped(course, { after: 2 * DAY, status: 'A_COMPLETER', comment: 'Joindre les justificatifs.', byAgent: true }),
};

/** With which document the project manager or the works owner answers such a document first, if with any. */
export function firstAnswerTo(frame: string): Answer | undefined {
  if (frame === 'A17_PROJET_DECOMPTE_GENERAL_MOE') return toBeSigned('A20_DECOMPTE_GENERAL_MOA', 0);
  if (!isCompanyFrame(frame)) return undefined;
  const [first]: readonly Answer[] = COURSES[frame].answers;
  return first;
}

const later = (by: number) => (steps: readonly Step[]) => steps.map((step) => ({ ...step, after: step.after + by }));

interface Parties {
  manager: ManagerHabit;
  owner: ScenarioName;
  /** Of the main contractor or lead, for a document that it validates first. */
  validator: ValidatorHabit | undefined;
}

/** What everyone does with a document that a company deposits. */
export function courseOf(frame: CompanyFrame, { manager, owner, validator }: Parties): Course {
  const course = OWNERS[owner](managed(frame, manager));
  if (validator === undefined) return course;
  const { steps, then } = VALIDATIONS[validator];
  if (then === null) return { own: steps, answers: [] };
  const after = mapped(course, later(then));
  return { ...after, own: [...steps, ...after.own] };
}
