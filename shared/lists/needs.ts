/** What a record asks of a person, and whether it was paid: by the record alone. */
import { meaningOf } from '../chorus-pro/statuses.ts';
import type { RecordView } from '../ledger/record.ts';
import { isStuck } from '../tracking/own-invoice.ts';
import { givenAnswer } from '../tracking/record-status.ts';
import { openedTo } from '../tracking/works-turn.ts';

/**
 * What a record asks a person to do, as a text that changes whenever there is something new to do; undefined if there
 * is nothing, or if the ERP has answered.
 * @param today the calendar day in Paris, ISO; without it nobody is overdue
 */
export function needOf(record: RecordView, today?: string): string | undefined {
  const { state, status, doubt } = record;
  if (givenAnswer(record)) return undefined;
  if (isStuck(record)) return `in-doubt since ${doubt?.since ?? ''}`;
  if (state === 'rejected' && status && meaningOf(status.code).severity === 'info') return undefined;
  const since = status ? ` ${status.code} ${status.at ?? status.observedAt}` : '';
  if (state === 'refused' || state === 'rejected') return `${state}${since}`;
  if (openedTo(record, today).length > 0) return `silence until ${record.works?.next?.until ?? ''}`;
  return state === 'followed' && status && meaningOf(status.code).actor === 'supplier' ? `${state}${since}` : undefined;
}

/** Somebody has said that what the record asks for needs no action. */
export const dismissalOf = (record: RecordView, need: string | undefined): RecordView['dismissed'] =>
  need !== undefined && record.dismissed?.need === need ? record.dismissed : undefined;

/** Also once the recipient's books have gone on after the payment. */
export const isPaid = ({ state, status, paidBefore }: RecordView): boolean =>
  state === 'settled' && (paidBefore ?? (status !== undefined && meaningOf(status.code).effect === 'settled'));

/** Its recipient never reports payments: it ends with an earlier status, and the bank knows the rest. */
export const isPaymentUnknown = (record: RecordView): boolean => record.state === 'settled' && !isPaid(record);
