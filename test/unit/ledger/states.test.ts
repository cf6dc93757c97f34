import { describe, expect, it } from 'vitest';
import { recordSchema, type State } from '../../../shared/ledger/record.ts';
import { states, type Origin, type TransitionName } from '../../../shared/ledger/states.ts';
import {
  beginnings,
  begun,
  isAllowed,
  later,
  moved,
  moves,
  recordIn,
  rowOf,
  stateNames,
  transitionNames,
} from './records.ts';

describe('the table of transitions', () => {
  it.each(moves.filter(isAllowed))('%s leads from %s to where it says', (name, origin) => {
    const { record, transition, replaces } = moved(recordIn(origin), name, [], later(1));
    const { to } = rowOf(name);
    expect(record.state).toBe(to === 'same' ? origin : to);
    expect({ transition, replaces }).toEqual({ transition: name, replaces: 1 });
    expect(record.version).toBe(2);
    expect(recordSchema.parse(record)).toEqual(record);
  });

  it.each(moves.filter((step) => !isAllowed(step)))('%s is no move from %s', (name, origin) => {
    expect(() => moved(recordIn(origin), name)).toThrow(`no transition ${name} from ${origin}`);
  });

  it.each(beginnings)('%s makes a record, and one that has ended anew', (name) => {
    const { record, transition, replaces } = begun(name);
    expect(record.state).toBe(rowOf(name).to);
    expect({ transition, replaces, version: record.version }).toEqual({ transition: name, replaces: 0, version: 1 });
    expect(recordSchema.parse(record)).toEqual(record);
  });

  it('lets only these make one', () => {
    expect(transitionNames.filter((name) => rowOf(name).from.includes('absent'))).toEqual([...beginnings]);
  });

  it('records something without moving only where there is something to record', () => {
    const staying = transitionNames.filter((name) => rowOf(name).to === 'same');
    expect(Object.fromEntries(staying.map((name) => [name, rowOf(name).from]))).toEqual({
      'look-again': ['in-doubt'],
      retry: ['in-doubt'],
      remind: ['accepted'],
      repeat: ['accepted', 'in-doubt', 'deposited', 'followed', 'settled', 'rejected'],
      'await-report': ['deposited'],
      watch: ['followed'],
      advance: ['followed', 'settled', 'rejected'],
      'note-release': ['in-doubt', 'deposited', 'followed', 'settled'],
      'note-successor': ['accepted', 'in-doubt', 'deposited', 'followed', 'settled', 'rejected'],
      'note-reminder': ['followed', 'settled'],
      'note-acceptance': ['followed', 'settled'],
      'start-command': ['followed', 'settled', 'rejected'],
      'end-command': ['followed', 'settled', 'rejected'],
      dismiss: ['in-doubt', 'followed', 'rejected', 'refused'],
      publish: stateNames,
    });
  });

  it('leads out of every state that is not an end, and to every state', () => {
    const moving = transitionNames.filter((name) => rowOf(name).to !== 'same');
    for (const state of stateNames) {
      expect(moving.some((name) => rowOf(name).to === state)).toBe(true);
      const leaves = moving.some((name) => rowOf(name).from.includes(state) && rowOf(name).to !== state);
      expect(states[state].final || leaves).toBe(true);
    }
  });

  // Written out once more on purpose: each way too many could send an invoice twice, or lose one.
  it.each<[from: Origin, ways: Partial<Record<State, TransitionName>>]>([
    ['absent', { sending: 'claim', refused: 'refuse', withheld: 'withhold' }],
    ['accepted', { sending: 'claim', refused: 'refuse' }],
    [
      'sending',
      {
        accepted: 'release',
        'in-doubt': 'doubt',
        deposited: 'deposit',
        followed: 'follow',
        settled: 'settle',
        rejected: 'reject',
        refused: 'refuse',
      },
    ],
    ['in-doubt', { accepted: 'resend', followed: 'follow', settled: 'settle', rejected: 'reject', refused: 'refuse' }],
    ['deposited', { 'in-doubt': 'doubt', followed: 'follow', settled: 'settle', rejected: 'reject' }],
    ['followed', { settled: 'settle', rejected: 'reject' }],
    ['settled', { followed: 'reopen', settled: 'settle', rejected: 'reject' }],
    [
      'rejected',
      {
        sending: 'claim',
        withheld: 'withhold',
        refused: 'refuse',
        followed: 'reopen',
        settled: 'settle',
        rejected: 'reject',
      },
    ],
    ['refused', { sending: 'claim', withheld: 'withhold', refused: 'refuse' }],
    ['withheld', { sending: 'claim', withheld: 'withhold', refused: 'refuse' }],
  ])('leads on from %s by these ways, and by no other', (from, ways) => {
    const moving = transitionNames.filter((name) => rowOf(name).to !== 'same' && rowOf(name).from.includes(from));
    expect(Object.fromEntries(moving.map((name) => [rowOf(name).to, name]))).toEqual(ways);
  });
});
