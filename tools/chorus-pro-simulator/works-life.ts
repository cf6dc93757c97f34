/** Puts a works document and its billing file (dossier de facturation) into the state, and plans what the others do. */
import { from, replanned, type Change, type Timeline } from './lifecycle.ts';
import {
  accept,
  needsValidator,
  nextId,
  scenarioOf,
  statusAt,
  type Invoice,
  type State,
  type Submission,
} from './state.ts';
import { courseOf, firstAnswerTo, isCompanyFrame, type ManagerHabit } from './works-course.ts';
import { WORKS, type WorksFrame } from './works-frames.ts';
import { isoDay } from './time.ts';
import type { Status } from './enumerations.ts';
import type { Structure } from './world.ts';

/** Every works document of a supplier's files that exists at that instant, the others' included. */
const worksAt = ({ invoices, othersDocuments }: State, at: number): Invoice[] =>
  [...invoices.values(), ...othersDocuments.values()].filter(({ works, acceptedAt }) => works && acceptedAt <= at);

export const othersNow = ({ othersDocuments, clock }: State): Invoice[] =>
  [...othersDocuments.values()].filter(({ acceptedAt }) => acceptedAt <= clock.now());

interface Bond {
  after: readonly WorksFrame[];
  /** The statuses in which the document before waits for this one; all if there are none. */
  in: readonly Status[];
  becomes: Status;
}

/** What a document of the supplier follows in a file that is open already. By flux nothing but the contract says so. */
const BONDS: Partial<Record<WorksFrame, Bond>> = {
  A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR: {
    after: ['A20_DECOMPTE_GENERAL_MOA', 'A18_DECOMPTE_GENERAL_MOE'],
    in: ['A_ASSOCIER_FOURNISSEUR'],
    becomes: 'ASSOCIEE',
  },
  A22_PROJET_DECOMPTE_GENERAL_FOURNISSEUR_PROCEDURE_TACITE: {
    after: ['A7_PROJET_DECOMPTE_FINAL_FOURNISSEUR'],
    in: ['DEPOSEE', 'A_ASSOCIER_MOE', 'MISE_A_DISPOSITION_MOE', 'PRISE_EN_COMPTE_MOE'],
    becomes: 'REMPLACEE_PAR_A22',
  },
  A23_DECOMPTE_GENERAL_DEFINITIF_TACITE_FOURNISSEUR: {
    after: ['A22_PROJET_DECOMPTE_GENERAL_FOURNISSEUR_PROCEDURE_TACITE'],
    in: ['A_ASSOCIER_FOURNISSEUR'],
    becomes: 'ASSOCIEE',
  },
};

const isSameContract = (one: Submission, other: Submission) =>
  one.supplier.id === other.supplier.id && one.recipient.id === other.recipient.id && one.market === other.market;

/** @param named the document that it says it follows; by flux it cannot say so */
function before(
  state: State,
  given: Submission,
  { at, named }: Pick<Accepting, 'at' | 'named'>,
): { bond: Bond; one: Invoice } | undefined {
  const bond = isCompanyFrame(given.frame) ? BONDS[given.frame] : undefined;
  const one =
    named ??
    worksAt(state, at).findLast(
      (other) =>
        bond?.after.some((frame) => frame === other.frame) &&
        isSameContract(other, given) &&
        bond.in.includes(statusAt(other, at)),
    );
  return bond && one ? { bond, one } : undefined;
}

/** A project manager that refuses the first draft of a contract accepts the next. */
const replaces = (state: State, given: Submission, at: number) =>
  worksAt(state, at).some(
    (other) => other.frame === given.frame && isSameContract(other, given) && statusAt(other, at) === 'REFUSEE_MOE',
  );

const change = (at: number, status: Status): Change => ({ at, status, comment: null, byAgent: false });

/** Sets a status now; what was planned for its whole file no longer happens. */
export function stop(state: State, document: Invoice, next: Change): void {
  document.timeline = replanned(document.timeline, next.at, [next]);
  for (const [id, { works, acceptedAt }] of state.othersDocuments)
    if (document.works && works?.file === document.works.file && acceptedAt > next.at) state.othersDocuments.delete(id);
}

interface Turn {
  at: number;
  manager: ManagerHabit;
  /**
   * The status with which a document comes back. It does not go to its validator again, and its owner has no objection
   * left.
   */
  back?: Status;
}

