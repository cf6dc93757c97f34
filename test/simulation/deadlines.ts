import type { Observed } from './invariants.ts';
import { quietFrom, start, type Drop, type Schedule } from './schedule.ts';

/** By when each invoice must be in Chorus Pro, once nothing is in its way any more. */

const minute = 60_000;
const hour = 60 * minute;

/** Nothing but a wrong password was in the way, so no invoice is in doubt, and no function has died. */
export const onlyPasswordWasWrong = ({ wrongPassword, rate, closure, outage, quota }: Schedule): boolean =>
  wrongPassword !== undefined && rate === 0 && !closure && !outage && !quota;

/**
 * How long it may take from the end of all troubles. A doubt about a PDF takes half an hour to settle, and the first
 * trial after an outage may come an hour late, as may a message that waited long. A doubt about a file takes half a
 * day; an incident takes as long, and the file is then processed again.
 */
function allowed(schedule: Schedule, { route }: Drop): { ms: number; after: string } {
  const { fluxProcessingMs, incidentResolvesAfterMs = 0 } = schedule;
  const isFile = route === 'flux';
  if (onlyPasswordWasWrong(schedule))
    return { ms: 10 * minute + (isFile ? fluxProcessingMs : 0), after: 'good credentials were stored' };
  const ms = isFile ? 36 * hour + 2 * (fluxProcessingMs + incidentResolvesAfterMs) : 4 * hour;
  return { ms, after: 'all troubles were over' };
}

/** @returns a check for one run: it lists the invoices whose time has come and that Chorus Pro does not have */
export function watchDeadlines({ schedule, model, now }: Observed): () => string[] {
  const quiet = quietFrom(schedule);
  const open = schedule.drops
    .filter(({ other }) => !other)
    .map((drop) => {
      const { ms, after } = allowed(schedule, drop);
      return { number: drop.number, by: Math.max(quiet, start + drop.at) + ms, ms, after };
    })
    .sort((a, b) => b.by - a.by);
  return () => {
    const late: string[] = [];
    for (let next = open.at(-1); next && next.by < now(); next = open.at(-1)) {
      open.pop();
      const { number, ms, after } = next;
      if (!model.accepted().some((one) => one.number === number))
        late.push(`${number} was not sent within ${Math.round(ms / minute)} minutes after ${after}`);
    }
    return late;
  };
}
