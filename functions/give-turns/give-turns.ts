import { createHash } from 'node:crypto';
import type { RosterEntry } from '../../shared/connection/roster.ts';
import type { Turn } from '../../shared/messaging/turn.ts';

/** Which connections have a turn in a minute: decided from their names and the minute alone, without any state. */

/** All in minutes. A connection has its turn at a fixed minute of each period, between `from` and `from + spread`. */
interface Rhythm {
  what: Turn['what'];
  period: number;
  from: number;
  spread: number;
}

const often = (what: Turn['what'], period: number): Rhythm => ({ what, period, from: 0, spread: period });

const aDay = 24 * 60;
/** From five o’clock UTC, for an hour: in France from six, and in summer from seven. */
const orderBook: Rhythm = { what: 'orders', period: aDay, from: 5 * 60, spread: 60 };
/** Over so many minutes the mails of all connections are spread. */
export const mailMinutes = 50;
/**
 * From ten past six UTC, after the daily look at the credentials, for fifty minutes: in France from ten past seven, and
 * in summer from ten past eight. The second one is for a mail that the first one could not send.
 */
const mornings: readonly Rhythm[] = [0, 120].map((later) => ({
  what: 'mail',
  period: aDay,
  from: 6 * 60 + 10 + later,
  spread: mailMinutes,
}));

const rhythmsOf = ({ pollingIntervalMinutes, validationsIntervalMinutes, orders, mail }: RosterEntry): Rhythm[] => [
  often('statuses', pollingIntervalMinutes),
  ...(validationsIntervalMinutes === undefined ? [] : [often('validations', validationsIntervalMinutes)]),
  ...(orders ? [orderBook] : []),
  ...(mail ? mornings : []),
];

/** Spreads the connections evenly, and the rhythms of each: they seldom coincide. */
const placeOf = (connection: string, { what, from, spread }: Rhythm): number =>
  from + (createHash('sha256').update(`${what}/${connection}`).digest().readUInt32BE() % spread);

/** @param time when its schedule was due, to the minute; without it, every turn is given at once */
export function turnsOf(roster: readonly RosterEntry[], time: Date | undefined): Turn[] {
  const minute = time && Math.floor(time.getTime() / 60_000);
  const connected = roster.filter(({ state }) => state === 'connected');
  return connected.flatMap((entry) => {
    const due = rhythmsOf(entry).filter(
      (rhythm) => minute === undefined || minute % rhythm.period === placeOf(entry.name, rhythm),
    );
    return [...new Set(due.map(({ what }) => what))].map((what) => ({ connection: entry.name, what, before: 0 }));
  });
}