interface Deposit {
  frame: WorksFrame;
  suffix: string;
  timeline: Timeline;
}

/** Puts a document of the project manager's or the works owner's into the file of a supplier's. */
function deposit(
  state: State,
  { document, previous }: { document: Invoice; previous: number },
  { frame, suffix, timeline }: Deposit,
): Invoice {
  const id = nextId(state);
  const acceptedAt = timeline[0]?.at ?? 0;
  const place = document.works ?? { file: id, manager: null };
  const deposited: Invoice = {
    ...document,
    ...{ id, frame, timeline, acceptedAt, account: '', fluxNumber: null, attachments: [] },
    number: document.number.slice(0, 20 - suffix.length) + suffix,
    date: isoDay(acceptedAt),
    works: { ...place, author: WORKS[frame].author, previous },
  };
  state.othersDocuments.set(id, deposited);
  return deposited;
}

/**
 * The project manager answers a draft now, or the works owner a draft general statement, and then does nothing: for a
 * test that plays it.
 * @returns undefined if it is neither, or has its answer
 */
export function answerNow(state: State, document: Invoice, at: number): Invoice | undefined {
  const answer = firstAnswerTo(document.frame);
  if (!answer || neighbours(state, document, at).next) return undefined;
  stop(state, document, change(at, 'ASSOCIEE'));
  const timeline = [change(at, 'DEPOSEE')];
  return deposit(state, { document, previous: document.id }, { ...answer, timeline });
}

function plan(state: State, document: Invoice, { at, manager, back }: Turn): void {
  const isFirst = back === undefined;
  const { frame, validator, works } = document;
  if (!works || !isCompanyFrame(frame)) return;
  const scenario = scenarioOf(state, document);
  const objects = scenario === 'to-recycle' || scenario === 'suspended';
  const { own, answers } = courseOf(frame, {
    manager,
    owner: !isFirst && objects ? 'default' : scenario,
    validator: isFirst && needsValidator(frame) ? (validator?.validates ?? 'accepts') : undefined,
  });
  const next = from(at, own);
  document.timeline = isFirst ? next : replanned(document.timeline, at, [change(at, back), ...next.slice(1)]);
  let previous = document.id;
  for (const { frame: answered, suffix, steps } of answers)
    previous = deposit(state, { document, previous }, { frame: answered, suffix, timeline: from(at, steps) }).id;
  if (state.options.worksPayment === 'whole-file') payAll(state, works.file);
}

/** Every document of the file is paid when the last one is. */
function payAll({ invoices, othersDocuments }: State, file: number): void {
  const all = [...invoices.values(), ...othersDocuments.values()].filter(({ works }) => works?.file === file);
  const isPayment = ({ status }: Change) => status === 'MISE_EN_PAIEMENT';
  const payment = all.flatMap(({ timeline }) => timeline.find(isPayment) ?? []).at(-1);
  for (const document of all)
    if (payment && !document.timeline.some(isPayment)) document.timeline = [...document.timeline, payment];
}

/** Creates a works document of a company, in a new billing file or in the one that it goes on with. */
export function acceptWorks(state: State, given: Submission, { account, manager, named, at }: Accepting): Invoice {
  const found = before(state, given, { at, named });
  const habit = manager?.manages ?? 'answers';
  const place = {
    file: found?.one.works?.file ?? nextId(state),
    author: 'FOURNISSEUR',
    manager,
    previous: found?.one.id ?? null,
  } as const;
  const isReplacement = habit === 'refuses' && replaces(state, given, at);
  if (found) stop(state, found.one, change(at, found.bond.becomes));
  const document = accept(state, given, account, at, place);
  plan(state, document, { at, manager: isReplacement ? 'answers' : habit });
  return document;
}

interface Accepting {
  account: string;
  manager: Structure | null;
  /** The document that it follows, if it says so. */
  named?: Invoice | undefined;
  at: number;
}

/** A document that its supplier completed or corrected: this time nobody objects. */
export const resume = (state: State, document: Invoice, at: number, back: Status): void =>
  plan(state, document, { at, manager: 'answers', back });

/** What is visible of the chain at that instant. */
export function neighbours(state: State, { id, works }: Invoice, at: number) {
  const seen = worksAt(state, at);
  return {
    previous: seen.find((other) => other.id === works?.previous),
    next: seen.find((other) => other.works?.previous === id),
  };
}
