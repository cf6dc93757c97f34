/** The lists of invoices: which columns each has, and what is said above it. */
import Big from 'big.js';
import { html } from 'hono/html';
import { inCents } from '../../../shared/invoice/amounts.ts';
import { type Language, type Said, spokenDay, spokenSum } from '../../../shared/invoice/spoken.ts';
import { explained, holderOf } from '../../../shared/lists/status-explained.ts';
import { labelOf, shownNumber } from '../../../shared/lists/status-label.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { placeOf, toDoOf } from '../../../shared/lists/to-do.ts';
import type { RecordCommand } from '../actions/asked.ts';
import { commandForm } from './drawn-form.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Column, type Content, day, dayOf, type Html, linkTo, money, plainList, table } from './html.ts';
import { type Followed, requestsSaid } from './requests.ts';

export interface ListedRow extends StatusRow {
  contract: string | undefined;
  commitment: string | undefined;
  /** When Chorus Pro received it: ISO, in Paris's calendar. */
  submittedOn: string | undefined;
  /** The command that answers what it asks for, if the desk can send it. */
  form: RecordCommand | undefined;
  /** What was asked at the desk, and what became of it; the latest first. */
  requests: readonly Followed[];
}

type RowColumn = Column<ListedRow>;

/** Everything that a list may say of an invoice. */
function columnsFor(viewer: Viewer) {
  const { language } = viewer;
  return {
    number: {
      head: { fr: 'Facture', en: 'Invoice' },
      is: 'head',
      of: (row) => anchor(linkTo(viewer, 'invoice', { key: row.key }), shownNumber(row, language)),
    },
    recipient: {
      head: { fr: 'Destinataire', en: 'Recipient' },
      of: ({ recipient, recipientName }) => recipientName ?? recipient,
    },
    contract: { head: { fr: 'Marché', en: 'Contract' }, of: ({ contract }) => contract },
    amount: {
      head: { fr: 'Net à payer', en: 'Amount due' },
      is: 'amount',
      of: ({ amount, currency }) => money(amount, currency, language),
    },
    owed: {
      head: { fr: 'Reste à payer', en: 'Still to be paid' },
      is: 'amount',
      of: ({ owed, currency }) => money(owed, currency, language),
    },
    status: { head: { fr: 'État', en: 'Status' }, of: (row) => labelOf(row, language) },
    holder: { head: { fr: 'Chez qui', en: 'Who has it' }, of: (row) => holderOf(row)?.[language] },
    since: { head: { fr: 'Depuis le', en: 'Since' }, of: ({ since }) => dayOf(since, language) },
    submitted: { head: { fr: 'Facture du', en: 'Issued on' }, of: ({ issueDate }) => day(issueDate, language) },
    due: {
      head: { fr: 'Échéance', en: 'Due date' },
      of: ({ dueDate, expectedDue }) =>
        html`${day(dueDate ?? expectedDue, language)}${dueDate === undefined && expectedDue !== undefined ? html` <span class="quiet">${expected[language]}</span>` : ''}`,
    },
    overdue: {
      head: { fr: 'Jours de retard', en: 'Days late' },
      is: 'amount',
      of: ({ daysOverdue }) =>
        daysOverdue === undefined ? undefined : html`<span class="urgent">${daysOverdue}</span>`,
    },
    interest: {
      head: { fr: 'Intérêts et indemnité', en: 'Interest and fixed sum' },
      is: 'amount',
      of: ({ interest }) => money(interest && wholeOf(interest), 'EUR', language),
    },
    paidOn: { head: { fr: 'Mise en paiement le', en: 'Payment issued on' }, of: ({ paidOn }) => day(paidOn, language) },
    toDo: { head: { fr: 'À faire', en: 'To do' }, of: (row) => toDoSaid(row, language) },
    until: {
      head: { fr: 'Au plus tard le', en: 'By' },
      of: ({ until }) =>
        until === undefined ? noDate[language] : html`<strong class="urgent">${spokenDay(until, language)}</strong>`,
    },
  } as const satisfies Record<string, RowColumn>;
}

/** What the recipient owes for being late, as far as the rate is known: the interest and the fixed sum. */
const wholeOf = ({ run, indemnity }: NonNullable<StatusRow['interest']>): string =>
  inCents(Big(run?.amount ?? 0).plus(indemnity));

