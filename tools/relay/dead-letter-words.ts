/** What dead letters, their reasons and their faults are called in a list. */
import type { Language } from '../../shared/invoice/spoken.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { deadLetterReasons, tooOften, type DeadLetterReason } from '../../shared/messaging/dead-letter-reasons.ts';
import { fieldName } from '../../shared/lists/field-names.ts';
import { receivedTooOften } from './dead-letter-queue.ts';

/** By why it is there: what SQS itself gave up on has no reason of the relay. */
const explanations: Readonly<Record<string, (typeof deadLetterReasons)[DeadLetterReason] | typeof tooOften>> = {
  ...deadLetterReasons,
  [receivedTooOften]: tooOften,
};
const unknownReason = {
  fr: 'motif inconnu de cette version',
  en: 'a reason that this version does not know',
  todo: {
    fr: 'utilisez la version de cet outil qui est déployée',
    en: 'use the version of this tool that is deployed',
  },
};

export const explanationOf = (why: string) => explanations[why] ?? unknownReason;

/** What the columns of a list are called. */
export const letterWords = {
  fr: {
    id: 'message',
    why: 'motif',
    connection: 'connexion',
    type: 'commande',
    number: 'facture',
    fault: 'en cause',
    sent: 'envoyé le',
  },
  en: {
    id: 'message id',
    why: 'why',
    connection: 'connection',
    type: 'command',
    number: 'number',
    fault: 'at fault',
    sent: 'sent',
  },
} as const;

/** The reason by its name, which is English; in French in words first, without what follows from it. */
export function spokenWhy(why: string, language: Language): string {
  if (language === 'en') return why;
  const [words = ''] = explanationOf(why).fr.split(' : ');
  return `${words} (${why})`;
}

/** The field, in French in words, or what is wrong with the whole. */
export function placeOf({ path, code }: Reason, language: Language): string {
  if (language === 'en') return path || code;
  return path === '' ? 'le message' : (fieldName(path, 'fr') ?? path);
}
