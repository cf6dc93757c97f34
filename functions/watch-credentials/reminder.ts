import * as z from 'zod';
import { secretNameOf, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { timings } from '../../shared/facts/timings.ts';
import { frenchDate } from '../../shared/invoice/amounts.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { Credential, CredentialsReminder } from '../../shared/messaging/credentials-event.ts';
import {
  mailSubject,
  type EventPublisher,
  type OperationsMessage,
  type TellOperations,
} from '../../shared/messaging/senders.ts';
import { daysBetween } from './expiry.ts';

/** People are reminded this many days before the expiry, on its day, and on each day after it. */
const noticeDays = [
  timings.firstReminder.amount,
  timings.secondReminder.amount,
  timings.thirdReminder.amount,
  timings.lastReminder.amount,
];

/**
 * Which notice is due with this many days left: one of the list, or, from the last day on, the number of days itself.
 */
export const noticeOf = (daysLeft: number): number | undefined =>
  daysLeft <= 0 ? daysLeft : noticeDays.findLast((days) => daysLeft <= days);

const saidSchema = z.object({ due: z.iso.date(), notice: z.int() });

export interface RemindDependencies {
  stage: string;
  memory: Memory;
  publish: EventPublisher<CredentialsReminder>;
  tell: TellOperations;
  now: () => Date;
}

/**
 * Sends each notice once: after a missed day the overdue one, and none on a second run on the same day. The event goes
 * first, because consumers recognise a repetition by its id; only a crash right after the e-mail can send it twice.
 * @returns whether a notice was sent
 */
export async function remind(reminded: Reminded, dependencies: RemindDependencies): Promise<boolean> {
  const { stage, memory, publish, tell, now } = dependencies;
  const { connection, credential, due, daysLeft } = reminded;
  const notice = noticeOf(daysLeft);
  if (notice === undefined) return false;
  const name = `reminder#${connection.name}#${credential}`;
  const said = saidSchema.safeParse(await memory.recall(name)).data;
  if (said && said.notice <= notice && daysBetween(said.due, due) <= timings.sameExpiry.amount) return false;
  await publish([eventOf(reminded, notice, now())]);
  await tell(connection.name, messageOf(reminded, stage));
  await memory.remember(name, { due, notice });
  return true;
}

function eventOf(reminded: Reminded, notice: number, now: Date): CredentialsReminder {
  const { connection, credential, due, daysLeft } = reminded;
  return {
    specversion: '1.0',
    id: `credentials#${connection.name}#${credential}#${due}#${notice}`,
    source: `chorus-relay/${connection.name}`,
    type: 'chorus-relay.credentials.reminder.v1',
    subject: `${connection.name}/-/${credential}`,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      connection: connection.name,
      environment: connection.environment,
      credential,
      due,
      daysLeft,
      actionNeeded: true,
      message: sentencesOf(reminded),
    },
  };
}

interface Wording {
  name: { fr: string; en: string };
  /** In the subject of the mail, where there is room for few words. */
  short: string;
  /** What happens if it is not renewed. */
  else: { fr: string; en: string };
  steps: { fr: readonly string[]; en: readonly string[] };
}

const tryAndReplace = {
  fr: 'Lancez « npx relay credentials {connection} » : le relais essaie la nouvelle valeur auprès de PISTE et de Chorus Pro, et ne remplace l’ancienne ({secret}) que si elle est acceptée.',
  en: 'Run "npx relay credentials {connection}": the relay tries the new value with PISTE and Chorus Pro, and replaces the old one ({secret}) only if it is accepted.',
};
const nothingToResend = {
  fr: 'La nouvelle valeur est prise en compte en cinq minutes au plus ; il n’y a rien à renvoyer.',
  en: 'The functions use the new value within five minutes; nothing needs to be sent again.',
};

/**
 * The paths on the portals are those of an ERP vendor's guide [V-3P, 2020]. We infer that a password is renewed where
 * it was created [INF].
 */
