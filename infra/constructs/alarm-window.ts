/**
 * How far back an alarm looks. The window slides: CloudWatch looks at the last periods every minute, or every hour if
 * they are longer than a day together. It allows a day for periods below an hour, and a week for others.
 */
import { Duration } from 'aws-cdk-lib';

export interface Window {
  period: Duration;
  periods: number;
  /** In how many of the periods it must be so; in all of them if absent. */
  enough?: number;
}

/** In short periods, since CloudWatch looks some periods further back where data is missing. */
export const everywhereIn = (hours: number): Window =>
  hours <= 24 ? { period: Duration.minutes(5), periods: 12 * hours } : { period: Duration.hours(1), periods: hours };

/** An alarm on what recurs at least this often, while its cause lasts, rings once and without a break. */
export const whatRecursWithin = (hours: number): Window => ({ ...everywhereIn(hours), enough: 1 });

/**
 * How far back an alarm with a query may look: hours. [AWS: Limits that apply to alarms based on Metrics Insights] A
 * connection that is polled less often than every 90 minutes rings again at each poll.
 */
const queryReach = 3;

/** For what each poll measures again while a connection is in trouble. */
export const recentPolls: Window = whatRecursWithin(queryReach);

/** Whole hours in which a connection is polled twice. */
export const hoursOfTwoPolls = (pollingIntervalMinutes: number): number => Math.ceil((2 * pollingIntervalMinutes) / 60);
