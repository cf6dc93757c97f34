/** Which rows of the list are wanted. */
import { meaningOf } from '../chorus-pro/statuses.ts';
import { states } from '../ledger/states.ts';
import type { StatusRow } from './status-row.ts';

export interface Wanted {
  needsAction?: boolean;
  late?: boolean;
  /** Late, or paid late. */
  interest?: boolean;
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

/** As anybody types it: without accents, ligatures and typographic apostrophes. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll('œ', 'oe')
    .replace(/\s+/g, ' ');

const has = (texts: readonly (string | undefined)[], part: string): boolean =>
  texts.some((text) => text !== undefined && folded(text).includes(folded(part)));

/** @param recipient a SIRET, its beginning, or a part of the name */
export const isTo = (row: Pick<StatusRow, 'recipient' | 'recipientName'>, recipient: string): boolean =>
  (row.recipient ?? '').startsWith(recipient.replaceAll(/\s/g, '')) || has([row.recipientName], recipient);

const isWithin = (day: string | undefined, from = '', to = '9999'): boolean =>
  day !== undefined && day >= from && day <= to;

/** A recipient that was asked for, but of which there is no row. */
export interface NoRecipient {
  /** The names that there are, or SIRETs where a name is not known. */
  known: string[];
  /** What was asked for is a company or agency of the connections: it sends invoices. */
  isOurs: boolean;
}

/** @param ours the connections’ companies and agencies */
export function noRecipient(
  rows: readonly Pick<StatusRow, 'recipient' | 'recipientName'>[],
  asked: string | undefined,
  ours: readonly { name: string; siret: string }[],
): NoRecipient | undefined {
  if (asked === undefined || rows.some((row) => isTo(row, asked))) return undefined;
  const known = rows.flatMap(({ recipient, recipientName }) => recipientName ?? recipient ?? []);
  return {
    known: [...new Set(known)].sort((a, b) => a.localeCompare(b, 'fr')),
    isOurs: ours.some(({ name, siret }) => isTo({ recipient: siret, recipientName: name }, asked)),
  };
}

/** What is not in a list of unpaid invoices, though it was asked for otherwise. */
export function besideUnpaid<Row extends StatusRow>(rows: readonly Row[], wanted: Wanted): Row[] {
  if (!wanted.unpaid) return [];
  return rows.filter((row) => isWanted(row, { ...wanted, unpaid: false }) && !isWanted(row, wanted));
}

/** Whether a row is wanted: whatever is asked must hold. */
export function isWanted(row: StatusRow, wanted: Wanted): boolean {
  const { needsAction, late, interest, unpaid, recipient, from = '', to = '9999', text } = wanted;
  const { dueBefore, paidFrom, paidTo } = wanted;
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
    !interest || row.interest !== undefined,
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
