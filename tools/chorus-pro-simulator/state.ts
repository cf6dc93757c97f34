/** All that the simulated Chorus Pro remembers. */
import { isoDay, type Clock } from './time.ts';
import type { FluxState, FluxSyntax, Frame, Status } from './enumerations.ts';
import { current, planned, type ScenarioName, type Timeline } from './lifecycle.ts';
import type { CallCounts, CallPath } from './operation.ts';
import type { FluxContent, ModelOptions } from './options.ts';
import { firstToAct, type WorksAuthor } from './works-frames.ts';
import type { Account, Application, Structure, World } from './world.ts';

interface Amounts {
  net: number;
  vat: number;
  gross: number;
  due: number;
}

export interface AttachmentLink {
  documentId: number;
  linkId: number;
  designation: string;
  type: string;
}

/** What a deposit says, whichever route it came by. */
export interface Submission {
  number: string;
  supplier: Structure;
  recipient: Structure;
  serviceCode: string | null;
  validator: Structure | null;
  via: 'pdf' | 'flux';
  mode: string;
  fluxNumber: string | null;
  documentId: number | null;
  type: 'FACTURE' | 'AVOIR';
  frame: Frame;
  date: string;
  currency: string;
  commitment: string | null;
  market: string | null;
  amounts: Amounts;
  attachments: AttachmentLink[];
  comment: string | null;
}

/** What a works document has besides: its billing file (dossier de facturation), and its place in it. */
export interface WorksPlace {
  file: number;
  author: WorksAuthor;
  manager: Structure | null;
  /** The id of the document that it follows. */
  previous: number | null;
}

export interface Invoice extends Submission {
  works: WorksPlace | null;
  id: number;
  account: string;
  acceptedAt: number;
  timeline: Timeline;
  rejectionHandledAt: number | null;
}

export interface StoredDocument {
  id: number;
  account: string;
  name: string;
  extension: string;
  base64: string;
  /** The INTERPRETEE_OCR draft that deposer/pdf leaves; the invoice takes its id over. */
  draftId: number | null;
  at: number;
  usedBy: number | null;
}

export interface FluxError {
  number: string;
  supplierSiret: string;
  recipientSiret: string;
  message: string;
}

export interface Flux {
  number: string;
  account: string;
  name: string;
  syntax: FluxSyntax;
  at: number;
  endsAt: number;
  file: Buffer;
  outcome: FluxState | null;
  /** Since when it has this outcome. */
  outcomeAt: number;
  errors: FluxError[];
  fault: Extract<FluxContent, { fault: unknown }>['fault'] | null;
}

interface Index {
  bySiret: Map<string, Structure>;
  byId: Map<number, Structure>;
  byLogin: Map<string, Account>;
}

/** Thousands of models share one world: it is indexed once. */
const indexes = new WeakMap<World, Index>();

function indexOf(world: World): Index {
  const found = indexes.get(world);
  if (found) return found;
  const index = {
    bySiret: new Map(world.structures.map((one) => [one.siret, one])),
    byId: new Map(world.structures.map((one) => [one.id, one])),
    byLogin: new Map(world.accounts.map((one) => [one.login, one])),
  };
  indexes.set(world, index);
  return index;
}

/** A structure by its SIRET; one that left the directory still has its own. */
export function structureOf({ index, world }: State, siret: string): Structure | undefined {
  const known = index.bySiret.get(siret);
  if (known) return known;
  const newcomer = world.newcomer?.(siret);
  if (!newcomer) return undefined;
  world.structures.push(newcomer);
  index.bySiret.set(siret, newcomer);
  index.byId.set(newcomer.id, newcomer);
  return newcomer;
}

