import type { Access } from '../../shared/chorus-pro/access.ts';
import { isLate, lateTold } from '../../shared/tracking/lateness.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { withHistory } from '../../shared/tracking/with-history.ts';
import { nextWatch } from '../../shared/tracking/watching.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import type { PollDependencies } from './dependencies.ts';
import { step } from './step.ts';

/**
 * An invoice of which nothing was heard for long: late, or missed by the increments. It is looked up by itself, so that what the
 * increments cannot see comes to light too.
 */
export async function watchOver(
  record: LedgerRecord,
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<void> {
  const { telemetry, now } = dependencies;
  const chorusPro = access.chorusPro(deadline);
  const found = await chorusPro.invoicesWithNumber(record.number ?? '');
  // No answer: it stays due, and the next poll looks again.
  if (found.kind !== 'accepted') return;
  const own = found.value.find(({ chorusProId }) => chorusProId === record.chorusProId);
  if (!own) telemetry.warn('INVOICE_NOT_SHOWN', { subject: record.subject });
  // What it says may be the payment: only what is not news leaves the invoice as late as it was.
  const seen = own && (await withHistory(record, own, { chorusPro, now }));
  if (seen && (await recordStatus(dependencies, record, seen)) !== 'unchanged') return;
  const at = now();
  const late = isLate(record, at);
  const lateToldAt = late ? at.toISOString() : record.lateToldAt;
  const nextStepAt = nextWatch({ ...record, lateToldAt }, at);
  await step(record, dependencies, {
    name: 'watch',
    changes: { nextStepAt, lateToldAt },
    events: late ? [lateTold(record, at)] : [],
  });
}
