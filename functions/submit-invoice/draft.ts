import type { SQSRecord } from 'aws-lambda';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { isNumberedAnew, saysNumbering } from '../../shared/connection/apply-settings.ts';
import { receivedKey } from '../../shared/documents/document-store.ts';
import { inCents, totalAfterDiscount } from '../../shared/invoice/amounts.ts';
import type { Envelope, Identity } from '../../shared/invoice/read-command.ts';
import type { Invoice, SentAs } from '../../shared/invoice/submit-command.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { CommandEntry } from '../../shared/ledger/life.ts';
import {
  commandKey,
  type Content,
  invoiceKey,
  type LedgerRecord,
  type RecordIn,
  yearOf,
} from '../../shared/ledger/record.ts';
import type { Draft, Ended } from '../../shared/ledger/transition.ts';
import type { SubmitDependencies } from './dependencies.ts';

/** A record before its first write, and how it compares with what the ledger already has under its key. */

/**
 * @property senderId AWS's unique id of the sender: `AIDA…` for a user, `AROA…:<session>` for a role; absent if
 *   it is whoever may write into the connection's folder
 * @property version the document's, if S3 told of it; else the last one is meant
 * @property sentAt when it was put on the queue
 * @property redelivered received before: an invoice that was accepted then is in the ledger and is not checked again
 */
export type Message = Pick<SQSRecord, 'messageId' | 'body'> & {
  sentAt: Date;
  redelivered: boolean;
  senderId: string | undefined;
  version?: string | undefined;
};

/** A received message: its connection's settings, and where its original is kept. */
export interface Received {
  messageId: string;
  commandKey: string;
  asked: CommandEntry;
  envelope: Envelope;
  settings: ConnectionSettings | undefined;
  /** The invoice's own file, if the command names one. */
  file: Identity['document'];
}

/** Stores the original once, under the day on which it was sent, however many times and days it is delivered. */
export async function keepOriginal(
  { messageId, body, sentAt, redelivered, senderId: by }: Message,
  { type, envelope, settings, file }: Pick<Received, 'envelope' | 'settings' | 'file'> & { type: string },
  { documents }: SubmitDependencies,
): Promise<Received> {
  const commandKey = receivedKey({ connection: settings?.name ?? 'unknown', day: parisDay(sentAt), messageId });
  const isStored = redelivered && (await documents.get(commandKey, 0)).kind !== 'missing';
  if (!isStored) await documents.put(commandKey, body);
  const asked = { at: sentAt.toISOString(), command: type, ...(by === undefined ? {} : { by }) };
  return { messageId, commandKey, asked, envelope, settings, file };
}

/** What a command or its file says about the invoice. */
export const contentOf = (invoice: Invoice) => ({
  number: invoice.number,
  type: invoice.type,
  recipient: invoice.recipient.siret,
  amount: inCents(invoice.totals.due),
  currency: invoice.currency,
  issueDate: invoice.issueDate,
  totalWithVat: inCents(totalAfterDiscount(invoice.totals)),
  contract: invoice.contract,
  commitment: invoice.commitment,
});

/** What even a faulty command says, right or wrong, so that people recognise the invoice. */
export function partOf({ invoice }: Identity) {
  const { number, issueDate, type, recipient, totals, currency } = invoice ?? {};
  const owed = totals && { amount: inCents(totals.due), currency };
  const { taxInclusive, discount } = totals ?? {};
  const totalWithVat = taxInclusive && inCents(totalAfterDiscount({ taxInclusive, discount }));
  return { number, issueDate, type, recipient: recipient?.siret, ...owed, totalWithVat };
}

export const routeOf = (sentAs: SentAs): Content['route'] => (sentAs === 'pdf' ? 'pdf' : 'flux');

/** A record about a message alone. Its events name no invoice as their subject, whatever the command says of one. */
export const keysOfMessage = (connection: string, messageId: string) => ({
  pk: commandKey(messageId),
  subject: `${connection}/-/message ${messageId}`,
});

type Known = { [Field in keyof Content]?: Content[Field] | undefined } & { paymentNotReported?: boolean | undefined };

/**
 * @param known what the command and its checks say about the invoice. Without supplier or number, the message is the
 * key
 */
