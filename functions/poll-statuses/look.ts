import type { Access } from '../../shared/chorus-pro/access.ts';
import { withNumber } from '../../shared/chorus-pro/factures.ts';
import { allPages } from '../../shared/chorus-pro/paging.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { recordStatus } from '../../shared/following/record-status.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move, type Move } from '../../shared/ledger/transition.ts';
import { publishOutbox } from '../../shared/ledger/outbox.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import { dropAgain } from './drop-again.ts';
import type { PollDependencies } from './poll-statuses.ts';

/**
 * Absence says nothing before this: a request that timed out may still be worked on, and the search index of Chorus Pro lags
 * behind by an unknown time. [INF] Half an hour is ours; qualification must show how long the index really takes.
 */
export const settlingWindowMs = 30 * 60_000;
/** An invoice that vanished so many times is not bad luck: a person must look before it is sent again. */
const mostAttempts = 3;
/** Parked again: overdue at once if the message that is sent for it should be lost. */
const overdueMs = 3_600_000;
const stuckPauseMs = 24 * 3_600_000;

/** Looks for an invoice in doubt. Only what is certainly absent is ever sent again. */
export async function look(
  record: LedgerRecord,
  { call }: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<void> {
  const { doubt, number } = record;
  if (!doubt || !number) return;
  const outcome = await allPages((page) => withNumber(call, number, page, deadline));
  // No answer is no absence: the record stays due and the next poll looks again.
  if (outcome.kind !== 'accepted') return;
  const { telemetry, now } = dependencies;
  const found = outcome.value.find(
    (invoice) => invoice.supplierSiret === record.supplier && meaningOf(invoice.status).effect !== 'none',
  );
  if (found) {
    telemetry.info('DOUBT_FOUND', { subject: record.subject, attempt: record.attempts });
    await recordStatus(dependencies, record, found);
    return;
  }
  const settled = now().getTime() >= Date.parse(doubt.since) + settlingWindowMs;
  await (settled ? concludeAbsence(record, dependencies) : lookLater(record, dependencies, doubt.since));
}

async function lookLater(record: LedgerRecord, dependencies: PollDependencies, since: string): Promise<void> {
  const nextStepAt = new Date(Date.parse(since) + settlingWindowMs).toISOString();
  await write(record, dependencies, { name: 'doubt', changes: { nextStepAt } });
}

async function concludeAbsence(record: LedgerRecord, dependencies: PollDependencies): Promise<void> {
  const { telemetry, now } = dependencies;
  const { subject, attempts, doubt } = record;
  if (doubt?.refusal) {
    const reasons = doubt.refusal;
    const changes = { reasons, doubt: undefined, nextStepAt: undefined };
    await write(record, dependencies, { name: 'refuse', changes, events: [{ type: 'refused', reasons }] });
  } else if (attempts < mostAttempts) {
    telemetry.warn('DOUBT_ABSENT', { subject, attempt: attempts });
    const nextStepAt = new Date(now().getTime() + overdueMs).toISOString();
    // The doubt stays on the record: should Chorus Pro refuse the next attempt, we look again before we believe it.
    const parked = await write(record, dependencies, { name: 'resend', changes: { nextStepAt } });
    if (parked) await dropAgain(parked, dependencies);
  } else {
    telemetry.error('DOUBT_STUCK', { subject, attempt: attempts });
    telemetry.measure('InDoubt', 1, { connection: record.connection });
    const nextStepAt = new Date(now().getTime() + stuckPauseMs).toISOString();
    await write(record, dependencies, { name: 'doubt', changes: { nextStepAt }, events: [{ type: 'failed' }] });
  }
}

/** @returns the record as written, or nothing when somebody else was faster */
async function write(
  record: LedgerRecord,
  dependencies: PollDependencies,
  step: Omit<Move, 'now'>,
): Promise<LedgerRecord | undefined> {
  const next = move(record, { ...step, now: dependencies.now() });
  if ((await dependencies.ledger.write(next)) === 'conflict') return undefined;
  await publishOutbox(dependencies, next.record);
  return next.record;
}
