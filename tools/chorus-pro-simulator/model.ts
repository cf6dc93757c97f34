/** `createChorusPro`: the simulated Chorus Pro with its gateway, in process. */
import type { Clock } from './time.ts';
import type { Status } from './enumerations.ts';
import { exampleWorld } from './example-world.ts';
import { ACTIONS } from './factures-actions.ts';
import { CONSULTATIONS } from './factures-consult.ts';
import { DEPOSITS } from './factures-deposit.ts';
import { SEARCHES } from './factures-search.ts';
import { FLUXES, settleFluxes } from './flux.ts';
import { handle, type Request, type RequestListener, type Routes } from './gateway.ts';
import { current } from './lifecycle.ts';
import { DEFAULT_OPTIONS, type ModelOptions } from './options.ts';
import { OTHER_APIS } from './other-apis.ts';
import type { CallCounts } from './operation.ts';
import { ORDERS } from './orders.ts';
import { PAYMENT_REQUESTS } from './payment-requests.ts';
import { createState, documentOf, numberKey, type Invoice } from './state.ts';
import { STRUCTURES } from './structures.ts';
import { deposit, type Asked } from './subcontractors.ts';
import { VALIDATORS } from './validators.ts';
import type { Reply } from './replies.ts';
import { WORKS_ANSWERS } from './works-answers.ts';
import { WORKS_DIRECTORY } from './works-directory.ts';
import { answerNow, othersNow, stop } from './works-life.ts';
import { WORKS_SEARCH } from './works-search.ts';
import type { World } from './world.ts';

const OPERATIONS = new Map(
  [
    ...DEPOSITS,
    ...FLUXES,
    ...SEARCHES,
    ...CONSULTATIONS,
    ...ACTIONS,
    ...VALIDATORS,
    ...STRUCTURES,
    ...ORDERS,
    ...OTHER_APIS,
    PAYMENT_REQUESTS,
    ...WORKS_ANSWERS,
    ...WORKS_DIRECTORY,
    WORKS_SEARCH,
  ].map((operation) => [`${operation.method} ${operation.path}`, operation]),
);

/** Paths of the operations that change something. */
export const CHANGING_PATHS: ReadonlySet<string> = new Set(
  [...OPERATIONS.values()].filter(({ changes }) => changes).map(({ path }) => path),
);

export interface Accepted {
  supplierSiret: string;
  number: string;
  id: number;
  via: Invoice['via'];
  at: number;
}

interface OthersDocument {
  id: number;
  number: string;
  status: Status;
  since: number;
}

interface Effects {
  /** How many invoices came into being, by `<supplier SIRET>/<number>`: more than one is a double submission. */
  invoices: Record<string, number>;
  /** Drafts that deposer/pdf left and no soumettre took up. */
  unusedDrafts: number;
  /** By path: calls that reached Chorus Pro, and those with codeRetour 0. */
  calls: CallCounts;
  completed: CallCounts;
  /** The answers to each request to validate that took effect, by Chorus Pro's id. */
  answers: Record<number, string[]>;
  /** Calls with a wrong technical account: a real one may be locked after some. */
  failedLogins: number;
}

export interface ChorusPro {
  handle(request: Request): Reply;
  readonly effects: Effects;
  accepted(): Accepted[];
  /** The invoice as Chorus Pro knows it now, whatever the search shows. */
  invoice(
    idOrNumber: number | string,
  ): { status: Status; since: number; comment: string | null; recipientSiret: string } | undefined;
  /** A subcontractor deposits an invoice that its main contractor must validate. @returns its id */
  askValidation(asked: Asked): number;
  /** What project managers and works owners have deposited in suppliers' billing files. */
  othersDocuments(): OthersDocument[];
  /**
   * The project manager answers a draft now, or the works owner a draft general statement.
   * @returns whether it was one without an answer
   */
  answerDraft(idOrNumber: number | string): boolean;
  /** Puts an invoice in a status now; what was planned for it no longer happens. */
  setStatus(idOrNumber: number | string, status: Status, comment?: string): void;
  /** Called with each parsed request: no headers, so no credentials. */
  observe(listener: RequestListener): void;
  /** A test may change these options at any time. */
  readonly options: ModelOptions;
  /** A test may change the world too. */
  readonly world: World;
  readonly clock: Clock;
}

interface Given {
  clock: Clock;
  world?: World;
  options?: Partial<ModelOptions>;
}

export function createChorusPro({ clock, world = exampleWorld(), options }: Given): ChorusPro {
  const state = createState(clock, world, { ...DEFAULT_OPTIONS, ...options });
  const routes: Routes = { operations: OPERATIONS, settle: settleFluxes, onRequest: undefined };

  const find = (idOrNumber: number | string): Invoice | undefined => {
    settleFluxes(state);
    return typeof idOrNumber === 'number'
      ? documentOf(state, idOrNumber)
      : [...state.invoices.values(), ...othersNow(state)].findLast(({ number }) => number === idOrNumber);
  };
  const accepted = ({ supplier, number, id, via, acceptedAt }: Invoice): Accepted => ({
    supplierSiret: supplier.siret,
    number,
    id,
    via,
    at: acceptedAt,
  });

  return {
    clock,
    world,
    options: state.options,
    handle: (request) => handle(state, request, routes),
    observe: (listener) => {
      routes.onRequest = listener;
    },
    accepted: () => {
      settleFluxes(state);
      return [...state.invoices.values()].map(accepted);
    },
    invoice: (idOrNumber) => {
      const found = find(idOrNumber);
      const change = found?.timeline.findLast(({ at }) => at <= clock.now());
      return (
        found &&
        change && {
          status: change.status,
          since: change.at,
          comment: change.comment,
          recipientSiret: found.recipient.siret,
        }
      );
    },
    askValidation: (asked) => deposit(state, asked, clock.now()),
    othersDocuments: () =>
      othersNow(state).flatMap(({ id, number, timeline }) => {
        const change = current(timeline, clock.now());
        return change ? [{ id, number, status: change.status, since: change.at }] : [];
      }),
    answerDraft: (idOrNumber) => {
      const found = find(idOrNumber);
      return found !== undefined && answerNow(state, found, clock.now()) !== undefined;
    },
    setStatus: (idOrNumber, status, comment) => {
      const found = find(idOrNumber);
      if (!found) throw new Error(`no invoice ${idOrNumber} in the simulator`);
      const at = clock.now();
      stop(state, found, { at, status, comment: comment ?? null, byAgent: true });
    },
    get effects() {
      settleFluxes(state);
      const invoices = [...state.invoices.values()];
      const byKey = Map.groupBy(invoices, ({ supplier, number }) => numberKey(supplier.siret, number));
      return {
        invoices: Object.fromEntries([...byKey].map(([key, same]) => [key, same.length])),
        unusedDrafts: [...state.documents.values()].filter(({ draftId, usedBy }) => draftId !== null && usedBy === null)
          .length,
        calls: { ...state.calls },
        completed: { ...state.completed },
        answers: Object.fromEntries(state.answers),
        failedLogins: state.failedLogins,
      };
    },
  };
}
