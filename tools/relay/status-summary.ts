/** What is said below the list of `npx relay status`: how many, how much, and what the list cannot have. */
import type { Language } from '../command-line/command.ts';
import { spokenDay, spokenSum } from '../command-line/terminal.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { kinds, worksDocumentOf } from '../../shared/works/documents.ts';
import { leftOut } from './status-left-out.ts';
import type { StatusRow } from './status-row.ts';
import type { NoRecipient } from './status-wanted.ts';
import { spokenUntil } from './to-do.ts';

/** What was asked of the list, or found beside it. */
export interface Asked {
  /** The recipient that was asked for is nobody’s. */
  noRecipient?: NoRecipient | undefined;
  /** With `--unpaid`: what that leaves out. */
  besideUnpaid?: readonly StatusRow[];
  /** Only what was paid in a period. */
  isOfPaid?: boolean;
  /** The messages that never reached the ledger, since nobody could read them. */
  deadLetters?: number;
  /** The messages that the relay has not taken yet, or will try again. */
  onQueue?: number;
  /** What subcontractors and co-contractors ask to validate, and the earliest last day to answer: ISO. */
  validations?: { count: number; until: string } | undefined;
  /** Other parties’ works documents that the supplier must answer. */
  works?: readonly WorksAsked[];
  /** How many retentions are to be released. */
  retentionsDue?: number;
  /** The list of the local relay. */
  local?: boolean;
}

const sumOf = (
  rows: readonly StatusRow[],
  language: Language,
  amountOf: (row: StatusRow) => string | undefined,
): string =>
  spokenSum(
    rows.flatMap((row) => {
      const amount = amountOf(row);
      return amount === undefined ? [] : [{ amount, currency: row.currency }];
    }),
    language,
  );

/** What is retained of these rows; undefined if nothing is. */
const retainedIn = (rows: readonly StatusRow[], language: Language): string | undefined =>
  rows.some(({ retained }) => retained !== undefined) ? sumOf(rows, language, ({ retained }) => retained) : undefined;

/** Credit notes are negative; a row without a currency owes nothing. */
const owed = (rows: readonly StatusRow[], language: Language): string =>
  sumOf(rows, language, (row) => (row.unpaid ? row.owed : undefined));

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
  /** Undefined if the list is of others too. */
  paid: string | undefined;
}

const summaries = {
  en: ({ invoices, messages, waiting, late, owed: toPay, owedLate, retained, paid }: Counts) => {
    const refused = messages === 0 ? '' : ` and ${messages} refused ${messages === 1 ? 'message' : 'messages'}`;
    return [
      `${invoices} ${invoices === 1 ? 'invoice' : 'invoices'}${refused}, ${waiting === 0 ? 'none' : waiting} waiting for somebody (!).`,
      ` Still to be paid: ${toPay}`,
      late === 0 ? '.' : `, of which late: ${owedLate} (${late} ${late === 1 ? 'invoice' : 'invoices'}).`,
      retained === undefined ? '' : ` Still retained: ${retained}.`,
      paid === undefined ? '' : ` Payments issued in the period: ${paid}.`,
    ].join('');
  },
  fr: ({ invoices, messages, waiting, late, owed: toPay, owedLate, retained, paid }: Counts) => {
    const refused = messages === 0 ? '' : ` et ${messages} ${messages === 1 ? 'message refusé' : 'messages refusés'}`;
    return [
      `${invoices === 0 ? 'Aucune' : invoices} ${invoices < 2 ? 'facture' : 'factures'}${refused}, dont ${waiting === 0 ? 'aucune' : waiting} en attente d’une action (!).`,
      ` Reste à payer : ${toPay}`,
      late === 0 ? '.' : `, dont en retard : ${owedLate} (${late} ${late === 1 ? 'facture' : 'factures'}).`,
      retained === undefined ? '' : ` Encore retenu : ${retained}.`,
      paid === undefined ? '' : ` Mis en paiement sur la période : ${paid}.`,
    ].join('');
  },
} as const satisfies Record<Language, object>;

const nothing = { en: 'No invoice.', fr: 'Aucune facture.' } as const;

