import { describe, expect, it } from 'vitest';
import { untilEnded } from '../../../tools/demo/perform.ts';

const day = 24 * 3_600_000;

function fakeCloud() {
  const leaps: number[] = [];
  const cloud = {
    advance: (milliseconds: number) => {
      leaps.push(milliseconds);
      return Promise.resolve();
    },
  };
  return { cloud, elapsed: () => leaps.reduce((sum, leap) => sum + leap, 0) };
}

describe('watching time go by', () => {
  it('stops as soon as everything is over', async () => {
    const { cloud, elapsed } = fakeCloud();
    const watching = { look: () => Promise.resolve(elapsed()), isOver: (at: number) => at >= 3 * day };
    const { view, days } = await untilEnded(cloud, watching);
    expect(view).toBe(days * day);
    expect(days).toBeGreaterThanOrEqual(3);
    expect(days).toBeLessThan(4);
  });

  it('does not move the clock when there is nothing to wait for', async () => {
    const { cloud } = fakeCloud();
    expect(await untilEnded(cloud, { look: () => Promise.resolve('seen'), isOver: () => true })).toEqual({
      view: 'seen',
      days: 0,
    });
  });

  it('gives up after 40 days', async () => {
    const { cloud } = fakeCloud();
    const { days } = await untilEnded(cloud, { look: () => Promise.resolve(0), isOver: () => false });
    expect(days).toBeGreaterThan(39);
    expect(days).toBeLessThanOrEqual(40);
  });

  it('stops at once when it is aborted', async () => {
    const { cloud, elapsed } = fakeCloud();
    const watching = { look: () => Promise.resolve(0), isOver: () => false, signal: AbortSignal.abort() };
    await expect(untilEnded(cloud, watching)).rejects.toThrow();
    expect(elapsed()).toBe(0);
  });
});
