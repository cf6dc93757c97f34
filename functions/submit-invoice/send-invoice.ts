import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access, ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import { mapAccepted, reasonsOf, retryOf, type Outcome, type Refusal } from '../../shared/chorus-pro/outcome.ts';
import type { Uploaded } from '../../shared/chorus-pro/invoice-actions.ts';
import { keptOr, keptUploads } from '../../shared/chorus-pro/submission.ts';
import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { type Document, completed } from '../../shared/invoice/terms.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { lived } from '../../shared/ledger/life.ts';
import type { RecordIn, Uploads } from '../../shared/ledger/record.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { CallJournal } from '../../shared/tracking/call-journal.ts';
import { enterDoubt, isRepeated, numberUsedThisYear } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, type Seen } from '../../shared/tracking/record-status.ts';
import type { SubmitDependencies } from './dependencies.ts';
import type { Original } from './whole-command.ts';

export interface Consignment {
  command: Original;
  /** The invoice's own document first. */
  documents: readonly Document[];
  /** Chorus Pro's id of the supplier. */
  supplierId: number;
  access: Access;
}

type Claimed = RecordIn<'sending'>;

/** Sends an invoice whose lease we hold, and records the outcome. */
export async function sendInvoice(
  claimed: Claimed,
  { access, ...consignment }: Consignment,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const waiting = (await releaseRetentions(claimed, dependencies)) ?? (await takePlace(claimed, dependencies));
  if (waiting) return waiting;
  const kept = keptUploads(claimed.uploads, dependencies.now());
  const journal = new CallJournal();
  const chorusPro = access.chorusPro(deadline, { doubted: claimed.doubt !== undefined, made: journal.made });
  const attempt = await routes[claimed.route](claimed, { ...consignment, kept }, chorusPro);
  const recording = recordAttempt(lived(claimed, journal.take()), attempt, dependencies);
  // Beside it: the outcome is on its way to the ledger, and does not depend on this.
  const keeping = journal.keep(dependencies, claimed.subject);
  return recording.finally(() => keeping);
}

async function recordAttempt(
  record: Claimed,
  { outcome, uploads }: Attempt,
  dependencies: SubmitDependencies,
): Promise<Disposition> {
  switch (outcome.kind) {
    case 'accepted':
      await recordTaken(dependencies, record, outcome);
      return { kind: 'done' };
    case 'refused':
      return recordRefusal(dependencies, record, outcome.refusal);
    case 'unknown':
      await enterDoubt(dependencies, record, outcome.why, outcome);
      return { kind: 'done' };
    case 'not-done':
      return release(dependencies, record, retryOf(outcome), uploads);
  }
}

/** @returns undefined if it may be sent: nothing is released, or it is noted where it is held */
async function releaseRetentions(record: Claimed, dependencies: SubmitDependencies): Promise<Disposition | undefined> {
  if (!record.releases) return undefined;
  const { noteReleases } = await import('./note-releases.ts');
  const noted = await noteReleases(record, dependencies);
  if (noted.kind === 'noted') return undefined;
  if (noted.kind === 'wait') return release(dependencies, record, { kind: 'retry', reason: 'being-sent' });
  // An earlier attempt was noted before it was sent: Chorus Pro may have it.
  return isRepeated(record) ? undefined : refuse(dependencies, record, noted.reasons, 'release-too-much');
}

/** @returns undefined if it may be sent: no works document is before it, or it is noted there */
async function takePlace(record: Claimed, dependencies: SubmitDependencies): Promise<Disposition | undefined> {
  if (!record.works) return undefined;
  const { noteSuccessor } = await import('./note-successor.ts');
  const noted = await noteSuccessor(record, dependencies);
  return noted === 'noted' ? undefined : release(dependencies, record, { kind: 'retry', reason: 'being-sent' });
}

/** What Chorus Pro accepted: an invoice, or a file that may become one. */
type Taken = { as: 'invoice'; seen: Seen } | { as: 'file'; depositId: string };

interface Parcel extends Omit<Consignment, 'access'> {
  kept: Uploads;
}

interface Attempt {
  outcome: Outcome<Taken>;
  /** What the next attempt need not upload again. */
  uploads?: Uploads;
}

type Route = (record: Claimed, parcel: Parcel, chorusPro: ChorusPro) => Promise<Attempt>;

