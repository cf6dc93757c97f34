import type { LedgerRecord } from '../../../shared/ledger/record.ts';
import {
  states,
  transitions,
  type Origin,
  type State,
  type Transition,
  type TransitionName,
} from '../../../shared/ledger/states.ts';
import { begin, type Draft } from '../../../shared/ledger/transition.ts';

export const at = new Date('2026-11-23T09:00:00.000Z');
export const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

export const draft = (changes: Partial<Draft> = {}): Draft => ({
  pk: 'invoice#qualification#99910001900010#F-1',
  connection: 'example',
  environment: 'qualification',
  subject: 'example/99910001900010/F-1',
  supplier: '99910001900010',
  number: 'F-1',
  documents: [],
  messageIds: ['message-1'],
  attempts: 0,
  createdAt: at.toISOString(),
  ...changes,
});

/** A record in a given state, as no way of getting there made it. */
export const recordIn = (state: State, changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  ...begin(draft(), { name: 'claim', now: at }).record,
  state,
  ...changes,
});

const isTransitionName = (name: string): name is TransitionName => Object.hasOwn(transitions, name);
const isState = (name: string): name is State => Object.hasOwn(states, name);

export const transitionNames: TransitionName[] = Object.keys(transitions).filter(isTransitionName);
export const stateNames: State[] = Object.keys(states).filter(isState);
export const origins: Origin[] = ['absent', ...stateNames];
/** The table's row, without what `as const` knows of it. */
export const rowOf = (name: TransitionName): Transition => transitions[name];
