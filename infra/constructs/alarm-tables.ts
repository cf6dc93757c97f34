/** The alarms of each connection and of each reason to retry, as tables. Alarms reads them. */
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
/** The function that counts may itself have died. One silent day may only mean that it ran at another hour. */
const unseen = { ...daily, statistic: Stats.SAMPLE_COUNT, threshold: 1, missing: 'is the fault', periods: 2 } as const;

/**
 * The person who renews credentials gets the steps by e-mail; these alarms are for the console.
 * @param twoPolls a span in which each connection is polled twice
 */
export const connectionAlarms = (twoPolls: Duration): readonly ConnectionAlarm[] => [
  {
    ...seen,
    name: 'in-doubt',
    metric: 'DoubtStuck',
    happened: 'An invoice vanished on its way to Chorus Pro time and again',
    todo: 'Find it at DOUBT_STUCK in the log and look on the portal.',
  },
  {
    ...seen,
    name: 'connection-suspended',
    metric: 'ConnectionSuspended',
    happened: 'The credentials were refused and are left alone for a while',
    todo: 'CONNECTION_SUSPENDED in the log says which.',
  },
  {
    ...once,
    name: 'credentials-missing',
    metric: 'CredentialsMissing',
    // Every poll counts it: the alarm rings without a break until there are some.
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
    happened: 'No poll has come to its end for long: no status comes, paid or refused',
    todo: 'POLL_STOPPED in the log says why.',
  },
  {
    ...once,
    name: 'token-failures',
    metric: 'TokenFailures',
    period: twoPolls,
    periods: 2,
    happened: 'PISTE has not given a token for long',
    todo: 'TOKEN_REFUSED in the log says why; see PISTE’s own status page.',
  },
  {
    ...soon,
    name: 'piste-secret-warning',
    metric: 'PisteSecretDaysLeft',
    happened: `The PISTE client secret is to be renewed within ${timings.firstReminder.amount} days`,
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
    happened: `The technical account’s password ends within ${timings.firstReminder.amount} days`,
    todo: 'Renew it on the portal and run npm run credentials.',
  },
  {
    ...due,
    name: 'technical-password-due',
    metric: 'TechnicalPasswordDaysLeft',
    happened: 'The technical account’s password ends today or has ended: Chorus Pro then refuses everything',
    todo: 'Renew it on the portal and run npm run credentials.',
  },
  {
    ...unseen,
    name: 'piste-secret-unwatched',
    page: 'credentials-unwatched',
    metric: 'PisteSecretDaysLeft',
    happened: 'Nobody has counted the days of the PISTE client secret for two days',
    todo: 'See whether watch-credentials runs and whether the secret has a value.',
  },
  {
    ...unseen,
    name: 'technical-password-unwatched',
    page: 'credentials-unwatched',
    metric: 'TechnicalPasswordDaysLeft',
    happened: 'Nobody has known for two days when the technical account’s password ends',
    todo: 'See whether watch-credentials runs; record the password’s date in the secret.',
  },
];

/** Reasons to wait that do not go away by themselves, and after how many hours in a row a person is called. */
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