/** The two ways into Chorus Pro. Only the last call of a route must not be repeated. */
const routes: Readonly<Record<Claimed['route'], Route>> = {
  async pdf(record, parcel, chorusPro) {
    const attempt = await uploadAndSubmit(record, parcel, chorusPro);
    const { outcome } = attempt;
    const { kept } = parcel;
    if (outcome.kind !== 'refused' || outcome.refusal.repeated || kept.ids.length === 0) return attempt;
    // Nothing was created, perhaps only because Chorus Pro no longer has a file: all are uploaded anew, once. If that
    // cannot be done now, the refusal is left. It is that of a repeated attempt: the relay looks first.
    const anew = await uploadAndSubmit(record, { ...parcel, kept: { ...kept, ids: [] } }, chorusPro);
    return anew.outcome.kind === 'not-done' ? attempt : anew;
  },

  async flux({ terms }, { command, documents }, chorusPro) {
    const { sentAs } = command;
    if (sentAs === 'pdf') throw new Error('a plain PDF has no flux syntax');
    const outcome = await chorusPro.depositFile({ ...mainOf(documents), sentAs, syntax: terms.fluxSyntax });
    return { outcome: mapAccepted(outcome, (depositId) => ({ as: 'file', depositId })) };
  },
};

/** The PDF route: uploads what is missing, which creates no invoice and may be repeated, and submits the invoice. */
async function uploadAndSubmit(
  { terms }: Claimed,
  { command, documents, supplierId, kept }: Parcel,
  chorusPro: ChorusPro,
): Promise<Attempt> {
  const uploaded: Uploaded[] = [];
  const upload = (document: Document) =>
    uploaded.length === 0 ? chorusPro.uploadPdf(document) : chorusPro.uploadAttachment(document);
  const uploads = () => ({ at: kept.at, ids: uploaded.map(({ id }) => id) });
  for (const [i, document] of documents.entries()) {
    const outcome = await keptOr(kept.ids[i], () => upload(document));
    if (outcome.kind !== 'accepted') return { outcome, uploads: uploads() };
    uploaded.push({ id: outcome.value, name: document.name, typeCode: command.attachments[i - 1]?.typeCode });
  }
  const { supplierServiceId, supplierAccountId } = terms;
  const [pdfId, attachments] = [mainOf(uploaded).id, uploaded.slice(1)];
  const ids = { supplierId, supplierServiceId, supplierAccountId, pdfId, attachments };
  const outcome = await chorusPro.submitInvoice(completed(command.invoice, terms), ids);
  return { outcome: mapAccepted(outcome, (seen) => ({ as: 'invoice', seen })), uploads: uploads() };
}

function mainOf<Some>([main]: readonly Some[]): Some {
  if (!main) throw new Error('an invoice without its document passed the checks');
  return main;
}

/**
 * Records what Chorus Pro accepted. After a conflict the lease expires, and the doubt that follows finds the invoice.
 */
async function recordTaken(
  dependencies: SubmitDependencies,
  record: Claimed,
  { value: taken, repeated }: Extract<Outcome<Taken>, { kind: 'accepted' }>,
): Promise<void> {
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
    changes: {
      ...{ depositId: taken.depositId, depositedAt: at, nextStepAt: at },
      // Both calls may have arrived: a rejection of this file may only mean that the other became the invoice.
      attempts: record.attempts + (repeated ? 1 : 0),
    },
    events: [{ type: 'deposited' }],
  });
}

/** Records a refusal. After an earlier attempt it may mean "already there": then the relay looks first. */
async function recordRefusal(
  dependencies: SubmitDependencies,
  record: Claimed,
  refusal: Refusal,
): Promise<Disposition> {
  const reasons = [...reasonsOf(refusal), ...(await numberUsedThisYear(record, dependencies))];
  if (isRepeated(record) || refusal.repeated) {
    await enterDoubt(dependencies, record, 'a repeated attempt was refused', { refusal: reasons });
    return { kind: 'done' };
  }
  return refuse(dependencies, record, reasons, String(refusal.code), refusal.operation);
}

async function refuse(
  dependencies: SubmitDependencies,
  record: Claimed,
  reasons: Reason[],
  code: string,
  operation?: string,
): Promise<Disposition> {
  const events = [{ type: 'refused', reasons }] as const;
  const refused = await applyMove(dependencies, record, { name: 'refuse', changes: { reasons }, events });
  if (!refused) return { kind: 'retry', reason: 'being-sent' };
  const { telemetry } = dependencies;
  const { subject, connection } = record;
  telemetry.info('INVOICE_REFUSED', { subject, reason: code, ...(operation === undefined ? {} : { operation }) });
  telemetry.measure('Refused', 1, { connection });
  return { kind: 'done' };
}

/** For an attempt that did not reach Chorus Pro: ends the lease at once, and the message is retried. */
async function release(
  dependencies: SubmitDependencies,
  record: Claimed,
  retry: Retry,
  uploads: Uploads | undefined = record.uploads,
): Promise<Disposition> {
  const nextStepAt = after(dependencies.now(), timings.parkedOverdue);
  await applyMove(dependencies, record, { name: 'release', changes: { nextStepAt, uploads } });
  return retry;
}
