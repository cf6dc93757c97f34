import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { situationOf } from '../../../functions/submit-invoice/situation.ts';
import { transitions, type Origin, type State } from '../../../shared/ledger/states.ts';
import { at, later, recordIn, stateNames } from '../ledger/records.ts';

const now = at.toISOString();
const claimable: readonly Origin[] = transitions.claim.from;

interface Meeting {
  sameContent: boolean;
  sameMessage: boolean;
  lease: 'held' | 'lapsed' | 'none';
  chorusProId: number | undefined;
}

const meetings = fc.record({
  sameContent: fc.boolean(),
  sameMessage: fc.boolean(),
  lease: fc.constantFrom('held' as const, 'lapsed' as const, 'none' as const),
  chorusProId: fc.constantFrom(7, undefined),
});

function situation(state: State, { sameContent, sameMessage, lease, chorusProId }: Meeting) {
  const until = { held: later(1), lapsed: at, none: undefined }[lease]?.toISOString();
  const existing = recordIn(state, {
    digest: 'a',
    messageIds: ['m-1'],
    ...(until ? { lease: { owner: 'o', until } } : {}),
    ...(chorusProId ? { chorusProId } : {}),
  });
  return situationOf(existing, { digest: sameContent ? 'a' : 'b', messageIds: [sameMessage ? 'm-1' : 'm-2'] }, now);
}

const row = (state: State, changes: Partial<Meeting>) =>
  situation(state, { sameContent: true, sameMessage: false, lease: 'none', chorusProId: undefined, ...changes });

describe('how a command meets the record of its invoice', () => {
  it.each<[State, Partial<Meeting>, ReturnType<typeof situation>]>([
    ['refused', { sameMessage: true }, 'known'],
    ['refused', { sameContent: false }, 'free'],
    ['withheld', { sameMessage: true }, 'known'],
    ['withheld', {}, 'free'],
    ['rejected', {}, 'free'],
    ['rejected', { sameMessage: true }, 'known'],
    ['rejected', { chorusProId: 7 }, 'known'],
    ['rejected', { chorusProId: 7, sameContent: false }, 'other-content'],
    ['accepted', {}, 'free'],
    ['accepted', { sameContent: false }, 'other-content'],
    ['sending', { lease: 'held' }, 'being-sent'],
    ['sending', { lease: 'held', sameContent: false }, 'other-content'],
    ['sending', { lease: 'lapsed' }, 'abandoned'],
    ['sending', { lease: 'none' }, 'abandoned'],
    ['in-doubt', {}, 'known'],
    ['in-doubt', { sameContent: false }, 'other-content'],
    ['deposited', {}, 'known'],
    ['followed', {}, 'known'],
    ['followed', { sameContent: false }, 'other-content'],
    ['settled', {}, 'known'],
  ])('%s, %j: %s', (state, changes, expected) => {
    expect(row(state, changes)).toBe(expected);
  });

  it('is never free where an invoice may have come into being, whatever else is so', () => {
    const risky: State[] = ['sending', 'in-doubt', 'deposited', 'followed', 'settled'];
    fc.assert(
      fc.property(fc.constantFrom(...risky), meetings, (state, meeting) => situation(state, meeting) !== 'free'),
    );
    fc.assert(fc.property(meetings, (meeting) => situation('rejected', { ...meeting, chorusProId: 7 }) !== 'free'));
  });

  it('is free only where the ledger lets it be claimed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stateNames), meetings, (state, meeting) => {
        expect(situation(state, meeting) !== 'free' || claimable.includes(state)).toBe(true);
      }),
    );
  });

  it('is never silent about other content of a living invoice', () => {
    const living: State[] = ['accepted', 'sending', 'in-doubt', 'deposited', 'followed', 'settled'];
    fc.assert(
      fc.property(fc.constantFrom(...living), meetings, (state, meeting) => {
        expect(situation(state, { ...meeting, sameContent: false })).toBe('other-content');
      }),
    );
  });
});
