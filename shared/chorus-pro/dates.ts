/** Dates in French time: Paris's calendar day, and the moments that Chorus Pro writes. */

import { dayMs } from '../facts/fact.ts';

/** Created on first use: creating it takes longer than most of a function's start. */
let parisClock: Intl.DateTimeFormat | undefined;
const inParis = (): Intl.DateTimeFormat =>
  (parisClock ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }));

/** It changes on the hour only: the last one asked for is kept. */
let last = { hour: NaN, offsetMs: 0 };

/** How far Paris is ahead of UTC at this instant (epoch milliseconds), in milliseconds. */
function parisOffsetMs(ms: number): number {
  const hour = Math.floor(ms / 3_600_000);
  if (hour !== last.hour) last = { hour, offsetMs: formattedOffsetMs(ms) };
  return last.offsetMs;
}

function formattedOffsetMs(ms: number): number {
  const part = Object.fromEntries(
    inParis()
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/** How many calendar days of Paris lie between: from 23:00 to 01:00 of the next day, one. */
export const daysApart = (from: Date, to: Date): number =>
  (Date.parse(parisDay(to)) - Date.parse(parisDay(from))) / dayMs;

/** The calendar day in Paris, YYYY-MM-DD: "today" for a French invoice. */
export const parisDay = (instant: Date): string =>
  new Date(instant.getTime() + parisOffsetMs(instant.getTime())).toISOString().slice(0, 10);

const moment = /^([12]\d{3}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Chorus Pro writes dates as ISO date-times, `YYYY-MM-DD` or `YYYY-MM-DD HH:mm`, depending on the service [V-3P PAS,
 * GO]; without a zone it is Paris time [INF].
 * @returns undefined if the text is not a date
 */
export function readMoment(text: string): Date | undefined {
  const [, day, minutes = '00:00', seconds = ':00', zone] = moment.exec(text) ?? [];
  if (!day) return undefined;
  const local = Date.parse(`${day}T${minutes}${seconds}${zone ?? 'Z'}`);
  if (Number.isNaN(local)) return undefined;
  return new Date(zone ? local : local - parisOffsetMs(local - parisOffsetMs(local)));
}
