import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithExisting } from '../../../functions/submit-invoice/draft.ts';
import { recordSchema, type State } from '../../../shared/ledger/record.ts';
import { transitions, type Origin } from '../../../shared/ledger/states.ts';
import { recordIn, stateNames } from '../ledger/records.ts';

const claimable: readonly Origin[] = transitions.claim.from;

interface Meeting {
  sameContent: boolean;
  sameMessage: boolean;
  chorusProId: number | undefined;
}

const meetings = fc.record({
  sameContent: fc.boolean(),
  sameMessage: fc.boolean(),
  chorusProId: fc.constantFrom(7, undefined),
});

function comparison(state: State, { sameContent, sameMessage, chorusProId }: Meeting) {
  // The schema drops what the state does not hold; only a rejected record may be without Chorus Pro's id.
  const existing = recordSchema.parse({
    ...recordIn(state),
    digest: 'a',
    messageIds: ['m-1'],
    ...(state === 'rejected' ? { chorusProId } : {}),
  });
  const draft = { digest: sameContent ? 'a' : 'b', messageIds: [sameMessage ? 'm-1' : 'm-2'] };
  return compareWithExisting(existing, draft);
}

const row = (state: State, changes: Partial<Meeting>) =>
  comparison(state, { sameContent: true, sameMessage: false, chorusProId: undefined, ...changes });

describe('how a command meets the record of its invoice', () => {
  it.each<[State, Partial<Meeting>, ReturnType<typeof comparison>]>([
    ['refused', { sameMessage: true }, 'known'],
    ['refused', { sameContent: false }, 'free'],
    ['withheld', { sameMessage: true }, 'known'],
    ['withheld', {}, 'free'],
    ['rejected', {}, 'free'],
    ['rejected', { sameMessage: true }, 'known'],
    ['rejected', { chorusProId: 7 }, 'taken'],
    ['rejected', { chorusProId: 7, sameContent: false }, 'taken'],
    ['accepted', {}, 'waiting'],
    ['accepted', { sameContent: false }, 'taken'],
    ['sending', {}, 'waiting'],
    ['sending', { sameContent: false }, 'taken'],
    ['in-doubt', {}, 'taken'],
    ['in-doubt', { sameMessage: true }, 'known'],
    ['in-doubt', { sameContent: false }, 'taken'],
    ['deposited', {}, 'taken'],
    ['followed', {}, 'taken'],
    ['followed', { sameMessage: true }, 'known'],
    ['followed', { sameContent: false }, 'taken'],
    ['settled', {}, 'taken'],
  ])('%s, %j: %s', (state, changes, expected) => {
    expect(row(state, changes)).toBe(expected);
  });

  it('is never free where an invoice may have come into being, whatever else is so', () => {
    const risky: State[] = ['accepted', 'sending', 'in-doubt', 'deposited', 'followed', 'settled'];
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

  it('is never silent about another message for a living invoice', () => {
    const living: State[] = ['accepted', 'sending', 'in-doubt', 'deposited', 'followed', 'settled'];
    fc.assert(
      fc.property(fc.constantFrom(...living), meetings, (state, meeting) => {
        expect(comparison(state, { ...meeting, sameMessage: false })).not.toBe('known');
      }),
    );
  });
});
