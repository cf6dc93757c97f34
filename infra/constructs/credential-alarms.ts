import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { noticeDays } from '../../functions/watch-credentials/remind.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import type { Missing } from './alarm.ts';

interface CredentialAlarm {
  name: string;
  /** The page of docs/runbooks/alarms/, where several alarms share one. */
  page?: string;
  metric: MetricName;
  statistic: string;
  /** It rings below so many. */
  threshold: number;
  missing: Missing;
  /** Days in a row. */
  periods?: number;
  /** What happened to the connection that is named after it, and what to do. */
  happened: string;
  todo: string;
}

/** Watched once a day. */
export const credentialPeriod = Duration.days(1);

const [firstNotice] = noticeDays;
const soon = { statistic: Stats.MINIMUM, threshold: firstNotice + 1, missing: 'changes nothing' } as const;
const due = { ...soon, threshold: 1 } as const;
/** The watcher itself may have died; one day alone may be its hour of the day. */
const unseen = { statistic: Stats.SAMPLE_COUNT, threshold: 1, missing: 'is the fault', periods: 2 } as const;

/** For each connection. Whoever renews is told the steps by e-mail; these are for the console. */
export const credentialAlarms: readonly CredentialAlarm[] = [
  {
    ...soon,
    name: 'piste-secret-warning',
    metric: 'PisteSecretDaysLeft',
    happened: `The PISTE client secret is to be renewed within ${firstNotice} days`,
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
    happened: `The technical account’s password ends within ${firstNotice} days`,
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
