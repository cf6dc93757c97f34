import type { Access } from '../../shared/chorus-pro/access.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { mostDoubts } from '../../shared/tracking/doubt.ts';
import { withHistory } from '../../shared/tracking/with-history.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { dropAgain } from './drop-again.ts';
import { ownInvoice } from './own-invoice.ts';
import type { PollDependencies } from './dependencies.ts';
import { step } from './step.ts';

/**
 * Absence says nothing before this: a request that timed out may still be worked on, and the search index of Chorus Pro lags
 * behind by an unknown time. [INF] Half an hour is ours; qualification must show how long the index really takes.
 */
const settlingWindowMs = {
  pdf: 30 * 60_000,
  /** A file is processed in minutes, at times in hours [V-3P]: its invoice may come into being that much later. */
  flux: 12 * 3_600_000,
} as const;

/**
 * A refusal of a repeated attempt most likely says that the invoice IS there: it gets the longest time to show itself before the
 * refusal is believed.
 */
const refusalWindowMs = 48 * 3_600_000;
/** Within a long window, looks come this often. */
const lookEveryMs = 3_600_000;

const windowOf = ({ route, doubt }: LedgerRecord): number =>
  doubt?.refusal ? refusalWindowMs : settlingWindowMs[route ?? 'pdf'];

/** Parked again: overdue at once if the message that is sent for it should be lost. */
const overdueMs = 3_600_000;
const stuckPauseMs = 24 * 3_600_000;

/** Looks for an invoice in doubt. Only what is certainly absent is ever sent again. */
export async function look(
  record: LedgerRecord,
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<void> {
  const { doubt, number } = record;
  if (!doubt || !number) return;
  const chorusPro = access.chorusPro(deadline);
  const outcome = await chorusPro.invoicesWithNumber(number);
  // No answer is no absence: the record stays due and the next poll looks again.
  if (outcome.kind !== 'accepted') return;
  const { telemetry, now } = dependencies;
  const found = ownInvoice(record, outcome.value);
  if (found) {
    telemetry.info('DOUBT_FOUND', { subject: record.subject, attempt: record.attempts });
    await recordStatus(dependencies, record, await withHistory(record, found, { chorusPro, now }));
    return;
  }
  const settled = now().getTime() >= Date.parse(doubt.since) + windowOf(record);
  await (settled ? concludeAbsence(record, dependencies) : lookLater(record, dependencies, doubt.since));
}

async function lookLater(record: LedgerRecord, dependencies: PollDependencies, since: string): Promise<void> {
  const windowEnd = Date.parse(since) + windowOf(record);
  const nextStepAt = new Date(Math.min(windowEnd, dependencies.now().getTime() + lookEveryMs)).toISOString();
  await step(record, dependencies, { name: 'doubt', changes: { nextStepAt } });
}

async function concludeAbsence(record: LedgerRecord, dependencies: PollDependencies): Promise<void> {
  const { telemetry, now } = dependencies;
  const { subject, attempts, doubt } = record;
  if (doubt?.refusal) {
    const reasons = doubt.refusal;
    const changes = { reasons, doubt: undefined, nextStepAt: undefined };
    await step(record, dependencies, { name: 'refuse', changes, events: [{ type: 'refused', reasons }] });
  } else if ((doubt?.times ?? 0) < mostDoubts) {
    telemetry.warn('DOUBT_ABSENT', { subject, attempt: attempts });
    const nextStepAt = new Date(now().getTime() + overdueMs).toISOString();
    // The doubt stays on the record: should Chorus Pro refuse the next attempt, we look again before we believe it.
    const parked = await step(record, dependencies, { name: 'resend', changes: { nextStepAt } });
    if (parked) await dropAgain(parked, dependencies);
  } else {
    telemetry.error('DOUBT_STUCK', { subject, attempt: attempts });
    telemetry.measure('DoubtStuck', 1, { connection: record.connection });
    const nextStepAt = new Date(now().getTime() + stuckPauseMs).toISOString();
    await step(record, dependencies, { name: 'doubt', changes: { nextStepAt }, events: [{ type: 'failed' }] });
  }
}
