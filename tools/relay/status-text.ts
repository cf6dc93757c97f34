/** The list of `npx relay status` as a person reads it, in either language and on a terminal of any width. */
import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { isKnownStatus, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { commandNames } from '../../shared/invoice/invoice-commands.ts';
import { states } from '../../shared/ledger/states.ts';
import { daysBetween } from '../../shared/tracking/retentions.ts';
import type { Language } from '../command-line/command.ts';
import {
  explainedList,
  shortDay,
  spokenAmount,
  spokenDay,
  type TextColumn,
  wrapped,
} from '../command-line/terminal.ts';
import { fieldName } from './field-names.ts';
import type { StatusRow } from './status-row.ts';
import { summary, type Asked } from './status-summary.ts';

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
    field: (name: string) => `Correct in the ERP: ${name}.`,
    newInvoice: 'issue a new invoice with a new number, then acknowledge the rejection: ',
    checks: 'The relay checks; nothing to do.',
    givenUp: (number: string) => `The relay has given it up: docs/runbooks/in-doubt.md, then npx relay retry ${number}`,
    message: ' (message)',
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
    field: (name: string) => `À corriger dans l’ERP : ${name}.`,
    newInvoice: 'émettre une nouvelle facture sous un nouveau numéro, puis ',
    checks: 'Le relais vérifie ; rien à faire.',
    givenUp: (number: string) =>
      `Le relais l’a abandonnée : docs/fr/procedures/factures-en-doute.md, puis npx relay retry ${number}`,
    message: ' (message)',
    retained: (held: string, total: string | undefined) =>
      `Retenue : ${held}${total === undefined ? '' : ` sur ${total} TTC`}. « npx relay retentions » dit jusqu’à quand.`,
    stillRetained: (held: string, atFirst: string) =>
      `Encore retenu : ${held} (à l’origine ${atFirst}). « npx relay retentions » dit jusqu’à quand.`,
    creditNote: ' (avoir)',
    request: (type: string) => `Demande refusée : ${type}`,
  },
} as const;

interface Reading {
  language: Language;
  /** The calendar day in Paris: ISO. */
  today: string | undefined;
}

/** The first words of what the status means, without the explanation that follows them. */
export function labelOf(
  { status, state, request }: Pick<StatusRow, 'status' | 'state' | 'request'>,
  language: Language,
): string {
  if (request !== undefined) return texts[language].request(request);
  if (status !== undefined && !isKnownStatus(status)) return status;
  const [label = ''] = (status === undefined ? states[state] : meaningOf(status))[language].split(/ : |: |, /);
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

function shownNumber({ about, type, number, messageId, file }: StatusRow, language: Language): string {
  if (about === 'message') return `${number ?? file ?? messageId ?? ''}${texts[language].message}`;
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

function dueOf({ dueDate, expectedDue, late }: StatusRow, { language, today }: Reading): string[] {
  const { due, expected, late: wasDue } = texts[language];
  const day = spokenDay(dueDate ?? '', language);
  if (dueDate !== undefined && late) return [wasDue(day, today === undefined ? today : daysBetween(dueDate, today))];
  if (dueDate !== undefined) return [due(day)];
  return expectedDue === undefined ? [] : [expected(spokenDay(expectedDue, language))];
}

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
function toDo({ answer, dismissed, state, ...row }: StatusRow, language: Language): string[] {
  const text = texts[language];
  if (dismissed) {
    const on = spokenDay(parisDay(new Date(dismissed.at)), language);
    const status = state === 'followed' ? labelOf({ state, ...row }, language) : '';
    return [text.dismissed(dismissed.by, on, dismissed.why ?? '', status)];
  }
  if (state === 'in-doubt')
    return [row.needsAction ? text.givenUp(`${row.connection} ${row.number ?? ''}`) : text.checks];
  if (answer === undefined) return [];
  const before = answer === 'invoice.acknowledge-rejection' ? text.newInvoice : '';
  return [`→ ${before}${language === 'fr' ? `${commandNames[answer].fr} (${answer})` : answer}`];
}

/** With the field as an accountant calls it, in place of its path or after the sentence. */
function withField(sentence: string, path: string, language: Language): string {
  const name = path === '' ? undefined : fieldName(path, language);
  if (name === undefined) return sentence;
  return sentence.includes(path)
    ? sentence.replaceAll(path, `« ${name} »`)
    : `${sentence} ${texts[language].field(name)}`;
}

/** Below its row: what it means, each reason with its field, dates, and the command that the ERP sends. */
function explanation(row: StatusRow, reading: Reading): string[] {
  const { motive, reasons } = row;
  const { language } = reading;
  const text = texts[language];
  const label = labelOf(row, language);
  return [
    ...row[language].flatMap((sentence) => {
      const at = reasons.find((one) => one[language] === sentence)?.path ?? '';
      return sentence === label ? [] : [withField(sentence, at, language)];
    }),
    ...(motive === undefined ? [] : [`${text.motive}${motive}`]),
    ...dueOf(row, reading),
    ...retainedOf(row, language),
    ...(row.paymentUnknown ? [text.paymentUnknown] : []),
    ...toDo(row, language),
  ];
}

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenStatus(
  rows: readonly StatusRow[],
  language: Language,
  width = Infinity,
  { today, ...asked }: { today?: string } & Asked = {},
): string {
  const end = summary(rows, language, asked).flatMap((line) => wrapped(line, width));
  if (rows.length === 0) return end.join('\n');
  const list = explainedList(columns(language), rows, {
    language,
    width,
    explain: (row) => explanation(row, { language, today }),
  });
  return [...list, '', ...end].join('\n');
}
