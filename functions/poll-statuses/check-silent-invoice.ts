import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { isLate, lateTold, nextCheck } from '../../shared/tracking/lateness.ts';
import { findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll } from './dependencies.ts';

/**
 * An invoice of which nothing was heard for long: it is late, or the polls missed it. It is looked up by itself, so that
 * what the polls cannot see comes to light too.
 */
export async function checkSilentInvoice(
  record: RecordIn<'followed'>,
  { dependencies, chorusPro }: Poll,
): Promise<void> {
  const { telemetry, now } = dependencies;
  const own = await findOwnInvoice(record, chorusPro);
  // No answer: it stays due, and the next poll looks again.
  if (own.kind !== 'accepted') return;
  if (!own.value) telemetry.warn('INVOICE_NOT_SHOWN', { subject: record.subject });
  // What it says may be the payment: only if it is no news is the invoice as late as it was.
  const seen = own.value && (await withHistory(record, own.value, chorusPro, now()));
  if (seen && (await recordStatus(dependencies, record, seen)) !== 'unchanged') return;
  const at = now();
  const late = isLate(record, at);
  const lateToldAt = late ? at.toISOString() : record.lateToldAt;
  await applyMove(dependencies, record, {
    name: 'watch',
    changes: { nextStepAt: nextCheck({ ...record, lateToldAt }, at), ...(lateToldAt ? { lateToldAt } : {}) },
    events: late ? [lateTold(record, at)] : [],
  });
}
