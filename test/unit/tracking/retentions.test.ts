/** The arithmetic of what is held, over any series of releases, rejections and repetitions. */
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { heldOf, monthsAfter, overReleased } from '../../../shared/tracking/retentions.ts';
import { recordIn } from '../ledger/records.ts';

const name = 'Retenue de garantie';
const euros = (cents: number): string => Big(cents).div(100).toFixed(2);
const cents = (amount: string): number => Big(amount).times(100).toNumber();

const kept = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 3 });
const tries = fc.array(
  fc.record({
    by: fc.integer({ min: 0, max: 3 }),
    of: fc.integer({ min: 0, max: 1 }),
    cents: fc.integer({ min: 1, max: 100_000_000 }),
    stands: fc.boolean(),
  }),
  { maxLength: 12 },
);
const names = [name, 'Compte prorata'];

describe('what is held', () => {
  it('is what was kept back less what stands of the releases, to the cent, and never less than nothing', async () => {
    await fc.assert(
      fc.asyncProperty(kept, tries, async (amounts, given) => {
        const retentions = amounts.flatMap((one) => names.map((of) => ({ name: of, amount: euros(one) })));
        const releasing = new Map<string, RecordView>();
        const ledger = { get: (pk: string) => Promise.resolve(noted(releasing.get(pk))) };
        const noted = (record: RecordView | undefined) =>
          record && {
            ...recordIn(record.state === 'rejected' ? 'rejected' : 'settled'),
            pk: record.pk,
            releases: record.releases,
          };
        const holder = () => ({ ...recordIn('settled'), pk: 'h', retentions, releasedBy: [...releasing.keys()] });
        for (const { by, of, cents: asked, stands } of given) {
          const pk = `r${by}`;
          const releases = [{ of: 'h', name: names[of] ?? name, amount: euros(asked) }];
          if ((await overReleased(holder(), { pk, releases }, ledger)).length > 0) continue;
          releasing.set(pk, { ...recordIn(stands ? 'settled' : 'rejected'), pk, releases });
        }
        const by = [...releasing.values()];
        const held = heldOf(holder(), by);
        for (const [i, { amount, released, held: left }] of held.entries()) {
          expect(amount).toBe(retentions[i]?.amount);
          expect(cents(released) + cents(left)).toBe(cents(amount));
          expect(cents(left)).toBeGreaterThanOrEqual(0);
        }
        const standing = by.filter(({ state }) => state === 'settled').flatMap(({ releases = [] }) => releases);
        const total = (list: readonly string[]) => list.reduce((sum, one) => sum + cents(one), 0);
        for (const of of names) {
          const own = held.filter((one) => one.name === of).map(({ released }) => released);
          expect(total(own)).toBe(total(standing.filter((one) => one.name === of).map(({ amount }) => amount)));
        }
        // A record that is noted twice counts once.
        expect(heldOf(holder(), by)).toEqual(held);
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  ['2026-11-20', 12, '2027-11-20'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-12-31', 0, '2026-12-31'],
  ['2026-10-31', 1, '2026-11-30'],
])('%s and %i months later: %s', (day, months, later) => {
  expect(monthsAfter(day, months)).toBe(later);
});
