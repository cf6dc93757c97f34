import type { FluxReport } from '../../shared/chorus-pro/flux.ts';
import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { firstReasons, reason, type Reason } from '../../shared/invoice/reasons.ts';
import { lived } from '../../shared/ledger/life.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { enterDoubt, findOwnInvoice, isRepeated, numberUsedThisYear } from '../../shared/tracking/own-invoice.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import type { Poll, PollDependencies } from './dependencies.ts';

type Deposited = RecordIn<'deposited'>;

/** Reads Chorus Pro's report on a deposited file and moves the record accordingly. */
export async function readReport(deposited: Deposited, poll: Poll): Promise<void> {
  const { dependencies, chorusPro } = poll;
  const { telemetry } = dependencies;
  const { depositId, number, subject } = deposited;
  const outcome = await chorusPro.depositReport({ depositId, number });
  // Without a reply the record stays due.
  if (outcome.kind !== 'accepted') return;
  const report = outcome.value;
  const { meaning, state: status } = report;
  if (meaning !== 'pending') telemetry.info('REPORT_READ', { subject, status });
  const record = meaning === 'pending' ? deposited : reported(deposited, status, dependencies);
  switch (meaning) {
    case 'pending':
      return awaitReport(record, dependencies);
    case 'integrated':
      if ((await adopt(record, poll)) === 'absent') await awaitReport(record, dependencies);
      return;
    case 'rejected':
      return recordRejection(record, report, poll);
    case 'partial':
      return doubtUnlessThere(
        record,
        'its file was taken in part',
        await reasonsIn(report, record, dependencies),
        poll,
      );
    case 'incident':
      return doubtIncident(record, dependencies);
    case 'unknown':
      telemetry.error('REPORT_UNKNOWN', { subject, status });
      telemetry.measure('UnknownStatus');
      return awaitReport(record, dependencies);
  }
}

/** It is read again until its invoice is shown: its life says it once. */
function reported(record: Deposited, report: string, { now }: PollDependencies): Deposited {
  const isKnown = record.life?.some((entry) => 'report' in entry && entry.report === report);
  return isKnown ? record : lived(record, [{ at: now().toISOString(), report }]);
}

const overdue = {
  fr:
    'Trois jours après le dépôt, aucune facture de ce numéro n’apparaît : vérifiez dans Chorus Pro ' +
    '(numéro dans le fichier, numéro de dépôt).',
  en:
    'Three days after the deposit there is no invoice with this number: check in Chorus Pro ' +
    '(the number in the file, the deposit’s number).',
};

async function awaitReport(record: Deposited, dependencies: PollDependencies): Promise<void> {
  const now = dependencies.now();
  const isOverdue = now.getTime() - Date.parse(record.depositedAt) >= timings.reportOverdue.ms;
  const pause = isOverdue ? timings.stuckPause : timings.reportInterval;
  await applyMove(dependencies, record, {
    name: 'await-report',
    changes: { nextStepAt: after(now, pause) },
    events: isOverdue ? [{ type: 'failed', message: overdue }] : [],
  });
}

async function recordRejection(record: Deposited, report: FluxReport, poll: Poll): Promise<void> {
  const { dependencies } = poll;
  const reasons = await reasonsIn(report, record, dependencies);
  // If an earlier file may have arrived, the rejection may only mean that its invoice exists, perhaps not shown yet.
  if (isRepeated(record)) return doubtUnlessThere(record, 'a repeated file was rejected', reasons, poll);
  const events = [{ type: 'rejected', reasons }] as const;
  await applyMove(dependencies, record, { name: 'reject', changes: { reasons }, events });
}

async function reasonsIn({ faults, state }: FluxReport, record: Deposited, dependencies: PollDependencies) {
  const said = faults.length > 0 ? faults : [state];
  return firstReasons([
    ...said.map((message) => reason('rejected-report', '', { message })),
    ...(await numberUsedThisYear(record, dependencies)),
  ]);
}

/** A rejection that may not be this invoice's: the relay looks for the invoice before it believes it. */
async function doubtUnlessThere(record: Deposited, why: string, refusal: Reason[], poll: Poll): Promise<void> {
  if ((await adopt(record, poll)) === 'absent') await enterDoubt(poll.dependencies, record, why, { refusal });
}

/**
 * Chorus Pro failed on the file through its own fault. The whole file must be sent again [COM], but Chorus Pro may
 * still work on this one: the relay first looks for its invoice. After a second incident a person should know.
 */
async function doubtIncident(record: Deposited, dependencies: PollDependencies): Promise<void> {
  const { telemetry } = dependencies;
  const { subject, connection, attempts: attempt } = record;
  telemetry.error('FILE_INCIDENT', { subject, attempt });
  if (record.doubt?.deposits) telemetry.measure('DoubtStuck', 1, { connection });
  await enterDoubt(dependencies, record, 'an incident in Chorus Pro with its file');
}

/** Looks for the invoice that was created from the file. Without a reply the record stays due. */
async function adopt(
  record: Deposited,
  { dependencies, chorusPro }: Poll,
): Promise<'adopted' | 'absent' | 'unanswered'> {
  const own = await findOwnInvoice(record, chorusPro);
  if (own.kind !== 'accepted') return 'unanswered';
  if (!own.value) return 'absent';
  await recordStatus(dependencies, record, own.value);
  return 'adopted';
}
