import type { Outcome } from './run.ts';

type Play = (seed: number, only: ReadonlySet<string>) => Promise<Outcome>;

/** At most so many plays: a story that is short enough is better than the shortest. */
const mostPlays = 400;

/**
 * Takes faults away from a failing schedule as long as it fails, first by halves, then one by one, and plays what is left.
 * @returns the shortest failing outcome found
 */
export async function shrink(failing: Outcome, play: Play): Promise<Outcome> {
  let best = failing;
  let plays = 0;
  for (let size = Math.ceil(failing.strikes.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    let from = 0;
    while (from < best.strikes.length && plays < mostPlays) {
      const kept = best.strikes.filter((_, i) => i < from || i >= from + size);
      plays += 1;
      const outcome = await play(failing.seed, new Set(kept.map(({ place }) => place)));
      if (outcome.violations.length > 0 && outcome.strikes.length < best.strikes.length) best = outcome;
      else from += size;
    }
  }
  return best;
}
