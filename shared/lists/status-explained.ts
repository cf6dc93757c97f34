/** What is said below a row of the list: what it means, its dates, who has it, and what is to be done. */
import Big from 'big.js';
import { parisDay } from '../chorus-pro/dates.ts';
import type { KnownStatus } from '../chorus-pro/statuses.ts';
import { type Language, type Said, spokenAmount, spokenDay } from '../invoice/spoken.ts';
import { interestSaid } from './interest-said.ts';
import { labelOf } from './status-label.ts';
import type { StatusRow } from './status-row.ts';
import { beyondLabel, sentencesOf } from './status-sentences.ts';
import { spokenToDo } from './to-do.ts';

const texts = {
  en: {
    motive: 'Reason given by the recipient: ',
    due: (day: string) => `Due date: ${day}.`,
    expected: (day: string) => `Expected due date: ${day}, counted from its submission.`,
    late: (day: string, days: number | undefined) =>
      `${days === undefined ? 'Late' : `${days} ${days === 1 ? 'day' : 'days'} late`}: it was to be paid by ${day}.`,
    paymentUnknown: 'The recipient reports no payments to Chorus Pro: look for the payment at the bank.',
    dismissed: (by: string, on: string, why: string, status: string) =>
      `Dismissed by ${by} on ${on}${why && ` (${why})`}: nothing to do.${status && ` To the recipient it still is “${status}”.`}`,
    checks: 'The relay checks; nothing to do.',
    heldBy: (who: string) => `It is with ${who}.`,
    issued: 'The public accountant pays: look for the money at the bank.',
    retained: (held: string, total: string | undefined) =>
      `Retained: ${held}${total === undefined ? '' : ` of ${total} with VAT`}.`,
    stillRetained: (held: string, atFirst: string) => `Still retained: ${held} (${atFirst} at first).`,
  },
  fr: {
    motive: 'Motif du destinataire : ',
    due: (day: string) => `Échéance : ${day}.`,
    expected: (day: string) => `Échéance prévue : ${day}, à compter du dépôt.`,
    late: (day: string, days: number | undefined) =>
      `En retard${days === undefined ? '' : ` de ${days} ${days > 1 ? 'jours' : 'jour'}`} : elle était à payer au plus tard le ${day}.`,
    paymentUnknown: 'Le destinataire n’indique pas ses paiements dans Chorus Pro : vérifiez sur le relevé bancaire.',
    dismissed: (by: string, on: string, why: string, status: string) =>
      `Classée par ${by} le ${on}${why && ` (${why})`} : rien à faire.${status && ` Pour le destinataire, elle reste « ${status} ».`}`,
    checks: 'Le relais vérifie ; rien à faire.',
    heldBy: (who: string) => `Prochain intervenant : ${who}.`,
    issued: 'Le comptable public paie : suivez l’arrivée des fonds sur le relevé bancaire.',
    retained: (held: string, total: string | undefined) =>
      `Retenue : ${held}${total === undefined ? '' : ` sur ${total} TTC`}.`,
    stillRetained: (held: string, atFirst: string) => `Encore retenu : ${held} (à l’origine ${atFirst}).`,
  },
} as const;

function dueOf({ dueDate, expectedDue, late, daysOverdue }: StatusRow, language: Language): string[] {
  const { due, expected, late: wasDue } = texts[language];
  const day = spokenDay(dueDate ?? '', language);
  if (dueDate !== undefined && late) return [wasDue(day, daysOverdue)];
  if (dueDate !== undefined) return [due(day)];
  return expectedDue === undefined ? [] : [expected(spokenDay(expectedDue, language))];
}

/** A credit note brings none, nor does an invoice that was paid before it was sent. */
export const bringsMoney = ({ type, amount, paymentUnknown }: StatusRow): boolean =>
  type !== 'credit-note' && !paymentUnknown && Number(amount) > 0;

/** Who has it now, in the words of a sentence; nobody once it has ended. Of a works document: who acts next says it. */
export function holderOf(row: StatusRow): Said | undefined {
  const { state, status = '', isWorks, needsAction, dismissed, actor } = row;
  if (state !== 'followed') return undefined;
  if (needsAction) return holders.supplier;
  if (accountant.has(status)) return holders['public-accountant'];
  if (isWorks || actor === undefined || actor === 'none') return undefined;
  // What the supplier had to do is done, unless somebody has only dismissed it.
  return holders[actor === 'supplier' && !dismissed ? 'chorus-pro' : actor];
}