const unread = {
  en: (count: number, option: string) =>
    `${count} dead ${count === 1 ? 'letter is' : 'letters are'} not in this list (perhaps an invoice): npx relay dead-letters${option}`,
  fr: (count: number, option: string) =>
    (count === 1
      ? '1 message illisible n’est pas dans cette liste (peut-être une facture)'
      : `${count} messages illisibles ne sont pas dans cette liste (peut-être des factures)`) +
    ` : npx relay dead-letters${option}`,
} as const satisfies Record<Language, object>;

/** What waits for a person in the other lists. */
const elsewhere = {
  en: {
    validations: (count: number, until: string, option: string) =>
      `To do as well: ${count} ${count === 1 ? 'request' : 'requests'} to validate, to answer by ${until} at the latest: npx relay validations${option}`,
    works: (what: string, until: string) =>
      `To do as well: ${what} waits for your answer, in your software or on the Chorus Pro portal${until}`,
    retentions: (count: number, option: string) =>
      `To do as well: ${count} ${count === 1 ? 'retention' : 'retentions'} to be released: npx relay retentions${option}`,
  },
  fr: {
    validations: (count: number, until: string, option: string) =>
      `À faire aussi : ${count} ${count === 1 ? 'demande' : 'demandes'} à valider, réponse au plus tard le ${until} : npx relay validations${option}`,
    works: (what: string, until: string) =>
      `À faire aussi : ${what} attend votre réponse, par votre logiciel ou sur le portail Chorus Pro${until}`,
    retentions: (count: number, option: string) =>
      `À faire aussi : ${count} ${count === 1 ? 'retenue' : 'retenues'} à libérer : npx relay retentions${option}`,
  },
} as const satisfies Record<Language, object>;

/** « décompte général DG-7 (A20) » */
function spokenAsked({ number, framework = '' }: WorksAsked, language: Language): string {
  const document = worksDocumentOf(framework);
  return document ? `${kinds[document.kind][language]} ${number} (${framework})` : number;
}

/** How many recipients are named. */
const atMost = 10;

const noSuchRecipient = {
  en: ({ known, isOurs }: NoRecipient) => [
    ...(isOurs ? ['That is a company of yours: it sends invoices, and --recipient is about who gets them.'] : []),
    ...(known.length === 0 ? [] : [`Recipients in the list: ${named(known)}`]),
  ],
  fr: ({ known, isOurs }: NoRecipient) => [
    ...(isOurs ? ['C’est une de vos sociétés : elle émet les factures, et --recipient désigne qui les reçoit.'] : []),
    ...(known.length === 0 ? [] : [`Destinataires de la liste : ${named(known)}`]),
  ],
} as const satisfies Record<Language, object>;

const named = (all: readonly string[]): string =>
  all.length > atMost ? `${all.slice(0, atMost).join(', ')}…` : `${all.join(', ')}.`;

const untilOf = ({ until }: WorksAsked, language: Language): string =>
  until === undefined ? '' : ` (${spokenUntil(until, language)})`;

const waits = {
  en: (count: number) => `${count} ${count === 1 ? 'message waits' : 'messages wait'} on the queue.`,
  fr: (count: number) => `${count} ${count === 1 ? 'message attend' : 'messages attendent'} dans la file.`,
} as const satisfies Record<Language, object>;

function counted(rows: readonly StatusRow[], language: Language, isOfPaid: boolean): string {
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
    paid: isOfPaid ? sumOf(rows, language, ({ amount }) => amount) : undefined,
  });
}

/** The last lines of the list. */
export function summary(rows: readonly StatusRow[], language: Language, asked: Asked): string[] {
  const { isOfPaid = false, deadLetters = 0, onQueue = 0, local = false } = asked;
  const { validations, works = [], retentionsDue = 0, noRecipient, besideUnpaid = [] } = asked;
  const option = local ? ' --local' : '';
  const { validations: toValidate, works: toAnswer, retentions } = elsewhere[language];
  return [
    counted(rows, language, isOfPaid),
    ...(noRecipient ? noSuchRecipient[language](noRecipient) : []),
    ...leftOut(besideUnpaid, language),
    ...works.map((one) => toAnswer(spokenAsked(one, language), untilOf(one, language))),
    ...(validations ? [toValidate(validations.count, spokenDay(validations.until, language), option)] : []),
    ...(retentionsDue === 0 ? [] : [retentions(retentionsDue, option)]),
    ...(deadLetters === 0 ? [] : [unread[language](deadLetters, option)]),
    ...(onQueue === 0 ? [] : [waits[language](onQueue)]),
  ];
}
