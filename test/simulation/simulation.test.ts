import { describe, expect, it } from 'vitest';
import { campaign } from './campaign.ts';
import { regressions } from './regressions.ts';
import { storyOf } from './report.ts';
import { run } from './run.ts';
import { shrink } from './shrink.ts';

/** New ones at each run: a failure names its seed, and `npm run simulate -- --seed N` plays it again. */
const schedules = 2_000;

describe('exactly once, whatever fails and whenever', () => {
  it(`holds over ${schedules} fresh schedules`, async () => {
    const from = Math.floor(Math.random() * 1e9);
    const { failed, schedules: played } = await campaign({ from, schedules });
    const [seed] = failed;
    if (seed !== undefined) throw new Error(storyOf(await shrink(await run(seed), run)));
    expect(played).toBe(schedules);
  });

  it.each(Object.entries(regressions))('seed %s still holds: %s', async (seed) => {
    const outcome = await run(Number(seed));
    expect(outcome.violations, storyOf(outcome)).toEqual([]);
  });

  it('plays the same schedule the same way', async () => {
    const [first, second] = [await run(42), await run(42)];
    expect(first.strikes).toEqual(second.strikes);
    expect(first.story).toEqual(second.story);
  });
});
