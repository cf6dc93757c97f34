/** The simulator's clock, and the ways in which Chorus Pro writes a date. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface DrivenClock extends Clock {
  advance(milliseconds: number): void;
}

interface Options {
  /** Where the clock starts. */
  start: number;
  /** The clock it follows; without one it stands still until it is advanced. */
  follow?: () => number;
  /** How many times faster than the followed clock: 1440 turns a minute into a day. */
  speed?: number;
}

/** A clock that tests and the demo move; the model never reads the machine's time. */
export function drivenClock({ start, follow, speed = 1 }: Options): DrivenClock {
  const origin = follow?.() ?? 0;
  let advanced = 0;
  return {
    now: () => start + advanced + ((follow?.() ?? origin) - origin) * speed,
    advance: (milliseconds) => {
      advanced += milliseconds;
    },
  };
}

const day = 86_400_000;
/** A French day is `j`: jour. */
const units = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', day],
  ['j', day],
]);

/** `+40d`, `40j`, `12h`, `90m`: a span in milliseconds, of at most 400 days; undefined if it is none. */
export function readSpan(text: string): number | undefined {
  const [, count, unit = ''] = /^\+?(\d{1,6})([a-z])$/.exec(text) ?? [];
  const span = Number(count) * (units.get(unit) ?? NaN);
  return span <= 400 * day ? span : undefined;
}

// Chorus Pro writes its dates in Paris time, in several forms: an ISO date-time, `YYYY-MM-DD` or
// `YYYY-MM-DD HH:mm` according to the service [V-3P].

const HOUR = 3_600_000;

const lastSundayAt0100 = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * 24 * HOUR;
};

const summers = new Map<number, [from: number, to: number]>();

/** The offset of Paris from UTC. By rule, because Intl is slow: the simulation needs it very often. */
function parisOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const summer = summers.get(year) ?? [lastSundayAt0100(year, 2), lastSundayAt0100(year, 9)];
  summers.set(year, summer);
  return at >= summer[0] && at < summer[1] ? 2 * HOUR : HOUR;
}

const local = (at: number) => new Date(at + parisOffset(at)).toISOString();

/** `2026-11-23T10:00:00.000+01:00` */
export const isoDateTime = (at: number) => `${local(at).slice(0, -1)}+0${parisOffset(at) / HOUR}:00`;

/** `2026-11-23` */
export const isoDay = (at: number) => local(at).slice(0, 10);

/** `2026-11-23 10:00` */
export const dayAndMinute = (at: number) => local(at).slice(0, 16).replace('T', ' ');

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$/;

/** Reads a day or a date-time; a day means its first instant, or its last at the end of a period. */
export function readMoment(text: string, end: 'first' | 'last' = 'first'): number | undefined {
  const found = MOMENT.exec(text);
  if (!found) return undefined;
  const number = (group: number) => Number(found[group] ?? 0);
  const day = Date.UTC(number(1), number(2) - 1, number(3));
  if (new Date(day).getUTCDate() !== number(3) || new Date(day).getUTCMonth() !== number(2) - 1) return undefined;
  if (number(4) > 23 || number(5) > 59 || number(6) > 59) return undefined;
  const dayOnly = found[4] === undefined;
  const millisecond = Number(`0.${found[7] ?? '0'}`) * 1000;
  const inDay = dayOnly && end === 'last' ? 24 * HOUR - 1 : number(4) * HOUR + number(5) * 60_000 + number(6) * 1000;
  const wall = day + inDay + Math.trunc(millisecond);
  if (found[8] === 'Z') return wall;
  if (found[9] === undefined) return wall - parisOffset(wall - parisOffset(wall));
  return wall - (found[9] === '-' ? -1 : 1) * (number(10) * HOUR + number(11) * 60_000);
}

/** `20261123` or `2026-11-23`, as XML invoices write it, to `2026-11-23`. */
export const dayOfXml = (text: string) => text.trim().replace(/^(\d{4})-?(\d{2})-?(\d{2}).*$/, '$1-$2-$3');
