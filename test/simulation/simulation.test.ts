import { describe, expect, it } from 'vitest';
import { campaign } from './campaign.ts';
import { mutants } from './mutants.ts';
import { mutated } from './mutate.ts';
import { regressions } from './regressions.ts';
import { storyOf } from './report.ts';
import { run } from './run.ts';
import { scheduleOf } from './schedule.ts';
import { shrink } from './shrink.ts';

/** New ones at each run: a failure names its seed, and `npm run simulate -- --seed N` plays it again. */
const schedules = 2_000;
const enoughForAMutant = 2_000;

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

describe('the proof can fail', () => {
  it.each(mutants)('it catches: $name', async (mutant) => {
    const mutatedRun = await mutated(mutant);
    const { shows = () => true } = mutant;
    for (let seed = 1, played = 0; played < enoughForAMutant; seed += 1) {
      if (!shows(scheduleOf(seed))) continue;
      played += 1;
      const { violations } = await mutatedRun(seed);
      if (violations.length > 0) return;
    }
    expect.fail(`no schedule of ${enoughForAMutant} caught it`);
  });

  it('shrinks a failing schedule to a shorter one that fails too', async () => {
    const [mutant] = mutants;
    if (!mutant) throw new Error('no mutant');
    const mutatedRun = await mutated(mutant);
    let failing = await mutatedRun(1);
    for (let seed = 2; failing.violations.length === 0 || failing.strikes.length < 5; seed += 1)
      failing = await mutatedRun(seed);
    const shortest = await shrink(failing, mutatedRun);
    expect(shortest.violations).not.toEqual([]);
    expect(shortest.strikes.length).toBeLessThan(failing.strikes.length);
  });
});
