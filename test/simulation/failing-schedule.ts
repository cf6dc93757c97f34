import type { Outcome } from './run.ts';

type Play = (seed: number, only: ReadonlySet<string>) => Promise<Outcome>;

/** The most plays that shrinking may take: a short story soon is better than the shortest one. */
const mostPlays = 400;

/**
 * Takes faults away from a schedule while it still fails, first by halves, then one by one, and plays it with the rest.
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

/** A schedule as a story that a person can read. */
export function storyOf({ seed, violations, strikes, story }: Outcome): string {
  return [
    `seed ${seed}: ${violations.join('; ')}`,
    `  what struck (${strikes.length}):`,
    ...strikes.map(({ place, fault }) => `    ${place}: ${fault}`),
    '  what happened:',
    ...story.map((line) => `    ${line}`),
    `  play it again: npm run simulate -- --seed ${seed}`,
  ].join('\n');
}
