/** Tables of the alarms for each connection, function and reason to retry. alarms.ts creates them. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { timings } from '../../shared/facts/timings.ts';
import { retryReasons, type RetryReason } from '../../shared/messaging/retry-reasons.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import type { Missing } from './alarm.ts';
import { whatRecursWithin, type Window } from './alarm-window.ts';
import type { FunctionsByName } from './relay-functions.ts';

interface ConnectionAlarm {
  name: string;
  metric: MetricName;
  window: Window;
  statistic: string;
  threshold: number;
  rings: 'above' | 'below';
  missing: Missing;
  /** What happened and what to do; the connection's name follows. */
  happened: string;
  todo: string;
}

const counted = { statistic: Stats.SUM, threshold: 1, rings: 'above', missing: 'is no fault' } as const;

const hoursOf = (span: { ms: number }): number => Math.ceil(span.ms / 3_600_000);

/** Credentials are watched once a day. The highest figure counts: another call shows at once that they were renewed. */
const newest = {
  window: { period: Duration.days(1), periods: 1 },
  statistic: Stats.MAXIMUM,
  rings: 'below',
  missing: 'changes nothing',
} as const;
const soon = { ...newest, threshold: timings.firstReminder.amount + 1 } as const;
const due = { ...newest, threshold: 1 } as const;

/**
 * The person who renews credentials gets instructions by e-mail; these alarms are for the console.
 * @param twoPolls a number of hours in which the connection is polled twice
 */
export const connectionAlarms = (twoPolls: number): readonly ConnectionAlarm[] => [
  {
    ...counted,
    name: 'in-doubt',
    metric: 'DoubtStuck',
    // An invoice that stays in doubt is counted once a day.
    window: whatRecursWithin(hoursOf(timings.stuckPause) + twoPolls),
    happened: 'An invoice was lost on its way to Chorus Pro several times',
    todo: 'Search the log for DOUBT_STUCK, DOUBT_LASTS and FILE_INCIDENT, then look for the invoice on the portal.',
  },
  {
    ...counted,
    name: 'connection-suspended',
    metric: 'ConnectionSuspended',
    // Refused credentials are tried again, and counted, when the suspension is over.
    window: whatRecursWithin(hoursOf(timings.suspension) + twoPolls),
    happened: 'The credentials were refused; the relay does not use them for a while',
    todo: 'CONNECTION_SUSPENDED in the log says which.',
  },
  {
    ...counted,
    name: 'credentials-missing',
    metric: 'CredentialsMissing',
    window: whatRecursWithin(twoPolls),
    happened: 'There are no credentials in Secrets Manager: nothing is sent or read',
    todo: 'Run npm run credentials.',
  },
  {
    ...soon,
    name: 'piste-secret-warning',
    metric: 'PisteSecretDaysLeft',
    happened: `The PISTE client secret must be renewed within ${timings.firstReminder.amount} days`,
    todo: 'Make a new one at PISTE and run npm run credentials.',
  },
  {
    ...due,
    name: 'piste-secret-due',
    metric: 'PisteSecretDaysLeft',
    happened: 'The PISTE client secret should have been renewed by today',
    todo: 'Make a new one at PISTE and run npm run credentials.',
  },
  {
    ...soon,
    name: 'technical-password-warning',
    metric: 'TechnicalPasswordDaysLeft',
    happened: `The technical account’s password expires within ${timings.firstReminder.amount} days`,
    todo: 'Renew it on the portal and run npm run credentials.',
  },
  {
    ...due,
    name: 'technical-password-due',
    metric: 'TechnicalPasswordDaysLeft',
    happened: 'The technical account’s password expires today or has expired: Chorus Pro then refuses everything',
    todo: 'Renew it on the portal and run npm run credentials.',
  },
  {
    name: 'credentials-unwatched',
    metric: 'ExpiriesUnknown',
    // One unknown day may pass: Chorus Pro says the password's last day, and may be closed that morning.
    window: { period: Duration.days(1), periods: 2 },
    statistic: Stats.MINIMUM,
    threshold: 1,
    rings: 'above',
    missing: 'changes nothing',
    happened: 'For two days it has been unknown when the PISTE secret or the technical password expires',
    todo: 'CREDENTIALS_WATCHED in the log says which is known. Record the other’s date in the secret.',
  },
];

/** The watcher is called once a day; a day has 25 hours in October. */
export const aDay = 26;

interface FunctionAlarms {
  name: string;
  of: keyof FunctionsByName;
  /** Within how many hours it is called again. */
  again: number;
  /** What happens if it fails. */
  effect: string;
  todo?: string;
}

/** @param slowest a number of hours in which every connection is polled twice */
export const functionAlarms = (slowest: number): readonly FunctionAlarms[] => [
  { name: 'submit-invoice', of: 'submitInvoice', again: 1, effect: 'its batch of invoices is delivered again' },
  { name: 'poll-statuses', of: 'pollStatuses', again: slowest, effect: 'statuses come late' },
  { name: 'check-connection', of: 'checkConnection', again: 1, effect: 'connections are not checked' },
  {
    name: 'watch-credentials',
    of: 'watchCredentials',
    again: aDay,
    effect: 'the expiry of the credentials is not watched',
  },
  {
    name: 'rotate-credentials',
    of: 'rotateCredentials',
    again: 1,
    effect: 'the new credentials did not take over; the old ones stay in use',
    todo: 'CREDENTIALS_REFUSED or CREDENTIALS_UNTRIED in its log says why; else it is a fault of the relay itself.',
  },
];

const atOnce = whatRecursWithin(2 * hoursOf({ ms: 1000 * retryReasons['api-not-subscribed'].longest }));
/** A quota that is used up comes back by itself. */
const threeHoursInARow: Window = { period: Duration.hours(1), periods: 3 };

/** Reasons to wait that may not clear by themselves, and when an alarm rings. */
const windowsOf = {
  'api-not-subscribed': atOnce,
  'supplier-detached': atOnce,
  'directory-refused': atOnce,
  throttled: threeHoursInARow,
} as const satisfies Partial<Record<RetryReason, Window>>;

interface RetryAlarm {
  reason: string;
  window: Window;
  happened: string;
  todo: string;
}

export const retryAlarms: readonly RetryAlarm[] = Object.entries(retryReasons).flatMap(([reason, { en, todo }]) => {
  const { [reason]: window }: Partial<Record<string, Window>> = windowsOf;
  return window === undefined ? [] : [{ reason, window, happened: en, todo }];
});
