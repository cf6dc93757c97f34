import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import { mapAccepted, reasonsOf, retryOf, type Outcome, type Refusal } from '../../shared/chorus-pro/outcome.ts';
import type { SubmissionIds } from '../../shared/chorus-pro/submission.ts';
import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { type Document, completed } from '../../shared/invoice/terms.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { enterDoubt, isRepeated } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, type Seen } from '../../shared/tracking/record-status.ts';
import type { SubmitDependencies } from './dependencies.ts';

export interface Consignment {
  command: SubmitInvoice;
  /** The invoice's own document first. */
  documents: readonly Document[];
  /** Chorus Pro's id of the supplier. */
  supplierId: number;
  access: Access;
}

type Claimed = RecordIn<'sending'>;

/** Sends an invoice whose lease we hold, and records the outcome. */
export async function sendInvoice(
  record: Claimed,
  { access, ...consignment }: Consignment,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const outcome = await routes[record.route](record, consignment, access.chorusPro(deadline));
  switch (outcome.kind) {
    case 'accepted':
      await recordTaken(dependencies, record, outcome.value);
      return { kind: 'done' };
    case 'refused':
      return recordRefusal(dependencies, record, outcome.refusal);
    case 'unknown':
      await enterDoubt(dependencies, record, outcome.why, outcome);
      return { kind: 'done' };
    case 'not-done':
      return release(dependencies, record, outcome);
  }
}

/** What Chorus Pro accepted: an invoice, or a file that may become one. */
type Taken = { as: 'invoice'; seen: Seen } | { as: 'file'; depositId: string };

type Parcel = Omit<Consignment, 'access'>;
type Route = (record: Claimed, parcel: Parcel, chorusPro: ChorusPro) => Promise<Outcome<Taken>>;

/** The two ways into Chorus Pro. Only the last call of a route must not be repeated. */
const routes: Readonly<Record<Claimed['route'], Route>> = {
  async pdf(record, parcel, chorusPro) {
    const { terms } = record;
    const ids = await uploadAll(parcel, chorusPro);
    if (ids.kind !== 'accepted') return ids;
    const { supplierServiceId, supplierAccountId } = terms;
    const invoice = completed(parcel.command.invoice, terms);
    const outcome = await chorusPro.submitInvoice(invoice, { ...ids.value, supplierServiceId, supplierAccountId });
    return mapAccepted(outcome, (seen) => ({ as: 'invoice', seen }));
  },

  async flux(_record, { command, documents }, chorusPro) {
    const { format } = command.document;
    if (format === 'pdf') throw new Error('a plain PDF has no flux syntax');
    const outcome = await chorusPro.depositFile({ ...mainOf(documents), format });
    return mapAccepted(outcome, (depositId) => ({ as: 'file', depositId }));
  },
};

/** All the uploads of the PDF route. None of them creates an invoice, so they may be repeated. */
async function uploadAll(
  { command, documents, supplierId }: Parcel,
  chorusPro: ChorusPro,
): Promise<Outcome<SubmissionIds>> {
  const main = await chorusPro.uploadPdf(mainOf(documents));
  if (main.kind !== 'accepted') return main;
  const attachments = await chorusPro.uploadAttachments(documents.slice(1), command.attachments);
  if (attachments.kind !== 'accepted') return attachments;
  return { kind: 'accepted', value: { supplierId, pdfId: main.value, attachments: attachments.value } };
}

function mainOf([main]: readonly Document[]): Document {
  if (!main) throw new Error('an invoice without its document passed the checks');
  return main;
}

/**
 * Records what Chorus Pro accepted. After a conflict the lease expires, and the doubt that follows finds the invoice.
 */
async function recordTaken(dependencies: SubmitDependencies, record: Claimed, taken: Taken): Promise<void> {
  const { telemetry, now } = dependencies;
  const { subject, connection } = record;
  telemetry.measure('Submitted', 1, { connection });
  if (taken.as === 'invoice') {
    telemetry.info('INVOICE_SUBMITTED', { subject });
    await recordStatus(dependencies, record, taken.seen);
    return;
  }
  telemetry.info('FILE_DEPOSITED', { subject });
  const at = now().toISOString();
  await applyMove(dependencies, record, {
    name: 'deposit',
    changes: { depositId: taken.depositId, depositedAt: at, nextStepAt: at },
    events: [{ type: 'deposited' }],
  });
}

/** Records a refusal. After an earlier attempt it may mean "already there": then the relay looks first. */
async function recordRefusal(
  dependencies: SubmitDependencies,
  record: Claimed,
  refusal: Refusal,
): Promise<Disposition> {
  const { telemetry } = dependencies;
  const reasons = reasonsOf(refusal);
  if (isRepeated(record) || refusal.repeated) {
    await enterDoubt(dependencies, record, 'a repeated attempt was refused', { refusal: reasons });
    return { kind: 'done' };
  }
  const events = [{ type: 'refused', reasons }] as const;
  const refused = await applyMove(dependencies, record, { name: 'refuse', changes: { reasons }, events });
  if (!refused) return { kind: 'retry', reason: 'being-sent' };
  const { subject, connection } = record;
  telemetry.info('INVOICE_REFUSED', { subject, operation: refusal.operation, reason: String(refusal.code) });
  telemetry.measure('Refused', 1, { connection });
  return { kind: 'done' };
}

/** For an attempt that did not reach Chorus Pro: ends the lease at once, and the message is retried. */
async function release(
  dependencies: SubmitDependencies,
  record: Claimed,
  outcome: Extract<Outcome<never>, { kind: 'not-done' }>,
): Promise<Disposition> {
  const nextStepAt = after(dependencies.now(), timings.parkedOverdue);
  await applyMove(dependencies, record, { name: 'release', changes: { nextStepAt } });
  return retryOf(outcome);
}
