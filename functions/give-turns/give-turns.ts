import { createHash } from 'node:crypto';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Turn } from '../../shared/messaging/turn.ts';

/** Which connections have a turn in a minute: decided from their names and the minute alone, without any state. */

/** What it needs to know of a connection. */
export type Polled = Pick<ConnectionSettings, 'name' | 'pollingIntervalMinutes' | 'validations' | 'orders'>;

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
const eachMorning: Rhythm = { what: 'orders', period: aDay, from: 5 * 60, spread: 60 };

const rhythmsOf = ({ pollingIntervalMinutes, validations, orders }: Polled): Rhythm[] => [
  often('statuses', pollingIntervalMinutes),
  ...(validations ? [often('validations', validations.pollingIntervalMinutes)] : []),
  ...(orders?.events ? [eachMorning] : []),
];

/** Spreads the connections evenly; two rhythms of one connection do not coincide. */
const placeOf = (connection: string, { what, from, spread }: Rhythm): number =>
  from + (createHash('sha256').update(`${what}/${connection}`).digest().readUInt32BE() % spread);

/** @param time when its schedule was due, to the minute; without it, every turn is given at once */
export function turnsOf(connections: readonly Polled[], time: Date | undefined): Turn[] {
  const minute = time && Math.floor(time.getTime() / 60_000);
  return connections.flatMap((polled) =>
    rhythmsOf(polled)
      .filter((rhythm) => minute === undefined || minute % rhythm.period === placeOf(polled.name, rhythm))
      .map(({ what }) => ({ connection: polled.name, what, before: 0 })),
  );
}
