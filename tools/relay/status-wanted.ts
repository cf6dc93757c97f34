/** Which rows of the list are wanted. */
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { states } from '../../shared/ledger/states.ts';
import type { StatusRow } from './status-row.ts';

export interface Wanted {
  needsAction?: boolean;
  late?: boolean;
  unpaid?: boolean;
  /** A SIRET, its beginning, or a part of the name. */
  recipient?: string | undefined;
  /** Issue dates, both ends included: ISO. Without an issue date, the day since when counts. */
  from?: string | undefined;
  to?: string | undefined;
  /** To be paid on this day or earlier: ISO. */
  dueBefore?: string | undefined;
  /** Days on which the payment was issued, both ends included: ISO. */
  paidFrom?: string | undefined;
  paidTo?: string | undefined;
  /** A part of anything that is shown. */
  text?: string | undefined;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const has = (texts: readonly (string | undefined)[], part: string): boolean =>
  texts.some((text) => text !== undefined && folded(text).includes(folded(part)));

/** @param recipient a SIRET, its beginning, or a part of the name */
export const isTo = (row: Pick<StatusRow, 'recipient' | 'recipientName'>, recipient: string): boolean =>
  (row.recipient ?? '').startsWith(recipient) || has([row.recipientName], recipient);

const isWithin = (day: string | undefined, from = '', to = '9999'): boolean =>
  day !== undefined && day >= from && day <= to;

/** Whether a row is wanted: whatever is asked must hold. */
export function isWanted(row: StatusRow, wanted: Wanted): boolean {
  const { needsAction, late, unpaid, recipient, from = '', to = '9999', dueBefore, paidFrom, paidTo, text } = wanted;
  const day = row.issueDate ?? row.since.slice(0, 10);
  const due = row.dueDate ?? row.expectedDue;
  const words = [states[row.state], ...(row.status === undefined ? [] : [meaningOf(row.status)])];
  const shown = [
    row.number,
    row.messageId,
    row.file,
    row.recipient,
    row.recipientName,
    row.supplier,
    row.status,
    row.motive,
    row.request,
    row.dismissed?.by,
    row.dismissed?.why,
  ];
  return [
    !needsAction || row.needsAction,
    !late || row.late,
    !unpaid || (row.unpaid && row.type !== 'credit-note'),
    recipient === undefined || isTo(row, recipient),
    day >= from && day <= to,
    dueBefore === undefined || (due !== undefined && due <= dueBefore),
    (paidFrom ?? paidTo) === undefined || isWithin(row.paidOn, paidFrom, paidTo),
    text === undefined ||
      has(
        [
          ...shown,
          ...words.flatMap(({ fr, en }) => [fr, en]),
          ...row.fr,
          ...row.en,
          ...row.reasons.map(({ path }) => path),
        ],
        text,
      ),
  ].every(Boolean);
}
