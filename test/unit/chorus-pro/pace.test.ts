import { describe, expect, it } from 'vitest';
import { Pace } from '../../../shared/chorus-pro/guards.ts';

function paced(perSecond: number | undefined) {
  let time = 0;
  const waited: number[] = [];
  const pace = new Pace({
    perSecond,
    now: () => new Date(time),
    wait: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
  });
  return { pace, waited, pass: (ms: number) => (time += ms) };
}

describe('a pace of four calls a second', () => {
  it('gives turns 250 ms apart', async () => {
    const { pace, waited } = paced(4);
    const turns = await Promise.all([pace.turn(9_000, 1), pace.turn(9_000, 1), pace.turn(9_000, 1)]);
    expect(turns).toEqual([true, true, true]);
    expect(waited).toEqual([250, 500]);
  });

  it('does not save up unused turns', async () => {
    const { pace, waited, pass } = paced(4);
    await pace.turn(9_000, 1);
    pass(10_000);
    await pace.turn(9_000, 1);
    expect(waited).toEqual([]);
  });

  it('is slower for a function that has a part of it only', async () => {
    const { pace, waited } = paced(4);
    await Promise.all([pace.turn(9_000, 0.4), pace.turn(9_000, 0.4)]);
    expect(waited).toEqual([625]);
  });

  it('refuses a turn that would come too late, and reserves none', async () => {
    const { pace, waited } = paced(4);
    await pace.turn(9_000, 1);
    expect(await pace.turn(100, 1)).toBe(false);
    expect(await pace.turn(300, 1)).toBe(true);
    expect(waited).toEqual([250]);
  });
});

it('without a configured pace, no call waits', async () => {
  const { pace, waited } = paced(undefined);
  expect(await Promise.all([pace.turn(0, 1), pace.turn(0, 1)])).toEqual([true, true]);
  expect(waited).toEqual([]);
});
