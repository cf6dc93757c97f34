import type { LedgerRecord, RecordIn, State } from '../../../shared/ledger/record.ts';
import { states, transitions, type Transition, type TransitionName } from '../../../shared/ledger/states.ts';
import { begin, move, type InvoiceDraft, type Told, type Write } from '../../../shared/ledger/transition.ts';

/** Records in every state, and the fields that each move requires. */

export const at = new Date('2026-11-23T09:00:00.000Z');
export const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const instant = at.toISOString();

export const draft = (changes: Partial<InvoiceDraft> = {}): InvoiceDraft => ({
  pk: 'invoice#qualification#99910001900010#F-1',
  connection: 'example',
  environment: 'qualification',
  subject: 'example/99910001900010/F-1',
  supplier: '99910001900010',
  number: 'F-1',
  type: 'invoice',
  recipient: '12345678200051',
  amount: '1200.00',
  currency: 'EUR',
  issueDate: '2026-11-20',
  digest: 'd1',
  route: 'pdf',
  terms: { framework: 'A1', vatRegime: 'on-debits', paymentMeans: 'credit-transfer' },
  commandKey: 'received/example/2026-11-23/message-1.json',
  documents: [],
  messageIds: ['message-1'],
  attempts: 0,
  createdAt: instant,
  ...changes,
});

/** @property nextStepAt when the lease ends and the record is due */
export const claim = (of: InvoiceDraft, nextStepAt = later(30), now = at): Write<RecordIn<'sending'>> => {
  const until = nextStepAt.toISOString();
  return begin(of, { name: 'claim', changes: { lease: { until }, nextStepAt: until } }, now);
};

const lease = { until: later(30).toISOString() };
const nextStepAt = later(30).toISOString();
const doubt = { since: instant, why: 'TimeoutError', times: 1 };
const deposit = { depositId: 'DEPOT-1', depositedAt: instant };
const known = { chorusProId: 7, status: { code: 'DEPOSEE', observedAt: instant }, submittedAt: instant };
const reasons = [{ code: 'siret', path: 'invoice.recipient.siret', fr: 'non', en: 'no' }];

const core = {
  ...draft(),
  version: 1,
  writeId: 'write-1',
  sequence: 0,
  outbox: [],
  updatedAt: instant,
};
const open = { openSince: instant };

const records: { [S in State]: RecordIn<S> } = {
  accepted: { ...core, ...open, state: 'accepted', nextStepAt },
  sending: { ...core, ...open, state: 'sending', nextStepAt, lease },
  'in-doubt': { ...core, ...open, state: 'in-doubt', nextStepAt, doubt },
  deposited: { ...core, ...open, state: 'deposited', nextStepAt, ...deposit },
  followed: { ...core, ...open, state: 'followed', nextStepAt, ...known },
  settled: { ...core, state: 'settled', ...known },
  rejected: { ...core, state: 'rejected', ...known },
  refused: { ...core, state: 'refused', reasons },
  withheld: { ...core, state: 'withheld', reasons },
};

/** A record in a given state, built directly and not by moves. */
export const recordIn = <S extends State>(state: S, changes: Partial<RecordIn<S>> = {}): RecordIn<S> => ({
  ...records[state],
  ...changes,
});

/** The fields that a move to each state requires. */
const brought: Record<State, object> = {
  accepted: { nextStepAt },
  sending: { lease, nextStepAt },
  'in-doubt': { doubt, nextStepAt },
  deposited: { ...deposit, nextStepAt },
  followed: { ...known, nextStepAt },
  settled: known,
  rejected: {},
  refused: { reasons },
  withheld: { reasons },
};

/** A move of any record, with the fields that it requires. */
export const moved = (record: LedgerRecord, name: TransitionName, events: readonly Told[] = [], now = at): Write => {
  const { to } = rowOf(name);
  return move(record, { name, changes: to === 'same' ? {} : brought[to], events }, now);
};

/** The first write of a record, by the moves that may create one. */
export const begun = (name: 'claim' | 'refuse' | 'withhold', events: readonly Told[] = [], now = at): Write =>
  name === 'claim'
    ? begin(draft(), { name, changes: { lease, nextStepAt }, events }, now)
    : begin(draft(), { name, changes: { reasons }, events }, now);

/** The moves that create a record. */
export const beginnings = ['claim', 'refuse', 'withhold'] as const;

const isTransitionName = (name: string): name is TransitionName => Object.hasOwn(transitions, name);
const isState = (name: string): name is State => Object.hasOwn(states, name);

export const transitionNames: TransitionName[] = Object.keys(transitions).filter(isTransitionName);
export const stateNames: State[] = Object.keys(states).filter(isState);
/** The row of the table, with its type widened from `as const`. */
export const rowOf = (name: TransitionName): Transition => transitions[name];

/** Every move from every state, allowed or not. */
export const moves = transitionNames.flatMap((name) =>
  stateNames.map((origin): [TransitionName, State] => [name, origin]),
);
export const isAllowed = ([name, origin]: [TransitionName, State]): boolean => rowOf(name).from.includes(origin);
