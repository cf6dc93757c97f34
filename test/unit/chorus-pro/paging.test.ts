import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../shared/chorus-pro/outcome.ts';
import { allPages, type Page } from '../../../shared/chorus-pro/paging.ts';

const pageOf = (items: readonly number[], size: number, page: number): Page<number> => ({
  items: items.slice((page - 1) * size, page * size),
  pages: Math.ceil(items.length / size),
});

describe('all pages', () => {
  it('are all that there is, in order, each asked for once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (items, size) => {
        const asked: number[] = [];
        const outcome = await allPages((page) => {
          asked.push(page);
          return Promise.resolve<Outcome<Page<number>>>({ kind: 'accepted', value: pageOf(items, size, page) });
        });
        expect(outcome).toEqual({ kind: 'accepted', value: items });
        const pages = Math.max(1, Math.ceil(items.length / size));
        expect(asked).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
      }),
    );
  });

  it.each<Outcome<never>>([
    { kind: 'not-done', reason: 'throttled', retryAfterSeconds: 3 },
    { kind: 'unknown', why: 'HTTP 500' },
    { kind: 'refused', refusal: { operation: 'o', code: 1, message: 'm' } },
  ])('are none when one of them is missing: $kind', async (failure) => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>(
        page === 3 ? failure : { kind: 'accepted', value: { items: [page], pages: 5 } },
      ),
    );
    expect(outcome).toEqual(failure);
  });

  it('grow while they are read', async () => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>({
        kind: 'accepted',
        value: { items: [page], pages: page < 3 ? page + 1 : 3 },
      }),
    );
    expect(outcome).toEqual({ kind: 'accepted', value: [1, 2, 3] });
  });

  it('are not followed for ever', async () => {
    const outcome = await allPages((page) =>
      Promise.resolve<Outcome<Page<number>>>({ kind: 'accepted', value: { items: [page], pages: page + 1 } }),
    );
    expect(outcome).toMatchObject({ kind: 'accepted', value: { length: 1_000 } });
  });
});
