import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithExisting } from '../../../functions/submit-invoice/draft.ts';
import { recordSchema, type State } from '../../../shared/ledger/record.ts';
import { transitions, type Origin } from '../../../shared/ledger/states.ts';
import { at, later, recordIn, stateNames } from '../ledger/records.ts';

const now = at.toISOString();
const claimable: readonly Origin[] = transitions.claim.from;

interface Meeting {
  sameContent: boolean;
  sameMessage: boolean;
  lease: 'held' | 'lapsed';
  chorusProId: number | undefined;
}

const meetings = fc.record({
  sameContent: fc.boolean(),
  sameMessage: fc.boolean(),
  lease: fc.constantFrom('held' as const, 'lapsed' as const),
  chorusProId: fc.constantFrom(7, undefined),
});

function comparison(state: State, { sameContent, sameMessage, lease, chorusProId }: Meeting) {
  const until = { held: later(1), lapsed: at }[lease].toISOString();
  // The schema drops what the state does not hold; only a rejected record may be without Chorus Pro's id.
  const existing = recordSchema.parse({
    ...recordIn(state),
    digest: 'a',
    messageIds: ['m-1'],
    lease: { owner: 'o', until },
    ...(state === 'rejected' ? { chorusProId } : {}),
  });
  const draft = { digest: sameContent ? 'a' : 'b', messageIds: [sameMessage ? 'm-1' : 'm-2'] };
  return compareWithExisting(existing, draft, now);
}

const row = (state: State, changes: Partial<Meeting>) =>
  comparison(state, { sameContent: true, sameMessage: false, lease: 'lapsed', chorusProId: undefined, ...changes });

describe('how a command meets the record of its invoice', () => {
  it.each<[State, Partial<Meeting>, ReturnType<typeof comparison>]>([
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
      fc.property(fc.constantFrom(...risky), meetings, (state, meeting) => comparison(state, meeting) !== 'free'),
    );
    fc.assert(fc.property(meetings, (meeting) => comparison('rejected', { ...meeting, chorusProId: 7 }) !== 'free'));
  });

  it('is free only where the ledger lets it be claimed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stateNames), meetings, (state, meeting) => {
        expect(comparison(state, meeting) !== 'free' || claimable.includes(state)).toBe(true);
      }),
    );
  });

  it('is never silent about other content of a living invoice', () => {
    const living: State[] = ['accepted', 'sending', 'in-doubt', 'deposited', 'followed', 'settled'];
    fc.assert(
      fc.property(fc.constantFrom(...living), meetings, (state, meeting) => {
        expect(comparison(state, { ...meeting, sameContent: false })).toBe('other-content');
      }),
    );
  });
});
