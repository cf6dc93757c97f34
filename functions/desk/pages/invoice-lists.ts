/** The lists of invoices: which columns each has, and what is said above it. */
import Big from 'big.js';
import { html } from 'hono/html';
import { inCents } from '../../../shared/invoice/amounts.ts';
import { type Language, type Said, spokenSum } from '../../../shared/invoice/spoken.ts';
import { interestTotal } from '../../../shared/lists/interest-said.ts';
import { countedNouns } from '../../../shared/lists/nouns.ts';
import { explained } from '../../../shared/lists/status-explained.ts';
import { labelOf, shownNumber } from '../../../shared/lists/status-label.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { placeOf, toDoOf } from '../../../shared/lists/to-do.ts';
import { whoHas } from '../../../shared/lists/who-has.ts';
import type { RecordCommand } from '../actions/asked.ts';
import { commandForm } from './drawn-form.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Column, type Content, day, dayOf, type Html, linkTo, money, plainList } from './html.ts';
import { reference, siretSaid, table } from './html.ts';
import { type Followed, requestsSaid } from './requests.ts';
import { why } from './row-said.ts';

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
      head: { fr: 'Numéro', en: 'Number' },
      is: 'head',
      of: (row) => anchor(linkTo(viewer, 'invoice', { key: row.key }), reference(shownNumber(row, language))),
    },
    recipient: {
      head: { fr: 'Destinataire', en: 'Recipient' },
      of: ({ recipient, recipientName }) => recipientName ?? siretSaid(recipient),
    },
    contract: { head: { fr: 'Marché', en: 'Contract' }, of: ({ contract }) => reference(contract) },
    amount: {
      head: { fr: 'Net à payer', en: 'Amount due' },
      is: 'amount',
      of: ({ amount, currency }) => money(amount, currency, language),
    },
    owed: {
      head: { fr: 'Reste à payer', en: 'Still to be paid' },
      is: 'amount',
      of: (row) => owedSaid(row, language),
    },
    status: { head: { fr: 'État', en: 'Status' }, of: (row) => labelOf(row, language) },
    holder: { head: { fr: 'Chez qui', en: 'Who has it' }, of: (row) => whoHas(row)[language] },
    since: { head: { fr: 'Depuis le', en: 'Since' }, of: ({ since }) => dayOf(since, language) },
    issued: { head: { fr: 'Émise le', en: 'Issued on' }, of: ({ issueDate }) => day(issueDate, language) },
    due: {
      head: { fr: 'Échéance', en: 'Due date' },
      of: (row) => dueSaid(row, language),
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
    why: { head: { fr: 'Motif', en: 'Reason' }, of: (row) => why(row, language) },
    toDo: { head: { fr: 'À faire', en: 'To do' }, of: (row) => toDoSaid(row, language) },
    until: {
      head: { fr: 'Au plus tard le', en: 'By' },
      of: ({ until }) =>
        until === undefined ? noDate[language] : html`<strong class="urgent">${day(until, language)}</strong>`,
    },
  } as const satisfies Record<string, RowColumn>;
}

/** Of a message from which no amount was read, nothing is known to be owed. */
export const owedSaid = ({ amount, owed, currency }: StatusRow, language: Language): Content =>
  amount === undefined ? undefined : money(owed, currency, language);

/** The day by which it is to be paid; until the relay has computed it, the one that is expected. */
export function dueSaid({ dueDate, expectedDue }: StatusRow, language: Language): Content {
  if (dueDate !== undefined) return day(dueDate, language);
  return expectedDue && html`${day(expectedDue, language)} <span class="quiet">${expected[language]}</span>`;
}

/** What the recipient owes for being late, as far as the rate is known: the interest and the fixed sum. */
export const wholeOf = ({ run, indemnity }: NonNullable<StatusRow['interest']>): string =>
  inCents(Big(run?.amount ?? 0).plus(indemnity));

const expected: Said = { fr: '(prévue)', en: '(expected)' };
const noDate: Said = { fr: 'sans date limite', en: 'no last day' };

function toDoSaid(row: StatusRow, language: Language): Content {
  const toDo = toDoOf(row);
  return toDo && html`<strong>${toDo[language]}</strong>, ${placeOf(toDo, language)}`;
}

/** What was asked about it, and the button for what it asks. */
function actionsBelow({ form, requests, key }: ListedRow, i: number, viewer: Viewer): Content {
  const { language, mayAct, connection } = viewer;
  const offered = mayAct && form !== undefined && commandForm(form, { connection, key, row: i }, language);
  if (offered === false && requests.length === 0) return undefined;
  return html`${requestsSaid(requests, language)} ${offered}`;
}

