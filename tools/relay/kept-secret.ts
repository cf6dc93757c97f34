/** Credentials may be stored anew with the Client Secret that was there before: its age goes on. */
import { spokenDay, type Said } from '../../shared/invoice/spoken.ts';
import type { VersionedCredentials } from '../../shared/connection/credentials.ts';
import { dayAfter, daysBetween, pisteSecretDay } from '../../functions/watch-credentials/expiry.ts';
import { noticeOf } from '../../functions/watch-credentials/reminder.ts';

export interface KeptSecret {
  /** ISO date. */
  renewBy: string;
  daysLeft: number;
  /** People are already asked to renew it. */
  isDue: boolean;
}

/** @returns undefined if it is another one, or if its day is not known */
export function keptSecret(
  before: VersionedCredentials | undefined,
  after: VersionedCredentials | undefined,
  { renewalDays, today }: { renewalDays: number; today: string },
): KeptSecret | undefined {
  if (!before || before.pisteClientSecret !== after?.pisteClientSecret) return undefined;
  const made = pisteSecretDay(after);
  if (made === undefined) return undefined;
  const renewBy = dayAfter(made, renewalDays);
  const daysLeft = daysBetween(today, renewBy);
  return { renewBy, daysLeft, isDue: noticeOf(daysLeft) !== undefined };
}

export function saidKept({ renewBy, daysLeft, isDue }: KeptSecret): Said {
  const [fr, en] = [spokenDay(renewBy, 'fr'), spokenDay(renewBy, 'en')];
  const until: Said =
    daysLeft < 0
      ? { fr: `il reste à renouveler depuis le ${fr}`, en: `still to be renewed since ${en}` }
      : { fr: `il est à renouveler avant le ${fr}`, en: `to be renewed by ${en}` };
  const advice: Said = isDue
    ? {
        fr: ' Créez-en un nouveau dans PISTE et relancez la commande ; s’il est plus récent, relancez-la avec sa date de création.',
        en: ' Make a new one at PISTE and run this again; if it is newer than that, run this again with the day it was made on.',
      }
    : { fr: '', en: '' };
  return {
    fr: `Le Client Secret est le même qu’avant : ${until.fr}.${advice.fr}`,
    en: `The Client Secret is the same as before: ${until.en}.${advice.en}`,
  };
}
