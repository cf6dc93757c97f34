/** What is said below the list of `npx relay status`: how many, how much, and what the list cannot have. */
import { type Language, spokenDay } from '../../shared/invoice/spoken.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { counted } from '../../shared/lists/counts.ts';
import { leftOut } from '../../shared/lists/status-left-out.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import type { NoRecipient } from '../../shared/lists/status-wanted.ts';
import { spokenUntil } from '../../shared/lists/to-do.ts';
import { spokenAsked } from '../../shared/lists/works-asked.ts';
import { hinted } from '../command-line/local-hints.ts';
import { saidHeldUp, type HeldUp } from './held-up.ts';

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
  /** What holds everything up. */
  heldUp?: readonly HeldUp[];
  /** The list of the local relay. */
  local?: boolean;
}

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

/** The last lines of the list. */
export function summary(rows: readonly StatusRow[], language: Language, asked: Asked): string[] {
  const { isOfPaid = false, deadLetters = 0, onQueue = 0, local = false } = asked;
  const { validations, works = [], retentionsDue = 0, noRecipient, besideUnpaid = [], heldUp = [] } = asked;
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
    ...heldUp.map((one) => hinted(saidHeldUp(one)[language], local)),
  ];
}