const wordings: Readonly<Record<Credential, Wording>> = {
  'piste-secret': {
    name: { fr: 'secret client PISTE', en: 'PISTE client secret' },
    short: 'secret client PISTE',
    else: {
      fr: 'PISTE conseille de le renouveler tous les trois mois.',
      en: 'PISTE advises a new one every three months.',
    },
    steps: {
      fr: [
        'Sur https://piste.gouv.fr, menu « Applications », ouvrez {application}, onglet « Identifiants Oauth ».',
        'Générez un nouveau secret client. Si PISTE accepte que les deux coexistent, gardez l’ancien pour l’instant.',
        tryAndReplace.fr,
        nothingToResend.fr,
        'Dix minutes plus tard, supprimez l’ancien secret dans PISTE s’il y est encore.',
      ],
      en: [
        'On https://piste.gouv.fr, menu "Applications", open {application}, tab "Identifiants Oauth".',
        'Create a new client secret. If PISTE allows both at once, keep the old one for now.',
        tryAndReplace.en,
        nothingToResend.en,
        'Ten minutes later, delete the old secret at PISTE if it is still there.',
      ],
    },
  },
  'technical-password': {
    name: { fr: 'mot de passe du compte technique', en: 'technical account’s password' },
    short: 'mot de passe technique',
    else: {
      fr: 'Passé cette date, Chorus Pro refuse tout envoi.',
      en: 'After that day Chorus Pro refuses everything.',
    },
    steps: {
      fr: [
        'Sur le portail Chorus Pro, en tant que gestionnaire principal : Activités du gestionnaire, Mes structures, crayon « Modifier la fiche structure », {account}.',
        'Renouvelez son mot de passe et notez-le : il n’est affiché qu’une fois.',
        'Attendez une demi-heure : Chorus Pro ne l’accepte pas plus tôt.',
        tryAndReplace.fr,
        nothingToResend.fr,
      ],
      en: [
        'On the Chorus Pro portal, as main manager: Activités du gestionnaire, Mes structures, pencil "Modifier la fiche structure", {account}.',
        'Renew its password and note it: it is shown only once.',
        'Wait half an hour: Chorus Pro does not accept it before.',
        tryAndReplace.en,
        nothingToResend.en,
      ],
    },
  },
};

export interface Reminded {
  connection: ConnectionSettings;
  credential: Credential;
  due: string;
  daysLeft: number;
}

/** The reminder in one sentence, for the ERP's people. */
function sentencesOf({ connection, credential, due, daysLeft }: Reminded): { fr: string; en: string } {
  const { name, else: otherwise } = wordings[credential];
  const { fr, en } = when(daysLeft);
  return {
    fr: `Connexion ${connection.label} : ${name.fr} à renouveler avant le ${frenchDate(due)} (${fr}). ${otherwise.fr}`,
    en: `Connection ${connection.label}: ${name.en} to be renewed by ${inEnglish(due)} (${en}). ${otherwise.en}`,
  };
}

/** The whole reminder, for the person who renews the credential. */
function messageOf(reminded: Reminded, stage: string): OperationsMessage {
  const { connection, credential, daysLeft } = reminded;
  const { short, steps } = wordings[credential];
  const sentences = sentencesOf(reminded);
  const part = (language: 'fr' | 'en') =>
    [
      sentences[language],
      ...steps[language].map((step, i) => `${i + 1}. ${filled(step, connection, { stage, language })}`),
    ].join('\n');
  return {
    subject: mailSubject(connection.name, {
      fr: `${short}${daysLeft < 0 ? ', ' : ' à renouveler '}${when(daysLeft).fr}`,
      en: `${daysLeft < 0 ? '' : 'renew '}${when(daysLeft).en}`,
    }),
    text: `${part('fr')}\n\n${part('en')}\n`,
  };
}

function when(daysLeft: number): { fr: string; en: string } {
  const count = Math.abs(daysLeft);
  const days = { fr: count === 1 ? '1 jour' : `${count} jours`, en: count === 1 ? '1 day' : `${count} days` };
  if (daysLeft === 0) return { fr: 'aujourd’hui', en: 'today' };
  return daysLeft > 0
    ? { fr: `dans ${days.fr}`, en: `in ${days.en}` }
    : { fr: `échéance dépassée de ${days.fr}`, en: `${days.en} overdue` };
}

const inEnglish = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));

function filled(
  step: string,
  { name, pisteApplication, technicalAccount }: ConnectionSettings,
  { stage, language }: { stage: string; language: 'fr' | 'en' },
) {
  const unnamed = {
    application: { fr: 'l’application de cette connexion', en: 'this connection’s application' },
    account: { fr: 'le compte technique de cette connexion', en: 'this connection’s technical account' },
  };
  const values: Record<string, string> = {
    connection: name,
    secret: secretNameOf(stage, name),
    application: pisteApplication ?? unnamed.application[language],
    account: technicalAccount ?? unnamed.account[language],
  };
  return step.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
