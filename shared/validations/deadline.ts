import type { Progress } from '../chorus-pro/validations.ts';
import { dayMs } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';

/** The fifteen days of a request to validate, in calendar days (ISO): day 0 is that of the deposit. */

const { validationPeriod, validationReminder, validationLastReminder } = timings;

/** What the ERP is told as time passes, from which day on; the most urgent last. */
export const notices = [
  { name: 'requested', from: 0, event: 'requested' },
  { name: 'reminder', from: validationReminder.amount, event: 'due' },
  { name: 'last-reminder', from: validationLastReminder.amount, event: 'due' },
] as const;
export type NoticeName = (typeof notices)[number]['name'];

export const dayOn = (deposited: string, today: string): number => (Date.parse(today) - Date.parse(deposited)) / dayMs;

/** The last day to answer: the fifteenth. */
export const untilOf = (deposited: string): string =>
  new Date(Date.parse(deposited) + validationPeriod.ms).toISOString().slice(0, 10);

/**
 * How a request ended; undefined while it waits. Where nothing says by whose answer it moved on, it was by silence from
 * the fifteenth day on: Chorus Pro may count to the hour.
 */
export function endOf(progress: Progress, day: number): Exclude<Progress, 'waiting' | 'moved-on'> | undefined {
  if (progress === 'waiting') return undefined;
  if (progress === 'moved-on') return day >= validationPeriod.amount ? 'tacit' : 'accepted';
  return progress;
}

/** The fifteenth day is over: the law takes the silence for an acceptance. */
export const isOver = (day: number): boolean => day > validationPeriod.amount;

export const isAtRisk = (day: number): boolean => day >= validationLastReminder.amount;

/** The most urgent notice of this day. A deposit that is dated tomorrow, by a clock that is ahead, is told today. */
export const noticeOn = (day: number): (typeof notices)[number] =>
  notices.findLast(({ from }) => day >= from) ?? notices[0];

const rankOf = (name: NoticeName): number => notices.findIndex((notice) => notice.name === name);

/** Whether this notice says more than the last one that was given. */
export const isNews = (name: NoticeName, told: NoticeName | undefined): boolean =>
  told === undefined || rankOf(name) > rankOf(told);
