/** What `npx relay status` says of each record: whether a person must act, and on what. */
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { isAboutMessage, isNumberedPerYear, type RecordView, yearOf } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { isStuck } from '../../shared/tracking/own-invoice.ts';
import { givenAnswer } from '../../shared/tracking/record-status.ts';

export interface StatusRow {
  /** `message`: a message that was refused without taking the place of an invoice. */
  about: 'invoice' | 'message';
  connection: string;
  /** As the ERP wrote it, with `#<year>` if numbers begin anew each year; a message may have none. */
  number: string | undefined;
  subject: string;
  messageId: string | undefined;
  environment: string | undefined;
  /** SIRET. */
  supplier: string | undefined;
  /** SIRET. */
  recipient: string | undefined;
  recipientName?: string | undefined;
  type: RecordView['type'];
  /** ISO. */
  issueDate: string | undefined;
  /** Amount due: a decimal string in `currency`. */
  amount: string | undefined;
  currency: string | undefined;
  state: RecordView['state'];
  /** The type of the command about an invoice that was refused. */
  request: string | undefined;
  /** Chorus Pro's code, unchanged. */
  status: string | undefined;
  /** ISO instant of the status; without a status, of the record's last change. */
  since: string;
  /** The recipient's words. */
  motive: string | undefined;
  reasons: NonNullable<RecordView['reasons']>;
  /** The last day of the payment term, if it was computed: ISO. */
  dueDate: string | undefined;
  /** The ERP was told that it is late, and it is not paid. */
  late: boolean;
  /** Something is due, and it is not paid. */
  unpaid: boolean;
  needsAction: boolean;
  /** The command that the ERP sends to act on the status. */
  answer: ReturnType<typeof meaningOf>['command'];
  dismissed: { by: string; at: string } | undefined;
  /** What a person reads: the status, each reason, or the relay's state. */
  fr: string[];
  en: string[];
}

/**
 * What a record asks a person to do, as a text that changes whenever there is something new to do; undefined if there
 * is nothing, or if the ERP has answered.
 */
export function needOf(record: RecordView): string | undefined {
  const { state, status, doubt } = record;
  if (givenAnswer(record)) return undefined;
  if (isStuck(record)) return `in-doubt since ${doubt?.since ?? ''}`;
  const since = status ? ` ${status.code} ${status.at ?? status.observedAt}` : '';
  if (state === 'refused' || state === 'rejected') return `${state}${since}`;
  return state === 'followed' && status && meaningOf(status.code).actor === 'supplier' ? `${state}${since}` : undefined;
}

export function statusRow(record: RecordView): StatusRow {
  const { connection, subject, environment, supplier, recipient, type, issueDate, amount, currency, state } = record;
  const { status, reasons = [], messageIds, paymentDue, lateToldAt, paidBefore, updatedAt } = record;
  const meaning = status && meaningOf(status.code);
  const known = [...(meaning ? [meaning] : []), ...reasons];
  const said = known.length > 0 ? known : [states[state]];
  const need = needOf(record);
  const dismissed = need !== undefined && record.dismissed?.need === need ? record.dismissed : undefined;
  const open = !states[state].final && !paidBefore;
  return {
    about: isAboutMessage(record) ? 'message' : 'invoice',
    ...{ connection, subject, environment, supplier, recipient, type, issueDate, amount, currency, state, reasons },
    number: record.number && isNumberedPerYear(record) ? `${record.number}#${yearOf(issueDate ?? '')}` : record.number,
    messageId: messageIds[0],
    request: record.command,
    status: status?.code,
    since: status?.at ?? updatedAt,
    motive: status?.motive,
    dueDate: open ? paymentDue : undefined,
    late: open && lateToldAt !== undefined,
    unpaid: open && amount !== undefined && amount !== '0.00',
    needsAction: need !== undefined && !dismissed,
    answer: givenAnswer(record) ? undefined : meaning?.command,
    dismissed: dismissed && { by: dismissed.by, at: dismissed.at },
    fr: said.map((one) => one.fr),
    en: said.map((one) => one.en),
  };
}

const invoiceOf = ({ supplier, number }: RecordView): string => `${supplier ?? ''}#${number ?? ''}`;

/** When an invoice last took a command of the ERP's: it began, was sent, or was answered. */
const lastTaken = ({ createdAt, submittedAt = '', answered }: RecordView): string =>
  [createdAt, submittedAt, answered?.at ?? ''].sort().at(-1) ?? '';

/** A row for each record. A refused message asks for nothing once its invoice has taken a later one. */
export function rowsOf(records: readonly RecordView[]): StatusRow[] {
  const invoices = records.filter((record) => !isAboutMessage(record) && record.state !== 'refused');
  const taken = new Map(invoices.map((record) => [invoiceOf(record), lastTaken(record)]));
  return records.map((record) => {
    const row = statusRow(record);
    const isReplaced = row.about === 'message' && (taken.get(invoiceOf(record)) ?? '') > record.createdAt;
    return isReplaced ? { ...row, needsAction: false } : row;
  });
}

/** Invoices that wait for a person come first, the oldest first. */
export const inOrder = (rows: readonly StatusRow[]): StatusRow[] =>
  [...rows].sort((a, b) => Number(b.needsAction) - Number(a.needsAction) || (a.since < b.since ? -1 : 1));

export interface Wanted {
  needsAction?: boolean;
  late?: boolean;
  unpaid?: boolean;
  /** A SIRET, its beginning, or a part of the name. */
  recipient?: string | undefined;
  /** Issue dates, both ends included: ISO. Without an issue date, the day since when counts. */
  from?: string | undefined;
  to?: string | undefined;
  /** A part of anything that is shown. */
  text?: string | undefined;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const has = (texts: readonly (string | undefined)[], part: string): boolean =>
  texts.some((text) => text !== undefined && folded(text).includes(folded(part)));

/** Whether a row is wanted: whatever is asked must hold. */
export function isWanted(row: StatusRow, wanted: Wanted): boolean {
  const { needsAction, late, unpaid, recipient, from = '', to = '9999', text } = wanted;
  const day = row.issueDate ?? row.since.slice(0, 10);
  const shown = [row.number, row.messageId, row.recipient, row.recipientName, row.supplier, row.status, row.motive];
  return [
    !needsAction || row.needsAction,
    !late || row.late,
    !unpaid || (row.unpaid && row.type !== 'credit-note'),
    recipient === undefined || (row.recipient ?? '').startsWith(recipient) || has([row.recipientName], recipient),
    day >= from && day <= to,
    text === undefined || has([...shown, ...row.fr, ...row.en, ...row.reasons.map(({ path }) => path)], text),
  ].every(Boolean);
}
