import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { mostDoubts, findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll, PollDependencies } from './dependencies.ts';
import { requeue } from './requeue.ts';

type Doubted = RecordIn<'in-doubt'>;

/** Until this time has passed, an invoice that the search does not show may still exist. */
const settlingMs = { pdf: timings.settlingAfterPdf.ms, flux: timings.settlingAfterFile.ms } as const;

const windowOf = ({ route, doubt }: Doubted): number =>
  doubt.refusal ? timings.settlingAfterRefusal.ms : settlingMs[route];

/** Looks for an invoice in doubt. It is sent again only if it is certainly absent. */
export async function resolveDoubt(record: Doubted, { dependencies, chorusPro }: Poll): Promise<void> {
  const { telemetry, now } = dependencies;
  const own = await findOwnInvoice(record, chorusPro);
  // No reply does not mean absent: the record stays due and the next poll looks again.
  if (own.kind !== 'accepted') return;
  if (own.value) {
    telemetry.info('DOUBT_FOUND', { subject: record.subject, attempt: record.attempts });
    await recordStatus(dependencies, record, await withHistory(record, own.value, chorusPro, now()));
    return;
  }
  const windowEnd = Date.parse(record.doubt.since) + windowOf(record);
  await (now().getTime() >= windowEnd
    ? concludeAbsence(record, dependencies)
    : lookLater(record, dependencies, windowEnd));
}

async function lookLater(record: Doubted, dependencies: PollDependencies, windowEnd: number): Promise<void> {
  const next = Math.min(windowEnd, dependencies.now().getTime() + timings.lookInterval.ms);
  const nextStepAt = new Date(next).toISOString();
  await applyMove(dependencies, record, { name: 'look-again', changes: { nextStepAt } });
}

async function concludeAbsence(record: Doubted, dependencies: PollDependencies): Promise<void> {
  const { telemetry, now } = dependencies;
  const { subject, connection, attempts: attempt, doubt } = record;
  if (doubt.refusal) {
    const reasons = doubt.refusal;
    const events = [{ type: 'refused', reasons }] as const;
    await applyMove(dependencies, record, { name: 'refuse', changes: { reasons }, events });
  } else if (doubt.times < mostDoubts) {
    telemetry.warn('DOUBT_ABSENT', { subject, attempt });
    // The doubt stays in the record: if Chorus Pro refuses the next attempt, the relay looks again before it believes
    // that.
    const changes = { nextStepAt: after(now(), timings.requeuedOverdue) };
    const parked = await applyMove(dependencies, record, { name: 'resend', changes });
    if (parked) await requeue(parked, dependencies);
  } else {
    telemetry.error('DOUBT_STUCK', { subject, attempt });
    telemetry.measure('DoubtStuck', 1, { connection });
    const changes = { nextStepAt: after(now(), timings.stuckPause) };
    await applyMove(dependencies, record, { name: 'look-again', changes, events: [{ type: 'failed' }] });
  }
}
