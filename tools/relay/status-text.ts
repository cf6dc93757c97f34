/** The list of `npx relay status` as a person reads it, in either language and on a terminal of any width. */
import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { isKnownStatus, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { commandNames } from '../../shared/invoice/invoice-commands.ts';
import { states } from '../../shared/ledger/states.ts';
import type { Language } from '../command-line/command.ts';
import {
  explainedList,
  shortDay,
  spokenAmount,
  spokenDay,
  spokenSum,
  type TextColumn,
  wrapped,
} from '../command-line/terminal.ts';
import type { StatusRow } from './status-row.ts';

const texts = {
  en: {
    heads: ['connection', 'invoice', 'recipient', 'due', 'status', 'since'],
    motive: 'Reason given by the recipient: ',
    due: (day: string) => `Due date: ${day}.`,
    expected: (day: string) => `Expected due date: ${day}, counted from its submission.`,
    late: (day: string) => `Late: it was to be paid by ${day}.`,
    paymentUnknown: 'The recipient reports no payments to Chorus Pro: look for the payment at the bank.',
    dismissed: (by: string, on: string) => `Dismissed by ${by} on ${on}.`,
    message: ' (message)',
    retained: (held: string, total: string | undefined) =>
      `Retained: ${held}${total === undefined ? '' : ` of ${total} with VAT`}. "npx relay retentions" says until when.`,
    creditNote: ' (credit note)',
    request: (type: string) => `Request refused: ${type}`,
  },
  fr: {
    heads: ['connexion', 'facture', 'destinataire', 'net à payer', 'état', 'depuis le'],
    motive: 'Motif du destinataire : ',
    due: (day: string) => `Échéance : ${day}.`,
    expected: (day: string) => `Échéance prévue : ${day}, à compter du dépôt.`,
    late: (day: string) => `En retard : était à payer au plus tard le ${day}.`,
    paymentUnknown: 'Le destinataire n’indique pas ses paiements dans Chorus Pro : vérifiez sur le relevé bancaire.',
    dismissed: (by: string, on: string) => `Classée par ${by} le ${on}.`,
    message: ' (message)',
    retained: (held: string, total: string | undefined) =>
      `Retenue : ${held}${total === undefined ? '' : ` sur ${total} TTC`}. « npx relay retentions » dit jusqu’à quand.`,
    creditNote: ' (avoir)',
    request: (type: string) => `Demande refusée : ${type}`,
  },
} as const;

/** The first words of what the status means, without the explanation that follows them. */
export function labelOf({ status, state, request }: StatusRow, language: Language): string {
  if (request !== undefined) return texts[language].request(request);
  if (status !== undefined && !isKnownStatus(status)) return status;
  const [label = ''] = (status === undefined ? states[state] : meaningOf(status))[language].split(/ : |: |, /);
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

function shownNumber({ about, type, number, messageId }: StatusRow, language: Language): string {
  if (about === 'message') return `${number ?? messageId ?? ''}${texts[language].message}`;
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

function dueOf({ dueDate, expectedDue, late }: StatusRow, language: Language): string[] {
  const { due, expected, late: wasDue } = texts[language];
  if (dueDate !== undefined) return [(late ? wasDue : due)(spokenDay(dueDate, language))];
  return expectedDue === undefined ? [] : [expected(spokenDay(expectedDue, language))];
}

function retainedOf({ retained, totalWithVat: total, currency }: StatusRow, language: Language): string[] {
  if (retained === undefined || Big(retained).eq(0)) return [];
  const spoken = (amount: string) => spokenAmount(amount, currency, language);
  return [texts[language].retained(spoken(retained), total === undefined ? undefined : spoken(total))];
}

/** Below its row: what it means, each reason with its field, dates, and the command that the ERP sends. */
function explanation(row: StatusRow, language: Language): string[] {
  const { motive, reasons, answer, dismissed } = row;
  const text = texts[language];
  const label = labelOf(row, language);
  const fieldOf = (sentence: string) => reasons.find((one) => one[language] === sentence)?.path;
  return [
    ...row[language].flatMap((sentence) => {
      const field = fieldOf(sentence);
      return sentence === label ? [] : [field && !sentence.includes(field) ? `${sentence} [${field}]` : sentence];
    }),
    ...(motive === undefined ? [] : [`${text.motive}${motive}`]),
    ...dueOf(row, language),
    ...retainedOf(row, language),
    ...(row.paymentUnknown ? [text.paymentUnknown] : []),
    ...(dismissed ? [text.dismissed(dismissed.by, spokenDay(parisDay(new Date(dismissed.at)), language))] : []),
    ...(answer === undefined ? [] : [language === 'fr' ? `→ ${commandNames[answer].fr} (${answer})` : `→ ${answer}`]),
  ];
}

/** What is still to be paid of these rows; credit notes are negative. */
const owed = (rows: readonly StatusRow[], language: Language): string =>
  spokenSum(
    rows.flatMap(({ unpaid, amount, currency }) => (unpaid && amount !== undefined ? [{ amount, currency }] : [])),
    language,
  );

/** What is retained of these rows; undefined if nothing is. */
function retainedIn(rows: readonly StatusRow[], language: Language): string | undefined {
  const amounts = rows.flatMap(({ retained, currency }) =>
    retained === undefined ? [] : [{ amount: retained, currency }],
  );
  return amounts.length === 0 ? undefined : spokenSum(amounts, language);
}

/** What is counted below the list. */
interface Counts {
  invoices: number;
  /** Refused before they became an invoice. */
  messages: number;
  waiting: number;
  late: number;
  owed: string;
  owedLate: string;
  retained: string | undefined;
}

const summaries = {
  en: ({ invoices, messages, waiting, late, owed: toPay, owedLate, retained }: Counts) => {
    const refused = messages === 0 ? '' : ` and ${messages} refused ${messages === 1 ? 'message' : 'messages'}`;
    return [
      `${invoices} ${invoices === 1 ? 'invoice' : 'invoices'}${refused}, ${waiting} waiting for somebody (!).`,
      ` Still to be paid: ${toPay}`,
      late === 0 ? '.' : `, of which late: ${owedLate} (${late} ${late === 1 ? 'invoice' : 'invoices'}).`,
      retained === undefined ? '' : ` Retained: ${retained}.`,
    ].join('');
  },
  fr: ({ invoices, messages, waiting, late, owed: toPay, owedLate, retained }: Counts) => {
    const refused = messages === 0 ? '' : ` et ${messages} ${messages === 1 ? 'message refusé' : 'messages refusés'}`;
    return [
      `${invoices === 0 ? 'Aucune' : invoices} ${invoices < 2 ? 'facture' : 'factures'}${refused}, dont ${waiting} en attente d’une action (!).`,
      ` Reste à payer : ${toPay}`,
      late === 0 ? '.' : `, dont en retard : ${owedLate} (${late} ${late === 1 ? 'facture' : 'factures'}).`,
      retained === undefined ? '' : ` Retenues : ${retained}.`,
    ].join('');
  },
} as const satisfies Record<Language, object>;

const nothing = { en: 'No invoice.', fr: 'Aucune facture.' } as const;

function summary(rows: readonly StatusRow[], language: Language): string {
  if (rows.length === 0) return nothing[language];
  const late = rows.filter((row) => row.late);
  const messages = rows.filter(({ about }) => about === 'message').length;
  return summaries[language]({
    invoices: rows.length - messages,
    messages,
    waiting: rows.filter(({ needsAction }) => needsAction).length,
    late: late.length,
    owed: owed(rows, language),
    owedLate: owed(late, language),
    retained: retainedIn(rows, language),
  });
}

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenStatus(rows: readonly StatusRow[], language: Language, width = Infinity): string {
  const end = wrapped(summary(rows, language), width);
  if (rows.length === 0) return end.join('\n');
  const list = explainedList(columns(language), rows, {
    language,
    width,
    explain: (row) => explanation(row, language),
  });
  return [...list, '', ...end].join('\n');
}