/** Nothing where what is to be done says it already. */
function heldBy(row: StatusRow, language: Language): string[] {
  const { heldBy: itIsWith, issued } = texts[language];
  if (row.state === 'settled' && !row.isReplaced) return bringsMoney(row) ? [issued] : [];
  const holder = row.needsAction ? undefined : holderOf(row);
  return holder ? [itIsWith(holder[language])] : [];
}

/** Where the recipient's accountant has it, who is not the recipient itself. */
const accountant: ReadonlySet<string> = new Set<KnownStatus>(['MISE_A_DISPOSITION_COMPTABLE', 'COMPTABILISEE']);

export const holders: Readonly<Record<Exclude<StatusRow['actor'], 'none' | undefined> | 'public-accountant', Said>> = {
  supplier: { fr: 'vous', en: 'you' },
  'project-manager': { fr: 'le maître d’œuvre', en: 'the project manager' },
  'works-owner': { fr: 'le maître d’ouvrage', en: 'the works owner' },
  'public-accountant': { fr: 'le comptable public', en: 'the public accountant' },
  recipient: { fr: 'le destinataire', en: 'the recipient' },
  validator: { fr: 'le valideur', en: 'the validator' },
  'chorus-pro': { fr: 'Chorus Pro', en: 'Chorus Pro' },
};

function retainedOf(row: StatusRow, language: Language): string[] {
  const { retained, retainedAtFirst: atFirst = retained, totalWithVat: total, currency } = row;
  if (retained === undefined || atFirst === undefined || Big(atFirst).eq(0)) return [];
  const spoken = (amount: string) => spokenAmount(amount, currency, language);
  const { retained: whole, stillRetained } = texts[language];
  return retained === atFirst
    ? [whole(spoken(retained), total === undefined ? undefined : spoken(total))]
    : [stillRetained(spoken(retained), spoken(atFirst))];
}

/** What is left to do: nothing once somebody has said so, though Chorus Pro still waits. */
function whatIsLeft(row: StatusRow, language: Language, { givenUp = [], saysToDo = true }: Hints): readonly string[] {
  const text = texts[language];
  const { dismissed, state, needsAction } = row;
  if (dismissed) {
    const on = spokenDay(parisDay(new Date(dismissed.at)), language);
    const status = state === 'followed' ? labelOf(row, language) : '';
    return [text.dismissed(dismissed.by, on, dismissed.why ?? '', status)];
  }
  const toDo = saysToDo ? spokenToDo(row, language) : [];
  if (state !== 'in-doubt') return toDo;
  return needsAction ? [...givenUp, ...toDo] : [text.checks];
}

/** What whoever shows the row says beside it: where more is found, and how to call for it. */
export interface Hints {
  /** After what is retained. */
  retained?: string;
  /** After the interest that has run. */
  claim?: string;
  /** Before what is to be done about an invoice that the relay has given up. */
  givenUp?: readonly string[];
  /** False where what is to be done stands in a column of its own. */
  saysToDo?: boolean;
}

/** Below its row: what it means, each reason with its field, dates, and what is to be done, where and until when. */
export function explained(row: StatusRow, language: Language, hints: Hints = {}): string[] {
  const { motive, paymentUnknown } = row;
  const text = texts[language];
  const label = labelOf(row, language);
  const more = hints.retained === undefined ? '' : ` ${hints.retained}`;
  return [
    ...sentencesOf(row, language).flatMap((sentence) => beyondLabel(sentence, label)),
    ...(motive === undefined ? [] : [`${text.motive}${motive}`]),
    ...[[...dueOf(row, language), ...heldBy(row, language)].join(' ')].filter(Boolean),
    ...interestSaid(row, language),
    ...(row.interest?.run && hints.claim !== undefined ? [hints.claim] : []),
    ...retainedOf(row, language).map((sentence) => `${sentence}${more}`),
    ...(paymentUnknown ? [text.paymentUnknown] : []),
    ...whatIsLeft(row, language, hints),
  ];
}
