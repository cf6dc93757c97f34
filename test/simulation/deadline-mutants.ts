import { onlyPasswordWasWrong } from './deadlines.ts';
import type { Mutant } from './mutants.ts';
import type { Schedule } from './schedule.ts';

const soumettreIsIllForDays = ({ outage, drops }: Schedule): boolean =>
  outage !== undefined &&
  outage.to - outage.from > 24 * 3_600_000 &&
  outage.operation === 'soumettre' &&
  drops.some(({ route }) => route === 'pdf');

/** Mistakes that send nothing twice: after troubles an invoice goes later than promised, or not at all. */
export const deadlineMutants: readonly Mutant[] = [
  {
    name: 'new credentials wait until the suspension of the old ones ends',
    shows: onlyPasswordWasWrong,
    changes: [{ in: 'holds', find: `suspended?.version === version && $now`, put: `suspended !== undefined && $now` }],
  },
  {
    name: 'messages wait ever longer for good credentials',
    shows: onlyPasswordWasWrong,
    changes: [{ in: 'retryReasons.suspended.longest', put: `3600` }],
  },
  {
    name: 'the pauses between trials grow as long as an outage lasts',
    shows: soumettreIsIllForDays,
    changes: [{ in: 'trialAfter', find: `Math.min(first.ms * $growth, $longest)`, put: `first.ms * $growth` }],
  },
  {
    name: 'doubts count while the operation fails for everybody, whose pauses do not grow',
    shows: soumettreIsIllForDays,
    changes: [
      { in: 'nextDoubt.counts', put: `true` },
      { in: 'trialAfter', find: `first.ms * 2 ** $trials`, put: `first.ms` },
    ],
  },
];