const expected: Said = { fr: '(prévue)', en: '(expected)' };
const noDate: Said = { fr: 'sans date limite', en: 'no last day' };

function toDoSaid(row: StatusRow, language: Language): Content {
  const toDo = toDoOf(row);
  return toDo && html`<strong>${toDo[language]}</strong>, ${placeOf(toDo, language)}`;
}

type ColumnName = keyof ReturnType<typeof columnsFor>;

/** The places of invoices, each with its own list. */
const lists = {
  'to-do': {
    columns: ['number', 'recipient', 'amount', 'status', 'toDo', 'until'],
    none: {
      fr: 'Rien à faire : aucune facture n’attend votre action.',
      en: 'Nothing to do: no invoice waits for you.',
    },
    explains: true,
  },
  late: {
    columns: ['number', 'recipient', 'owed', 'due', 'overdue', 'interest', 'status', 'holder'],
    none: { fr: 'Aucune facture n’est en retard.', en: 'No invoice is late.' },
    explains: false,
  },
  'under-way': {
    columns: ['number', 'recipient', 'owed', 'submitted', 'due', 'status', 'holder', 'since'],
    none: { fr: 'Aucune facture en cours.', en: 'No invoice in progress.' },
    explains: false,
  },
  paid: {
    columns: ['number', 'recipient', 'amount', 'submitted', 'paidOn'],
    none: { fr: 'Aucune facture payée.', en: 'No invoice was paid.' },
    explains: false,
  },
  'payment-unknown': {
    columns: ['number', 'recipient', 'amount', 'submitted', 'status', 'since'],
    none: {
      fr: 'Aucune facture dont le paiement n’est pas communiqué.',
      en: 'No invoice whose payment is not reported.',
    },
    explains: true,
  },
  refused: {
    columns: ['number', 'recipient', 'amount', 'status', 'since'],
    none: { fr: 'Aucune facture refusée.', en: 'No invoice was refused.' },
    explains: true,
  },
  found: {
    columns: ['number', 'recipient', 'contract', 'amount', 'status', 'holder', 'since', 'due'],
    none: { fr: 'Aucune facture trouvée.', en: 'No invoice was found.' },
    explains: true,
  },
} as const satisfies Record<string, { columns: readonly ColumnName[]; none: Said; explains: boolean }>;

export type ListName = keyof typeof lists;

/** Why it stands where it does, and the button for what it asks. */
function below(row: ListedRow, i: number, { language, mayAct, connection }: Viewer): Content {
  const { form, requests, key } = row;
  const sentences = explained(row, language, { saysToDo: false });
  return html`${sentences.length > 0 && plainList(sentences)} ${requestsSaid(requests, language)}
  ${mayAct && form !== undefined && commandForm(form, { connection, key, row: i }, language)}`;
}

const counted = {
  fr: (count: number, sum: string) => `${count} ${count < 2 ? 'facture' : 'factures'}, ${sum}`,
  en: (count: number, sum: string) => `${count} ${count === 1 ? 'invoice' : 'invoices'}, ${sum}`,
} as const satisfies Record<Language, object>;

/** How many, and how much. @param of what is still owed, or the whole amount of what is at its end */
const captionOf = (rows: readonly ListedRow[], of: 'owed' | 'amount', language: Language): string =>
  counted[language](
    rows.length,
    spokenSum(
      rows.flatMap(({ [of]: amount, currency }) => (amount === undefined ? [] : [{ amount, currency }])),
      language,
    ),
  );

/** A list of invoices; the further ones, if there are more, are a page on. */
export function invoiceTable(name: ListName, rows: readonly ListedRow[], viewer: Viewer): Html {
  const { language } = viewer;
  const { columns, none, explains } = lists[name];
  const all = columnsFor(viewer);
  return table({
    caption: captionOf(rows, name === 'late' || name === 'under-way' ? 'owed' : 'amount', language),
    columns: columns.map((one) => all[one]),
    ...{ rows, language, none: none[language] },
    ...(explains ? { below: (row: ListedRow, i: number) => below(row, i, viewer) } : {}),
  });
}
