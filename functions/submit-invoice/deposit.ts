import type { Access } from '../../shared/chorus-pro/access.ts';
import { meaningOfRefusal } from '../../shared/chorus-pro/errors.ts';
import { submitInvoice as callSubmit, uploadPdf } from '../../shared/chorus-pro/factures.ts';
import type { Outcome, Refusal } from '../../shared/chorus-pro/outcome.ts';
import { submissionBody } from '../../shared/chorus-pro/submission.ts';
import { uploadAttachment } from '../../shared/chorus-pro/transverses.ts';
import type { Document } from '../../shared/invoice/digest.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-invoice-command.ts';
import { enterDoubt } from '../../shared/ledger/doubt.ts';
import { recordStatus } from '../../shared/following/record-status.ts';
import { publishOutbox } from '../../shared/ledger/outbox.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/queue/batch-runner.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import type { SubmitDependencies } from './submit-invoice.ts';

export interface Consignment {
  command: SubmitInvoice;
  /** The invoice's own document first. */
  documents: readonly Document[];
  /** Chorus Pro's id of the supplier. */
  supplierId: number;
  access: Access;
}

/** Sends an invoice whose lease we hold, and writes what came of it. */
export async function deposit(
  record: LedgerRecord,
  consignment: Consignment,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { access } = consignment;
  const body = await upload(consignment, deadline);
  const outcome = body.kind === 'accepted' ? await callSubmit(access.call, body.value, deadline) : body;
  switch (outcome.kind) {
    case 'accepted':
      // A conflict leaves the lease to lapse: the look that follows finds the invoice.
      await recordStatus(dependencies, record, outcome.value);
      dependencies.telemetry.measure('Submitted', 1, { connection: record.connection });
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

/** All the uploads; none of them is an invoice yet, so any of them may be repeated. */
async function upload(
  { command, documents, supplierId, access }: Consignment,
  deadline: Deadline,
): Promise<Outcome<ReturnType<typeof submissionBody>>> {
  const [pdf, ...others] = documents;
  if (!pdf) throw new Error('an invoice without its document passed the checks');
  const [main, ...rest] = await Promise.all([
    uploadPdf(access.call, pdf, deadline),
    ...others.map((attachment) => uploadAttachment(access.call, attachment, deadline)),
  ]);
  if (main.kind !== 'accepted') return main;
  const attachments: { id: number; name: string; typeCode: string | undefined }[] = [];
  for (const [i, outcome] of rest.entries()) {
    if (outcome.kind !== 'accepted') return outcome;
    attachments.push({ id: outcome.value, name: others[i]?.name ?? '', typeCode: command.attachments[i]?.typeCode });
  }
  return { kind: 'accepted', value: submissionBody(command.invoice, { supplierId, pdfId: main.value, attachments }) };
}

/** Chorus Pro said no. After an attempt of unknown outcome that may mean "already there": then we look first. */
async function refused(dependencies: SubmitDependencies, record: LedgerRecord, refusal: Refusal): Promise<Disposition> {
  const { ledger, telemetry, now } = dependencies;
  const { fr, en } = meaningOfRefusal(refusal);
  const told = reason('refused-by-chorus-pro', '', { message: fr, code: refusal.code });
  const reasons: Reason[] = [
    { ...told, en: reason('refused-by-chorus-pro', '', { message: en, code: refusal.code }).en },
  ];
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
  telemetry.info('INVOICE_REFUSED', {
    subject: record.subject,
    operation: refusal.operation,
    reason: String(refusal.code),
  });
  telemetry.measure('Refused', 1, { connection: record.connection });
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
