/** Tables of the alarms for connections, functions and reasons to retry. alarms.ts creates them. */
import { Duration } from 'aws-cdk-lib';
import { timings } from '../../shared/facts/timings.ts';
import { retryReasons, type RetryReason } from '../../shared/messaging/retry-reasons.ts';
import { explainedRetries } from '../../shared/messaging/retry-texts.ts';
import type { TroubleMetric } from '../../shared/telemetry/telemetry.ts';
import type { Sentence } from './alarm-description.ts';
import { whatRecursWithin, type Window } from './alarm-window.ts';
import type { FunctionsByName } from './functions-by-name.ts';

/** What happened, and what to do. */
interface Told {
  name: string;
  happened: Sentence;
  todo: Sentence;
}

/** Rings for each connection by itself. */
export interface TroubleAlarm extends Told {
  metric: TroubleMetric;
}

const hoursOf = (span: { ms: number }): number => Math.ceil(span.ms / 3_600_000);

const askTheLog = {
  fr: 'POLL_STOPPED dans le journal dit pourquoi.',
  en: 'POLL_STOPPED in the log says why.',
};

export const troubleAlarms: readonly TroubleAlarm[] = [
  {
    name: 'connection-suspended',
    metric: 'ConnectionSuspended',
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
    name: 'credentials-missing',
    metric: 'CredentialsMissing',
    happened: {
      fr: 'Il n’y a pas d’identifiants dans Secrets Manager : rien n’est envoyé ni lu',
      en: 'There are no credentials in Secrets Manager: nothing is sent or read',
    },
    todo: { fr: 'Lancez npx relay credentials.', en: 'Run npx relay credentials.' },
  },
  {
    name: 'polls-stopped',
    metric: 'PollsStopped',
    happened: {
      fr: `Depuis ${timings.standstill.amount} heures, aucune lecture des états n’aboutit, alors que Chorus Pro n’est pas fermé pour toutes les connexions : aucun état n’arrive, ni mise en paiement, ni rejet`,
      en: `For ${timings.standstill.amount} hours no poll has completed, although Chorus Pro is not closed to all connections: no status arrives, neither paid nor refused`,
    },
    todo: askTheLog,
  },
];

/** Of how many connections the daily look at the credentials says this; people are told by mail of each. */
export const dailyAlarms: readonly Told[] = [
  {
    name: 'piste-secret-warning',
    happened: {
      fr: `Un secret client PISTE est à renouveler sous ${timings.firstReminder.amount} jours`,
      en: `A PISTE client secret must be renewed within ${timings.firstReminder.amount} days`,
    },
    todo: {
      fr: 'Créez-en un nouveau dans PISTE, puis lancez npx relay credentials.',
      en: 'Make a new one at PISTE and run npx relay credentials.',
    },
  },
  {
    name: 'piste-secret-due',
    happened: {
      fr: 'Un secret client PISTE aurait dû être renouvelé à ce jour',
      en: 'A PISTE client secret should have been renewed by today',
    },
    todo: {
      fr: 'Créez-en un nouveau dans PISTE, puis lancez npx relay credentials.',
      en: 'Make a new one at PISTE and run npx relay credentials.',
    },
  },
  {
    name: 'technical-password-warning',
    happened: {
      fr: `Le mot de passe d’un compte technique expire sous ${timings.firstReminder.amount} jours`,
      en: `A technical account’s password expires within ${timings.firstReminder.amount} days`,
    },
    todo: {
      fr: 'Renouvelez-le sur le portail, puis lancez npx relay credentials.',
      en: 'Renew it on the portal and run npx relay credentials.',
    },
  },
  {
    name: 'technical-password-due',
    happened: {
      fr: 'Le mot de passe d’un compte technique expire aujourd’hui ou a expiré : Chorus Pro refuse alors tout',
      en: 'A technical account’s password expires today or has expired: Chorus Pro then refuses everything',
    },
    todo: {
      fr: 'Renouvelez-le sur le portail, puis lancez npx relay credentials.',
      en: 'Renew it on the portal and run npx relay credentials.',
    },
  },
  {
    name: 'credentials-unwatched',
    happened: {
      fr: 'Depuis deux jours, on ignore quand expire un secret PISTE ou un mot de passe technique',
      en: 'For two days it has been unknown when a PISTE secret or a technical password expires',
    },
    todo: {
      fr: 'Notez la date manquante dans le secret ; CREDENTIALS_WATCHED dans le journal dit ce qui est connu.',
      en: 'Record the missing date in the secret; CREDENTIALS_WATCHED in the log says what is known.',
    },
  },
];

/** One call of the watcher is enough: another one shows at once that all were renewed. */
export const dailyLook: Window = { period: Duration.days(1), periods: 1 };

/** The watcher is called once a day; a day has 25 hours in October. */
export const aDay = 26;

export interface FunctionAlarms {
  name: string;
  of: keyof FunctionsByName;
  /** Within how many hours it is called again for the same cause. */
  again: number;
  /** What happens if it fails. */
  effect: Sentence;
  todo?: Sentence;
}

/** Hours in which a connection is polled twice, and its requests to validate are read twice. Slower ones ring again. */
export const twoPolls = 2;

export const functionAlarms: readonly FunctionAlarms[] = [
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
    again: twoPolls,
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
      fr: 'les nouveaux identifiants n’ont pas été pris en compte ; les anciens restent en service',
      en: 'the new credentials did not take over; the old ones stay in use',
    },
    todo: {
      fr: 'CREDENTIALS_REFUSED ou CREDENTIALS_UNTRIED dans son journal dit pourquoi ; sinon, c’est un défaut du relais lui-même.',
      en: 'CREDENTIALS_REFUSED or CREDENTIALS_UNTRIED in its log says why; else it is a fault of the relay itself.',
    },
  },
  {
    name: 'desk',
    of: 'desk',
    again: 1,
    effect: {
      fr: 'une page du bureau ne s’affiche pas ; les factures partent et sont suivies',
      en: 'a page of the desk is not shown; invoices are sent and followed',
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