export interface State {
  clock: Clock;
  world: World;
  index: Index;
  options: ModelOptions;
  tokens: Map<string, { application: Application; expiresAt: number }>;
  invoices: Map<number, Invoice>;
  byNumber: Map<string, Invoice[]>;
  /** What project managers and works owners deposit in suppliers' billing files, from acceptedAt on. */
  othersDocuments: Map<number, Invoice>;
  documents: Map<number, StoredDocument>;
  /** The validators' answers that took effect, by invoice. */
  answers: Map<number, string[]>;
  fluxes: Map<string, Flux>;
  /** Fluxes that have not ended yet, in the order of their ends. */
  pendingFluxes: Flux[];
  /** One sequence for all ids, above int32, so that a client that reads them as int32 fails. */
  sequence: number;
  calls: CallCounts;
  completed: CallCounts;
  failedLogins: number;
  refusals: number;
}

export const createState = (clock: Clock, world: World, options: ModelOptions): State => ({
  clock,
  world,
  index: indexOf(world),
  options,
  tokens: new Map(),
  invoices: new Map(),
  byNumber: new Map(),
  othersDocuments: new Map(),
  documents: new Map(),
  answers: new Map(),
  fluxes: new Map(),
  pendingFluxes: [],
  sequence: 3_000_000_000,
  calls: {},
  completed: {},
  failedLogins: 0,
  refusals: 0,
});

export const nextId = (state: State): number => (state.sequence += 1);

export const count = (counts: CallCounts, path: CallPath) => {
  counts[path] = (counts[path] ?? 0) + 1;
};

/** An invoice by its id, or a document that a project manager or a works owner has deposited by now. */
export function documentOf({ invoices, othersDocuments, clock }: State, id: number): Invoice | undefined {
  const other = othersDocuments.get(id);
  return invoices.get(id) ?? (other && other.acceptedAt <= clock.now() ? other : undefined);
}

export const numberKey = (supplierSiret: string, number: string) => `${supplierSiret}/${number}`;

export const statusAt = (invoice: Invoice, at: number): Status => current(invoice.timeline, at)?.status ?? 'DEPOSEE';

/** As the search and the history write it. */
export const shownStatus = ({ world }: State, status: Status): string => world.shownStatus?.(status) ?? status;

export function scenarioOf({ world }: State, subject: { number: string; supplier: Structure; recipient: Structure }) {
  const { number, supplier, recipient } = subject;
  const seen = { number, supplierSiret: supplier.siret, recipientSiret: recipient.siret };
  return world.scenarioOf?.(seen) ?? recipient.scenario;
}

/** Creates an invoice: the effect that must happen exactly once. */
export function accept(
  state: State,
  submission: Submission,
  account: string,
  at: number,
  works: WorksPlace | null = null,
): Invoice {
  const { frame, validator } = submission;
  const scenario: ScenarioName = scenarioOf(state, submission);
  const validation = needsValidator(frame) ? (validator?.validates ?? 'accepts') : undefined;
  const document = submission.documentId === null ? undefined : state.documents.get(submission.documentId);
  const invoice: Invoice = {
    ...submission,
    works,
    id: document?.draftId ?? nextId(state),
    account,
    acceptedAt: at,
    timeline: planned(at, scenario, validation),
    rejectionHandledAt: null,
  };
  if (document) document.usedBy = invoice.id;
  state.invoices.set(invoice.id, invoice);
  const key = numberKey(invoice.supplier.siret, invoice.number);
  state.byNumber.set(key, [...(state.byNumber.get(key) ?? []), invoice]);
  return invoice;
}

export const needsValidator = (frame: Frame) =>
  frame === 'A9_FACTURE_SOUSTRAITANT' || frame === 'A12_FACTURE_COTRAITANT' || firstToAct(frame) === 'VALIDEUR';

export function isNumberUsed({ byNumber, options }: State, supplierSiret: string, number: string, at: number): boolean {
  if (options.duplicateCheck === 'off') return false;
  const others = byNumber.get(numberKey(supplierSiret, number)) ?? [];
  const rivals =
    options.numbersServe === 'once'
      ? others
      : others.filter(({ acceptedAt }) => isoDay(acceptedAt).slice(0, 4) === isoDay(at).slice(0, 4));
  return rivals.some((other) => !options.reuseAfterRejection || statusAt(other, at) !== 'REJETEE');
}
