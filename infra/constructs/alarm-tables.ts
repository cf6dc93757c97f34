/** Tables of the alarms for each connection, function and reason to retry. alarms.ts creates them. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { timings } from '../../shared/facts/timings.ts';
import { retryReasons, type RetryReason } from '../../shared/messaging/retry-reasons.ts';
import { explainedRetries } from '../../shared/messaging/retry-texts.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import type { Missing } from './alarm.ts';
import type { Sentence } from './alarm-description.ts';
import { whatRecursWithin, type Window } from './alarm-window.ts';
import type { FunctionsByName } from './relay-functions.ts';

export interface ConnectionAlarm {
  name: string;
  metric: MetricName;
  window: Window;
  statistic: string;
  threshold: number;
  rings: 'above' | 'below';
  missing: Missing;
  /** What happened and what to do; the connection's name follows. */
  happened: Sentence;
  todo: Sentence;
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
    happened: {
      fr: 'Une facture s’est perdue plusieurs fois en route vers Chorus Pro',
      en: 'An invoice was lost on its way to Chorus Pro several times',
    },
    todo: {
      fr: 'Cherchez DOUBT_STUCK, DOUBT_LASTS et FILE_INCIDENT dans le journal, puis la facture sur le portail.',
      en: 'Search the log for DOUBT_STUCK, DOUBT_LASTS and FILE_INCIDENT, then look for the invoice on the portal.',
    },
  },
  {
    ...counted,
    name: 'connection-suspended',
    metric: 'ConnectionSuspended',
    // Each poll that the suspension prevents is counted.
    window: whatRecursWithin(twoPolls),
    happened: {
      fr: 'Les identifiants ont été refusés ; le relais cesse un moment de les employer',
      en: 'The credentials were refused; the relay does not use them for a while',
    },
    todo: {
      fr: 'CONNECTION_SUSPENDED dans le journal dit lesquels.',
      en: 'CONNECTION_SUSPENDED in the log says which.',
    },
  },
  {
    ...counted,
    name: 'credentials-missing',
    metric: 'CredentialsMissing',
    window: whatRecursWithin(twoPolls),
    happened: {
      fr: 'Il n’y a pas d’identifiants dans Secrets Manager : rien n’est envoyé ni lu',
      en: 'There are no credentials in Secrets Manager: nothing is sent or read',
    },
    todo: { fr: 'Lancez npx relay credentials.', en: 'Run npx relay credentials.' },
  },
  {
    ...soon,
    name: 'piste-secret-warning',
    metric: 'PisteSecretDaysLeft',
    happened: {
      fr: `Le secret client PISTE est à renouveler sous ${timings.firstReminder.amount} jours`,
      en: `The PISTE client secret must be renewed within ${timings.firstReminder.amount} days`,
    },
    todo: {
      fr: 'Créez-en un nouveau dans PISTE, puis lancez npx relay credentials.',
      en: 'Make a new one at PISTE and run npx relay credentials.',
    },
  },
  {
    ...due,
    name: 'piste-secret-due',
    metric: 'PisteSecretDaysLeft',
    happened: {
      fr: 'Le secret client PISTE devrait être renouvelé à ce jour',
      en: 'The PISTE client secret should have been renewed by today',
    },
    todo: {
      fr: 'Créez-en un nouveau dans PISTE, puis lancez npx relay credentials.',
      en: 'Make a new one at PISTE and run npx relay credentials.',
    },
  },
  {
    ...soon,
    name: 'technical-password-warning',
    metric: 'TechnicalPasswordDaysLeft',
    happened: {
      fr: `Le mot de passe du compte technique expire sous ${timings.firstReminder.amount} jours`,
      en: `The technical account’s password expires within ${timings.firstReminder.amount} days`,
    },
    todo: {
      fr: 'Renouvelez-le sur le portail, puis lancez npx relay credentials.',
      en: 'Renew it on the portal and run npx relay credentials.',
    },
  },
  {
    ...due,
    name: 'technical-password-due',
    metric: 'TechnicalPasswordDaysLeft',
    happened: {
      fr: 'Le mot de passe du compte technique expire aujourd’hui ou a expiré : Chorus Pro refuse alors tout',
      en: 'The technical account’s password expires today or has expired: Chorus Pro then refuses everything',
    },
    todo: {
      fr: 'Renouvelez-le sur le portail, puis lancez npx relay credentials.',
      en: 'Renew it on the portal and run npx relay credentials.',
    },
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
    happened: {
      fr: 'Depuis deux jours, on ignore quand expire le secret PISTE ou le mot de passe technique',
      en: 'For two days it has been unknown when the PISTE secret or the technical password expires',
    },
    todo: {
      fr: 'CREDENTIALS_WATCHED dans le journal dit lequel est connu. Notez la date de l’autre dans le secret.',
      en: 'CREDENTIALS_WATCHED in the log says which is known. Record the other’s date in the secret.',
    },
  },
];

/** The watcher is called once a day; a day has 25 hours in October. */
export const aDay = 26;

export interface FunctionAlarms {
  name: string;
  of: keyof FunctionsByName;
  /** Within how many hours it is called again. */
  again: number;
  /** What happens if it fails. */
  effect: Sentence;
  todo?: Sentence;
}

/**
 * @param slowest a number of hours in which every connection is polled twice
 * @param readings the same for the requests to validate
 */
export const functionAlarms = (slowest: number, readings: number): readonly FunctionAlarms[] => [
  {
    name: 'submit-invoice',
    of: 'submitInvoice',
    again: 1,
    effect: { fr: 'son lot de factures est livré de nouveau', en: 'its batch of invoices is delivered again' },
  },
  {
    name: 'give-turns',
    of: 'giveTurns',
    again: 1,
    effect: { fr: 'les états arrivent en retard', en: 'statuses come late' },
  },
  {
    name: 'take-turns',
    of: 'takeTurns',
    again: Math.max(slowest, readings),
    effect: {
      fr: 'les états, les demandes de validation ou les bons de commande arrivent en retard',
      en: 'statuses, requests to validate or orders come late',
    },
  },
  {
    name: 'check-connection',
    of: 'checkConnection',
    again: 1,
    effect: { fr: 'les connexions ne sont pas contrôlées', en: 'connections are not checked' },
  },
  {
    name: 'watch-credentials',
    of: 'watchCredentials',
    again: aDay,
    effect: {
      fr: 'l’expiration des identifiants n’est pas surveillée',
      en: 'the expiry of the credentials is not watched',
    },
  },
  {
    name: 'rotate-credentials',
    of: 'rotateCredentials',
    again: 1,
    effect: {
      fr: 'les nouveaux identifiants n’ont pas pris la relève ; les anciens restent en service',
      en: 'the new credentials did not take over; the old ones stay in use',
    },
    todo: {
      fr: 'CREDENTIALS_REFUSED ou CREDENTIALS_UNTRIED dans son journal dit pourquoi ; sinon, c’est un défaut du relais lui-même.',
      en: 'CREDENTIALS_REFUSED or CREDENTIALS_UNTRIED in its log says why; else it is a fault of the relay itself.',
    },
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
  happened: Sentence;
  todo: Sentence;
}

export const retryAlarms: readonly RetryAlarm[] = explainedRetries.flatMap(({ reason, fr, en, todo }) => {
  const { [reason]: window }: Partial<Record<string, Window>> = windowsOf;
  return window === undefined ? [] : [{ reason, window, happened: { fr, en }, todo }];
});
