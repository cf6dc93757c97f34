import { describe, expect, it } from 'vitest';
import { likelySeeds } from './likely-seeds.ts';
import { mutants, type Mutant } from './mutants.ts';
import { mutated } from './mutate.ts';
import { run } from './run.ts';
import { scheduleOf } from './schedule.ts';
import { shrink } from './failing-schedule.ts';

const enoughForAMutant = 2_000;

/** The likely one first, then all in which the mutant can show. */
function* seedsFor({ name, shows = () => true }: Mutant): Generator<number> {
  const likely = likelySeeds[name];
  if (likely !== undefined) yield likely;
  for (let seed = 1, played = 0; played < enoughForAMutant; seed += 1) {
    if (!shows(scheduleOf(seed))) continue;
    played += 1;
    yield seed;
  }
}

describe('the proof can fail', () => {
  it.each(mutants)('it catches: $name', async (mutant) => {
    const mutatedRun = await mutated(mutant);
    for (const seed of seedsFor(mutant)) {
      const { violations } = await mutatedRun(seed);
      if (violations.length === 0) continue;
      // Only the mistake is caught, and nothing that is wrong without it.
      expect((await run(seed)).violations).toEqual([]);
      if (seed !== likelySeeds[mutant.name]) console.log(`likely-seeds.ts: '${mutant.name}': ${seed},`);
      return;
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
