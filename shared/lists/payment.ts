/** Whether an invoice that has ended was paid, as far as Chorus Pro says. */
import { meaningOf } from '../chorus-pro/statuses.ts';
import type { RecordView } from '../ledger/record.ts';

/** Also once the recipient's books have gone on after the payment. */
export const isPaid = ({ state, status, paidBefore }: RecordView): boolean =>
  state === 'settled' && (paidBefore ?? (status !== undefined && meaningOf(status.code).effect === 'settled'));

/** Its recipient never reports payments: it ends with an earlier status, and the bank knows the rest. */
export const isPaymentUnknown = (record: RecordView): boolean => record.state === 'settled' && !isPaid(record);