/** Before that, why it stands where it does. */
function explainedBelow(row: ListedRow, i: number, viewer: Viewer): Content {
  const sentences = explained(row, viewer.language, { saysToDo: false });
  return html`${sentences.length > 0 && plainList(sentences)} ${actionsBelow(row, i, viewer)}`;
}

interface InvoiceList {
  columns: readonly (keyof ReturnType<typeof columnsFor>)[];
  none: Said;
  below?: typeof explainedBelow;
  /** What its total is of: what is still owed, or the whole amount of what is at its end. */
  total: 'owed' | 'amount';
}

/** The places of invoices, each with its own list. */
const lists: Readonly<Record<ListName, InvoiceList>> = {
  'to-do': {
    columns: ['number', 'recipient', 'amount', 'status', 'toDo', 'until'],
    none: {
      fr: 'Rien à faire dans Chorus Pro : aucune facture n’attend votre action.',
      en: 'Nothing to do in Chorus Pro: no invoice waits for you.',
    },
    ...{ below: explainedBelow, total: 'amount' },
  },
  late: {
    columns: ['number', 'recipient', 'owed', 'due', 'overdue', 'interest', 'status', 'holder'],
    none: { fr: 'Aucune facture n’est en retard.', en: 'No invoice is late.' },
    total: 'owed',
  },
  'under-way': {
    columns: ['number', 'recipient', 'owed', 'issued', 'due', 'status', 'holder', 'since'],
    none: { fr: 'Aucune facture en cours.', en: 'No invoice in progress.' },
    total: 'owed',
  },
  paid: {
    columns: ['number', 'recipient', 'amount', 'issued', 'paidOn'],
    none: { fr: 'Aucune facture mise en paiement.', en: 'No payment was issued.' },
    total: 'amount',
  },
  'payment-unknown': {
    columns: ['number', 'recipient', 'amount', 'issued', 'status', 'since'],
    none: {
      fr: 'Aucune facture dont le paiement n’est pas communiqué.',
      en: 'No invoice whose payment is not reported.',
    },
    ...{ below: explainedBelow, total: 'amount' },
  },
  refused: {
    columns: ['number', 'recipient', 'amount', 'status', 'since', 'why'],
    none: { fr: 'Aucune facture rejetée ou non déposée.', en: 'No invoice was rejected or not submitted.' },
    ...{ below: actionsBelow, total: 'amount' },
  },
  found: {
    columns: ['number', 'recipient', 'contract', 'amount', 'status', 'holder', 'since', 'due'],
    none: { fr: 'Aucune facture trouvée.', en: 'No invoice was found.' },
    ...{ below: explainedBelow, total: 'amount' },
  },
};

export type ListName = 'to-do' | 'late' | 'under-way' | 'paid' | 'payment-unknown' | 'refused' | 'found';

/** How many, how much, and what late payments are worth. */
function captionOf(rows: readonly ListedRow[], of: InvoiceList['total'], language: Language): string {
  const known = rows.flatMap(({ amount, [of]: counted, currency }) =>
    amount === undefined || counted === undefined ? [] : [{ amount: counted, currency }],
  );
  const sum = known.length === 0 ? [] : [spokenSum(known, language)];
  const interest = of === 'owed' ? interestTotal(rows, language) : undefined;
  return [[countedNouns(rows, language), ...sum].join(', '), interest].filter(Boolean).join('. ');
}

const onThisPage: Said = { fr: 'Sur cette page : ', en: 'On this page: ' };
const noneOnThisPage: Said = { fr: 'Rien sur cette page.', en: 'Nothing on this page.' };

interface Shown {
  /** The list has other pages: what is counted here is not all of it. */
  isPart?: boolean;
  /** Said in place of what the list says if nothing is there. */
  none?: Said | undefined;
}

/** A list of invoices; the further ones, if there are more, are a page on. */
export function invoiceTable(
  name: ListName,
  rows: readonly ListedRow[],
  viewer: Viewer,
  { isPart = false, none }: Shown = {},
): Html {
  const { language } = viewer;
  const { columns, total, below, ...list } = lists[name];
  const all = columnsFor(viewer);
  const caption = captionOf(rows, total, language);
  return table({
    caption: isPart ? `${onThisPage[language]}${caption}` : caption,
    columns: columns.map((one) => all[one]),
    ...{ rows, language, none: (isPart ? noneOnThisPage : (none ?? list.none))[language] },
    ...(below ? { below: (row: ListedRow, i: number) => below(row, i, viewer) } : {}),
  });
}
