import type { Access } from '../../shared/chorus-pro/access.ts';
import type { FluxReport } from '../../shared/chorus-pro/flux.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { firstReasons, reason } from '../../shared/invoice/reasons.ts';
import { enterDoubt } from '../../shared/tracking/doubt.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { dropAgain } from './drop-again.ts';
import { ownInvoice } from './own-invoice.ts';
import type { PollDependencies } from './dependencies.ts';
import { step } from './step.ts';

/** A report is read at each poll until it has come to an end; an invoice just integrated may not be in the index yet. */
const again = (now: Date) => ({ nextStepAt: new Date(now.getTime() + 5 * 60_000).toISOString() });
/** Parked again: overdue soon, should the message that is sent for it be lost. */
const overdueMs = 3_600_000;

/** Reads the report on a deposited file and moves the ledger to what it says. */
export async function readReport(
  record: LedgerRecord,
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<void> {
  const { depositId, number } = record;
  if (!depositId || !number) return;
  const outcome = await access.chorusPro(deadline).depositReport({ depositId, number });
  // No answer is no end: the record stays due.
  if (outcome.kind !== 'accepted') return;
  const { meaning, state } = outcome.value;
  if (meaning !== 'pending') dependencies.telemetry.info('REPORT_READ', { subject: record.subject, status: state });
  await endings[meaning]({ record, access, dependencies, deadline, report: outcome.value });
}

interface Ending {
  record: LedgerRecord;
  access: Access;
  dependencies: PollDependencies;
  deadline: Deadline;
  report: FluxReport;
}

/** A file is processed in minutes, at times in hours [V-3P]; after this long a person should ask. */
const longestMs = 3 * 24 * 3_600_000;

async function wait({ record, dependencies }: Ending): Promise<void> {
  const now = dependencies.now();
  const since = Date.parse(record.depositedAt ?? record.updatedAt);
  if (now.getTime() - since < longestMs) {
    await step(record, dependencies, { name: 'await-report', changes: again(now) });
    return;
  }
  const nextStepAt = new Date(now.getTime() + 24 * 3_600_000).toISOString();
  await step(record, dependencies, {
    name: 'await-report',
    changes: { nextStepAt },
    events: [{ type: 'failed', message: overdue }],
  });
}

const overdue = {
  fr: 'Le fichier déposé n’est devenu aucune facture à ce numéro depuis trois jours : vérifiez dans Chorus Pro (numéro du fichier, numéro de dépôt).',
  en: 'The deposited file has become no invoice of that number for three days: look in Chorus Pro (the file’s number, the deposit’s).',
};

const endings: Readonly<Record<FluxReport['meaning'], (ending: Ending) => Promise<void>>> = {
  pending: wait,
  integrated: follow,
  rejected: async (ending) => {
    const { record, dependencies, report } = ending;
    const faults = report.faults.length > 0 ? report.faults : [report.state];
    const reasons = firstReasons(faults.map((message) => reason('rejected-report', '', { message })));
    if (record.doubt) {
      // After an earlier file of unknown fate it may only say that the invoice is there already, shown or not shown yet.
      if ((await adopt(ending)) === 'absent')
        await enterDoubt(dependencies, record, 'a repeated file was rejected', reasons);
      return;
    }
    const changes = { reasons, nextStepAt: undefined };
    await step(record, dependencies, { name: 'reject', changes, events: [{ type: 'rejected', reasons }] });
  },
  // Chorus Pro lost the file by a fault of its own: no invoice came of it, and the whole is sent again. [COM]
  incident: async ({ record, dependencies }) => {
    const nextStepAt = new Date(dependencies.now().getTime() + overdueMs).toISOString();
    const parked = await step(record, dependencies, { name: 'resend', changes: { nextStepAt, depositId: undefined } });
    if (parked) await dropAgain(parked, dependencies);
  },
  unknown: async (ending) => {
    const { record, dependencies, report } = ending;
    dependencies.telemetry.error('REPORT_UNKNOWN', { subject: record.subject, status: report.state });
    dependencies.telemetry.measure('UnknownStatus');
    await wait(ending);
  },
};

async function follow(ending: Ending): Promise<void> {
  if ((await adopt(ending)) === 'absent') await wait(ending);
}

/** Looks for the invoice that came of the file. Without an answer the record stays due. */
async function adopt({ record, access, dependencies, deadline }: Ending): Promise<'adopted' | 'absent' | 'unanswered'> {
  const outcome = await access.chorusPro(deadline).invoicesWithNumber(record.number ?? '');
  if (outcome.kind !== 'accepted') return 'unanswered';
  // The deposit's own number tells our file from others of the same number; in doubt, any file may have been ours.
  const ours = record.doubt ? outcome.value : outcome.value.filter(({ depositId }) => depositId === record.depositId);
  const found = ownInvoice(record, ours);
  if (!found) return 'absent';
  await recordStatus(dependencies, record, found);
  return 'adopted';
}
