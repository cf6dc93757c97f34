import { parisDay } from '../../shared/chorus-pro/dates.ts';

const dayMs = 24 * 3_600_000;

/** Calendar days, ISO: the watcher comes once a day, and neither summer time nor a late start makes it skip or repeat one. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

export const dayOf = (instant: Date | string): string => parisDay(new Date(instant));
