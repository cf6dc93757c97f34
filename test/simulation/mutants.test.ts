import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';
import { mutated } from './mutate.ts';
import { scheduleOf } from './schedule.ts';
import { shrink } from './failing-schedule.ts';

const enoughForAMutant = 2_000;

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
