/** The list of `npx relay status` as a person reads it, in either language and on a terminal of any width. */
import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { isKnownStatus, type KnownStatus, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { commandNames, isInvoiceCommandType } from '../../shared/invoice/invoice-commands.ts';
import { states } from '../../shared/ledger/states.ts';
import type { Language, Said } from '../command-line/command.ts';
import {
  explainedList,
  shortDay,
  spokenAmount,
  spokenDay,
  type TextColumn,
  wrapped,
} from '../command-line/terminal.ts';
import type { StatusRow } from './status-row.ts';
import { beyondLabel, sentencesOf } from './status-sentences.ts';
import { summary, type Asked } from './status-summary.ts';
import { spokenToDo } from './to-do.ts';

const texts = {
  en: {
    heads: ['connection', 'invoice', 'recipient', 'due', 'status', 'since'],
    motive: 'Reason given by the recipient: ',
    due: (day: string) => `Due date: ${day}.`,
    expected: (day: string) => `Expected due date: ${day}, counted from its submission.`,
    late: (day: string, days: number | undefined) =>
      `${days === undefined ? 'Late' : `${days} ${days === 1 ? 'day' : 'days'} late`}: it was to be paid by ${day}.`,
    paymentUnknown: 'The recipient reports no payments to Chorus Pro: look for the payment at the bank.',
    dismissed: (by: string, on: string, why: string, status: string) =>
      `Dismissed by ${by} on ${on}${why && ` (${why})`}: nothing to do.${status && ` To the recipient it still is “${status}”.`}`,
    checks: 'The relay checks; nothing to do.',
    givenUp: (number: string) => `The relay has given it up: docs/runbooks/in-doubt.md, then npx relay retry ${number}`,
    unread: 'no number read',
    messageId: (id: string) => `Message ${id}: "npx relay dismiss" takes this id.`,
    heldBy: (who: string) => `It is with ${who}.`,
    issued: 'The public accountant pays: look for the money at the bank.',
    toDo: (count: number) => `To do today (${count})`,
    rest: (count: number) => `Nothing to do (${count})`,
    retained: (held: string, total: string | undefined) =>
      `Retained: ${held}${total === undefined ? '' : ` of ${total} with VAT`}. "npx relay retentions" says until when.`,
    stillRetained: (held: string, atFirst: string) =>
      `Still retained: ${held} (${atFirst} at first). "npx relay retentions" says until when.`,
    creditNote: ' (credit note)',
    request: (type: string) => `Request refused: ${type}`,
  },
  fr: {
    heads: ['connexion', 'facture', 'destinataire', 'net à payer', 'état', 'depuis le'],
    motive: 'Motif du destinataire : ',
    due: (day: string) => `Échéance : ${day}.`,
    expected: (day: string) => `Échéance prévue : ${day}, à compter du dépôt.`,
    late: (day: string, days: number | undefined) =>
      `En retard${days === undefined ? '' : ` de ${days} ${days > 1 ? 'jours' : 'jour'}`} : était à payer au plus tard le ${day}.`,
    paymentUnknown: 'Le destinataire n’indique pas ses paiements dans Chorus Pro : vérifiez sur le relevé bancaire.',
    dismissed: (by: string, on: string, why: string, status: string) =>
      `Classée par ${by} le ${on}${why && ` (${why})`} : rien à faire.${status && ` Pour le destinataire, elle reste « ${status} ».`}`,
    checks: 'Le relais vérifie ; rien à faire.',
    givenUp: (number: string) =>
      `Le relais l’a abandonnée : docs/fr/procedures/factures-en-doute.md, puis npx relay retry ${number}`,
    unread: 'numéro non lu',
    messageId: (id: string) => `Message ${id} : « npx relay dismiss » accepte cet identifiant.`,
    heldBy: (who: string) => `Elle est chez ${who}.`,
    issued: 'Le comptable public paie : suivez l’arrivée des fonds sur le relevé bancaire.',
    toDo: (count: number) => `À faire aujourd’hui (${count})`,
    rest: (count: number) => `Rien à faire (${count})`,
    retained: (held: string, total: string | undefined) =>
      `Retenue : ${held}${total === undefined ? '' : ` sur ${total} TTC`}. « npx relay retentions » dit jusqu’à quand.`,
    stillRetained: (held: string, atFirst: string) =>
      `Encore retenu : ${held} (à l’origine ${atFirst}). « npx relay retentions » dit jusqu’à quand.`,
    creditNote: ' (avoir)',
    request: (type: string) => `Demande refusée : ${type}`,
  },
} as const;

/** The first words of what the status means, without the explanation that follows them. */
export function labelOf(
  { status, state, request }: Pick<StatusRow, 'status' | 'state' | 'request'>,
  language: Language,
): string {
  if (request !== undefined)
    return texts[language].request(isInvoiceCommandType(request) ? commandNames[request][language] : request);
  if (status !== undefined && !isKnownStatus(status)) return status;
  const [label = ''] = (status === undefined ? states[state] : meaningOf(status))[language].split(/ : |: |, /);
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

function shownNumber({ about, type, number, file }: StatusRow, language: Language): string {
  if (about === 'message') return number ?? file ?? texts[language].unread;
  return `${number ?? ''}${type === 'credit-note' ? texts[language].creditNote : ''}`;
}

const shownRecipient = ({ recipient, recipientName }: StatusRow): string | undefined =>
  recipientName === undefined ? recipient : `${recipientName} (${recipient ?? ''})`;

function columns(language: Language): readonly TextColumn<StatusRow>[] {
  const [connection, invoice, recipient, due, status, since] = texts[language].heads;
  return [
    { head: '', of: ({ needsAction }) => (needsAction ? '!' : ' ') },
    { head: connection, of: (row) => row.connection },
    { head: invoice, of: (row) => shownNumber(row, language), atMost: 50 },
    { head: recipient, of: shownRecipient, atMost: 60 },
    {
      head: due,
      of: ({ amount, currency }) => (amount === undefined ? undefined : spokenAmount(amount, currency, language)),
      align: 'right',
    },
    { head: status, of: (row) => labelOf(row, language), atMost: 60 },
    { head: since, of: (row) => shortDay(parisDay(new Date(row.since)), language) },
  ];
}

function dueOf({ dueDate, expectedDue, late, daysOverdue }: StatusRow, language: Language): string[] {
  const { due, expected, late: wasDue } = texts[language];
  const day = spokenDay(dueDate ?? '', language);
  if (dueDate !== undefined && late) return [wasDue(day, daysOverdue)];
  if (dueDate !== undefined) return [due(day)];
  return expectedDue === undefined ? [] : [expected(spokenDay(expectedDue, language))];
}

/** A credit note brings none, nor does an invoice that was paid before it was sent. */
const bringsMoney = ({ type, amount, paymentUnknown }: StatusRow): boolean =>
  type !== 'credit-note' && !paymentUnknown && Number(amount) > 0;

/** Who has it: of a works document that is said with who acts next. */
function heldBy(row: StatusRow, language: Language): string[] {
  const { state, status = '', isWorks, isReplaced, needsAction, dismissed } = row;
  const { heldBy: itIsWith, issued } = texts[language];
  if (state === 'settled' && !isReplaced) return bringsMoney(row) ? [issued] : [];
  if (state !== 'followed' || needsAction || (isWorks && !accountant.has(status))) return [];
  if (accountant.has(status)) return [itIsWith(holders['public-accountant'][language])];
  if (row.actor === undefined || row.actor === 'none') return [];
  // What the supplier had to do is done, unless somebody has only dismissed it.
  const who = row.actor === 'supplier' && !dismissed ? 'chorus-pro' : row.actor;
  return [itIsWith(holders[who][language])];
}

/** Where the recipient's accountant has it, who is not the recipient itself. */
const accountant: ReadonlySet<string> = new Set<KnownStatus>(['MISE_A_DISPOSITION_COMPTABLE', 'COMPTABILISEE']);

const holders: Readonly<Record<Exclude<StatusRow['actor'], 'none' | undefined> | 'public-accountant', Said>> = {
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
function whatIsLeft(row: StatusRow, language: Language): string[] {
  const text = texts[language];
  const { dismissed, state } = row;
  if (dismissed) {
    const on = spokenDay(parisDay(new Date(dismissed.at)), language);
    const status = state === 'followed' ? labelOf(row, language) : '';
    return [text.dismissed(dismissed.by, on, dismissed.why ?? '', status)];
  }
  if (state === 'in-doubt' && !row.needsAction) return [text.checks];
  const givenUp = state === 'in-doubt' ? [text.givenUp(`${row.connection} ${row.number ?? ''}`)] : [];
  return [...givenUp, ...spokenToDo(row, language)];
}

/** Below its row: what it means, each reason with its field, dates, and what is to be done, where and until when. */
function explanation(row: StatusRow, language: Language): string[] {
  const { motive, about, number, messageId } = row;
  const text = texts[language];
  const label = labelOf(row, language);
  const isUnread = about === 'message' && number === undefined && messageId !== undefined;
  return [
    ...sentencesOf(row, language).flatMap((sentence) => beyondLabel(sentence, label)),
    ...(motive === undefined ? [] : [`${text.motive}${motive}`]),
    ...[[...dueOf(row, language), ...heldBy(row, language)].join(' ')].filter(Boolean),
    ...retainedOf(row, language),
    ...(row.paymentUnknown ? [text.paymentUnknown] : []),
    ...whatIsLeft(row, language),
    ...(isUnread ? [text.messageId(messageId)] : []),
  ];
}

/** Above the first row of those that wait for somebody, and above the first of the others. */
function titles(rows: readonly StatusRow[], language: Language): (row: StatusRow) => string | undefined {
  const waiting = rows.filter(({ needsAction }) => needsAction);
  const others = rows.filter(({ needsAction }) => !needsAction);
  const { toDo, rest } = texts[language];
  return (row) => {
    if (waiting.length === 0) return undefined;
    if (row === waiting[0]) return toDo(waiting.length);
    return row === others[0] ? rest(others.length) : undefined;
  };
}

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenStatus(
  rows: readonly StatusRow[],
  language: Language,
  width = Infinity,
  asked: Asked = {},
): string {
  const end = summary(rows, language, asked).flatMap((line) => wrapped(line, width));
  if (rows.length === 0) return end.join('\n');
  const list = explainedList(columns(language), rows, {
    ...{ language, width },
    explain: (row) => explanation(row, language),
    title: titles(rows, language),
  });
  return [...list, '', ...end].join('\n');
}
