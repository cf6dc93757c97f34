import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { isLate, lateTold, nextCheck } from '../../shared/tracking/lateness.ts';
import { findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll } from './dependencies.ts';

/**
 * Looks up a followed invoice without news for a long time: either it is late, or the polls missed a change. This finds
 * changes that the search by date does not show.
 */
export async function checkSilentInvoice(
  record: RecordIn<'followed'>,
  { dependencies, chorusPro }: Poll,
): Promise<void> {
  const { telemetry, now } = dependencies;
  const own = await findOwnInvoice(record, chorusPro);
  // Without a reply the record stays due, and the next poll tries again.
  if (own.kind !== 'accepted') return;
  if (!own.value) telemetry.warn('INVOICE_NOT_SHOWN', { subject: record.subject });
  // The status may be new, even the payment: the invoice is reported late only if nothing has changed.
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