export function draftOf<Told extends Known>(
  { messageId, commandKey: original, asked, envelope, settings, file }: Received,
  now: Date,
  known: Told,
  documents: readonly Document[] = [],
) {
  const environment = settings?.environment;
  const { supplier, number, issueDate } = known;
  const anew = settings !== undefined && supplier !== undefined && isNumberedAnew(settings, supplier);
  const year = anew && issueDate ? yearOf(issueDate) : undefined;
  const named = environment && supplier && number && (!anew || year) && { environment, supplier, number, year };
  const { connection } = envelope;
  const shown = [connection, supplier, year ? `${number}#${year}` : number].join('/');
  return {
    environment,
    ...known,
    connection,
    ...(named ? { pk: invoiceKey(named), subject: shown } : keysOfMessage(connection, messageId)),
    commandKey: original,
    file,
    documents: documents.map(({ name, sha256 }) => ({ name, sha256 })),
    messageIds: [messageId],
    life: [asked],
    attempts: 0,
    createdAt: now.toISOString(),
  };
}

/**
 * The draft under the key that its invoice already has: with or without a year, as the supplier's setting was when it
 * was sent. Otherwise a changed setting would send it again. Settings that never said how invoices are numbered cost no
 * read of the ledger.
 */
export async function underKnownKey<Some extends Draft>(
  draft: Some,
  settings: ConnectionSettings,
  ledger: Ledger,
): Promise<Some> {
  const { environment, supplier, number, issueDate } = draft;
  if (!environment || !supplier || !number || !issueDate || !saysNumbering(settings, supplier)) return draft;
  const key = { environment, supplier, number };
  const other = [invoiceKey(key), invoiceKey({ ...key, year: yearOf(issueDate) })].find((pk) => pk !== draft.pk);
  const known = other === undefined ? undefined : await ledger.get(other);
  if (known?.issueDate === undefined || yearOf(known.issueDate) !== yearOf(issueDate)) return draft;
  return { ...draft, pk: known.pk, subject: known.subject };
}

/** The last messages that a record remembers; the first brought the invoice. */
export const rememberedMessages = (...messageIds: readonly string[]): string[] => [...new Set(messageIds)].slice(0, 10);

/** The messages of a record that a further message is about. */
export function withMessages({ messageIds: [first, ...others] }: LedgerRecord, more: readonly string[]): string[] {
  return first === undefined ? rememberedMessages(...more) : rememberedMessages(first, ...more, ...others);
}

/**
 * What a command finds under its key. `known`: its own message was handled before; `waiting`: the same invoice is
 * accepted or being sent; `free`: the number can be taken; `taken`: an invoice has it, the same or another.
 */
type Comparison = 'known' | 'taken' | 'waiting' | 'free';

export function compareWithExisting(existing: LedgerRecord, draft: Pick<Draft, 'digest' | 'messageIds'>): Comparison {
  const sameMessage = draft.messageIds.some((id) => existing.messageIds.includes(id));
  if (isEnded(existing)) return sameMessage ? 'known' : 'free';
  if (isWaiting(existing)) return existing.digest === draft.digest ? 'waiting' : 'taken';
  return sameMessage ? 'known' : 'taken';
}

type Debt = Pick<Content, 'type' | 'recipient' | 'amount' | 'currency' | 'issueDate'>;

/**
 * Under one number of one supplier, an invoice is identified by what is owed, not by its paper: type, recipient, amount
 * due, currency and date.
 */
export const isSameDebt = (a: Debt, b: Debt): boolean =>
  a.type === b.type &&
  a.recipient === b.recipient &&
  a.amount === b.amount &&
  a.currency === b.currency &&
  a.issueDate === b.issueDate;

/** The number is free again: no invoice came into being in Chorus Pro. It may have rejected a file. */
export const isEnded = (record: LedgerRecord): record is Ended =>
  record.state === 'refused' ||
  record.state === 'withheld' ||
  (record.state === 'rejected' && record.chorusProId === undefined);

/** An invoice that was checked and has no outcome yet. */
export type Waiting = RecordIn<'accepted' | 'sending'>;

export const isWaiting = (record: LedgerRecord): record is Waiting =>
  record.state === 'accepted' || record.state === 'sending';
