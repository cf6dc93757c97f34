/** Tables of the alarms for each connection and for each reason to retry. alarms.ts creates them. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { timings } from '../../shared/facts/timings.ts';
import { retryReasons, type RetryReason } from '../../shared/messaging/retry-reasons.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import type { Missing } from './alarm.ts';

interface ConnectionAlarm {
  name: string;
  /** The page of docs/runbooks/alarms/, where several alarms share one. */
  page?: string;
  metric: MetricName;
  period: Duration;
  statistic: string;
  threshold: number;
  rings: 'above' | 'below';
  missing: Missing;
  /** How many periods in a row; one by default. */
  periods?: number;
  /** What happened and what to do; the connection's name follows. */
  happened: string;
  todo: string;
}

const once = { statistic: Stats.SUM, threshold: 1, rings: 'above', missing: 'is no fault' } as const;
const seen = { ...once, period: Duration.minutes(5) } as const;

/** Chorus Pro often closes for a night. */
const sixHours = Duration.hours(6);

/** Credentials are watched once a day. */
const daily = { period: Duration.days(1), rings: 'below' } as const;
const soon = {
  ...daily,
  statistic: Stats.MINIMUM,
  threshold: timings.firstReminder.amount + 1,
  missing: 'changes nothing',
} as const;
const due = { ...soon, threshold: 1 } as const;
/** The function that counts may itself have failed. One silent day may only mean that it ran at another hour. */
const unseen = { ...daily, statistic: Stats.SAMPLE_COUNT, threshold: 1, missing: 'is the fault', periods: 2 } as const;

/**
 * The person who renews credentials gets instructions by e-mail; these alarms are for the console.
 * @param twoPolls a time span in which each connection is polled twice
 */
export const connectionAlarms = (twoPolls: Duration): readonly ConnectionAlarm[] => [
  {
    ...seen,
    name: 'in-doubt',
    metric: 'DoubtStuck',
    happened: 'An invoice was lost on its way to Chorus Pro several times',
    todo: 'Search the log for DOUBT_STUCK, DOUBT_LASTS and FILE_INCIDENT, then look for the invoice on the portal.',
  },
  {
    ...seen,
    name: 'connection-suspended',
    metric: 'ConnectionSuspended',
    happened: 'The credentials were refused; the relay does not use them for a while',
    todo: 'CONNECTION_SUSPENDED in the log says which.',
  },
  {
    ...once,
    name: 'credentials-missing',
    metric: 'CredentialsMissing',
    // Every poll counts it, so the alarm rings without a break until there are credentials.
    period: twoPolls,
    happened: 'There are no credentials in Secrets Manager: nothing is sent or read',
    todo: 'Run npm run credentials.',
  },
  {
    name: 'polls-stopped',
    metric: 'PollsDone',
    period: sixHours.toHours() > twoPolls.toHours() ? sixHours : twoPolls,
    statistic: Stats.SUM,
    threshold: 1,
    rings: 'below',
    missing: 'is the fault',
    happened: 'No poll has completed for a long time: no status arrives, neither paid nor refused',
    todo: 'POLL_STOPPED in the log says why.',
  },
  {
    ...once,
    name: 'token-failures',
    metric: 'TokenFailures',
    period: twoPolls,
    periods: 2,
    happened: 'PISTE has not issued a token for a long time',
    todo: 'TOKEN_REFUSED in the log says why; see PISTE’s own status page.',
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
    ...unseen,
    name: 'piste-secret-unwatched',
    page: 'credentials-unwatched',
    metric: 'PisteSecretDaysLeft',
    happened: 'For two days the age of the PISTE client secret has not been measured',
    todo: 'Check that watch-credentials runs and that the secret has a value.',
  },
  {
    ...unseen,
    name: 'technical-password-unwatched',
    page: 'credentials-unwatched',
    metric: 'TechnicalPasswordDaysLeft',
    happened: 'For two days the expiry date of the technical account’s password has been unknown',
    todo: 'Check that watch-credentials runs, and record the password’s date in the secret.',
  },
];

/** Reasons to wait that may not clear by themselves, and after how many hours in a row an alarm rings. */
const hoursOf = {
  'api-not-subscribed': 1,
  'supplier-detached': 1,
  'directory-refused': 1,
  throttled: 3,
} as const satisfies Partial<Record<RetryReason, number>>;

interface RetryAlarm {
  reason: string;
  hours: number;
  happened: string;
  todo: string;
}

export const retryAlarms: readonly RetryAlarm[] = Object.entries(retryReasons).flatMap(([reason, { en, todo }]) => {
  const { [reason]: hours }: Partial<Record<string, number>> = hoursOf;
  return hours === undefined ? [] : [{ reason, hours, happened: en, todo }];
});
