import type { Outcome, Refusal } from '../../shared/chorus-pro/outcome.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { enterDoubt } from '../../shared/tracking/doubt.ts';
import { publishOutbox } from '../../shared/messaging/outbox.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { reasonsOf } from './refusal.ts';
import { routes, type Consignment, type Taken } from './routes.ts';
import type { SubmitDependencies } from './dependencies.ts';

/** Sends an invoice whose lease we hold, and writes what came of it. */
export async function deposit(
  record: LedgerRecord,
  consignment: Consignment,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const outcome = await routes[record.route ?? 'pdf'](consignment, deadline);
  switch (outcome.kind) {
    case 'accepted':
      await taken(dependencies, record, outcome.value);
      return { kind: 'done' };
    case 'refused':
      return refused(dependencies, record, outcome.refusal);
    case 'unknown':
      await enterDoubt(dependencies, record, outcome.why);
      return { kind: 'done' };
    case 'not-done':
      return release(dependencies, record, outcome);
  }
}

/** A conflict leaves the lease to lapse: the look that follows finds the invoice. */
async function taken(dependencies: SubmitDependencies, record: LedgerRecord, what: Taken): Promise<void> {
  const { telemetry } = dependencies;
  const { subject, connection } = record;
  telemetry.measure('Submitted', 1, { connection });
  if (what.as === 'invoice') {
    telemetry.info('INVOICE_SUBMITTED', { subject });
    await recordStatus(dependencies, record, what.seen);
  } else {
    telemetry.info('FILE_DEPOSITED', { subject });
    await recordDeposit(dependencies, record, what.depositId);
  }
}

async function recordDeposit(dependencies: SubmitDependencies, record: LedgerRecord, depositId: string): Promise<void> {
  const at = dependencies.now();
  const write = move(record, {
    name: 'deposit',
    changes: {
      depositId,
      depositedAt: at.toISOString(),
      lease: undefined,
      nextStepAt: at.toISOString(),
    },
    events: [{ type: 'deposited' }],
    now: at,
  });
  if ((await dependencies.ledger.write(write)) === 'written') await publishOutbox(dependencies, write.record);
}

/** Chorus Pro said no. After an attempt of unknown outcome that may mean "already there": then we look first. */
async function refused(dependencies: SubmitDependencies, record: LedgerRecord, refusal: Refusal): Promise<Disposition> {
  const { ledger, telemetry, now } = dependencies;
  const reasons = reasonsOf(refusal);
  if (record.doubt) {
    await enterDoubt(dependencies, record, 'a repeated attempt was refused', reasons);
    return { kind: 'done' };
  }
  const write = move(record, {
    name: 'refuse',
    changes: { reasons, lease: undefined, nextStepAt: undefined },
    events: [{ type: 'refused', reasons }],
    now: now(),
  });
  if ((await ledger.write(write)) === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  const { subject, connection } = record;
  telemetry.info('INVOICE_REFUSED', { subject, operation: refusal.operation, reason: String(refusal.code) });
  telemetry.measure('Refused', 1, { connection });
  await publishOutbox(dependencies, write.record);
  return { kind: 'done' };
}

/** A parked message that never comes back (dead letters, an expired queue) is dropped again by the poll after this long. */
const overdueMs = 24 * 3_600_000;

/** Nothing reached Chorus Pro: the lease ends at once and the message comes again. */
async function release(
  dependencies: SubmitDependencies,
  record: LedgerRecord,
  { reason: why, retryAfterSeconds }: Extract<Outcome<never>, { kind: 'not-done' }>,
): Promise<Disposition> {
  const { ledger, now } = dependencies;
  const at = now();
  const write = move(record, {
    name: 'release',
    changes: { lease: undefined, nextStepAt: new Date(at.getTime() + overdueMs).toISOString() },
    now: at,
  });
  if ((await ledger.write(write)) === 'written') await publishOutbox(dependencies, write.record);
  return { kind: 'retry', reason: why, ...(retryAfterSeconds ? { atLeastSeconds: retryAfterSeconds } : {}) };
}
