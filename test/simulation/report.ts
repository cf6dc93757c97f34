import type { Outcome } from './run.ts';

/** A failing schedule as a person reads it. */
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
