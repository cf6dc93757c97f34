import { type Deadline, isServiceFailure } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { isWorksDocument, type LedgerRecord, type RecordIn } from '../../shared/ledger/record.ts';
import type { Told } from '../../shared/ledger/transition.ts';
import { applyMove, publishOutbox } from '../../shared/messaging/outbox.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import {
  isLate,
  mayBeLate,
  nextCheck,
  paymentDueOf,
  paymentTermOf,
  withLateness,
} from '../../shared/tracking/lateness.ts';
import { diedWhileSending, enterDoubt, findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll, PollDependencies } from './dependencies.ts';
import { readReport } from './read-report.ts';
import { requeueOverdue } from './requeue.ts';
import { resolveDoubt } from './resolve-doubt.ts';

/** At most this many silent invoices are looked up in one poll: a backlog must not use up the quota. */
const mostLookUps = 50;

/** At most this many are fetched at a time. */
const atATime = 500;

interface Round extends Poll {
  access: Access;
}

/**
 * Processes the connection's due records, earliest first, while there is time: each record's unpublished events, then
 * its state's next step. A record that fails does not stop the others; a service that does not respond ends the poll.
 * @returns how many records were processed, and whether others were left for lack of time
 */
export async function processDueRecords(
  access: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<{ attended: number; isOutOfTime: boolean }> {
  const { ledger, now } = dependencies;
  const round: Round = { access, dependencies, chorusPro: access.chorusPro(deadline) };
  const processed = new Set<string>();
  for (;;) {
    // Processed records that stay due come first again, so each query asks for that many more.
    const limit = processed.size + atATime;
    const due = await ledger.due(access.settings.name, { before: now(), limit });
    const fresh = due.filter((pk) => !processed.has(pk));
    for (const pk of fresh) {
      if (deadline.remainingMs() < timings.leftForChanges.ms) return { attended: processed.size, isOutOfTime: true };
      processed.add(pk);
      await processAlone(pk, round);
    }
    if (fresh.length === 0 || due.length < limit) break;
  }
  // Only when nothing urgent is left: followed invoices of which nothing was heard, the longest silent first.
  for (const pk of await ledger.silent(access.settings.name, { before: now(), limit: mostLookUps })) {
    if (deadline.remainingMs() < timings.leftForChanges.ms) return { attended: processed.size, isOutOfTime: true };
    processed.add(pk);
    await processAlone(pk, round);
  }
  return { attended: processed.size, isOutOfTime: false };
}

/** A record that cannot be processed does not stop the others. @throws if a service does not respond */
async function processAlone(pk: string, round: Round): Promise<void> {
  try {
    await processRecord(pk, round);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    tellFault(round.dependencies.telemetry, error, { subject: pk });
  }
}

async function processRecord(pk: string, round: Round): Promise<void> {
  const { access, dependencies } = round;
  const { ledger, now } = dependencies;
  const record = await ledger.get(pk);
  if (!record) return;
  await publishOutbox(dependencies, record);
  const published = record.outbox.length > 0 ? await ledger.get(pk) : record;
  const current = published && (await reminded(published, dependencies));
  if (!current || !('nextStepAt' in current) || current.nextStepAt > now().toISOString()) return;
  if (current.environment === access.settings.environment) await takeNextStep(current, round);
  // A connection that moved to the other environment of Chorus Pro leaves its invoices behind: they make room.
  else if (current.state === 'followed') await lookLater(current, dependencies);
}

/** The record after its reminders, if any is due; undefined if another writer was faster. */
async function reminded(record: LedgerRecord, dependencies: PollDependencies): Promise<LedgerRecord | undefined> {
  if (record.state !== 'followed' && record.state !== 'settled') return record;
  const now = dependencies.now().toISOString();
  if (!record.retentions?.some(({ remindAt = 'never' }) => remindAt <= now)) return record;
  // On a few days of a year: only then is it loaded.
  const { remindOfRetentions } = await import('./remind-of-retentions.ts');
  return remindOfRetentions(record, dependencies);
}

/** Takes the next step of the record's state. */
async function takeNextStep(record: LedgerRecord, round: Round): Promise<void> {
  switch (record.state) {
    case 'accepted':
      return requeueOverdue(record, round.dependencies);
    case 'sending':
      return enterDoubt(round.dependencies, record, diedWhileSending);
    case 'in-doubt':
      return resolveDoubt(record, round);
    case 'deposited':
      return readReport(record, round);
    case 'followed':
      return checkSilentInvoice(record, round);
    case 'settled':
    case 'rejected':
    case 'refused':
    case 'withheld':
      return;
  }
}

async function lookLater(record: RecordIn<'followed'>, dependencies: PollDependencies): Promise<void> {
  const nextStepAt = after(dependencies.now(), timings.silentInvoice);
  await applyMove(dependencies, record, { name: 'watch', changes: { nextStepAt } });
}

/**
 * An invoice of which nothing was heard for long: it is late, or the polls missed it. It is looked up by itself, so
 * that what the polls cannot see comes to light too; of a works document the rest of its file as well, which may have
 * its payment. The record has then moved, and nothing more is written here.
 */
async function checkSilentInvoice(
  record: RecordIn<'followed'>,
  { access, dependencies, chorusPro }: Round,
): Promise<void> {
  const { telemetry, now } = dependencies;
  const own = await findOwnInvoice(record, chorusPro);
  // No answer: it stays due, and the next poll looks again.
  if (own.kind !== 'accepted') return;
  if (!own.value) telemetry.warn('INVOICE_NOT_SHOWN', { subject: record.subject });
  // What it says may be the payment: only if it is no news is the invoice as late as it was.
  const found = own.value && (await withLateness(record, own.value, { chorusPro, settings: access.settings }));
  const seen = found && (await withHistory(record, found, chorusPro, now()));
  if (seen && (await recordStatus(dependencies, record, seen)) !== 'unchanged') return;
  if (access.settings.works && isWorksDocument(record)) {
    const { readFileAgain } = await import('./works-documents.ts');
    const round = { settings: access.settings, dependencies, chorusPro };
    if ((await readFileAgain(record, round)) === 'no-answer') return;
  }
  const at = now();
  const term = paymentTermOf(access.settings, record.recipient);
  const due = await dueFor(record, { chorusPro, days: term.days }, at);
  if (due === 'no-answer') return;
  const current = { ...record, ...due };
  const told = isLate(current, at) ? { lateToldAt: at.toISOString() } : {};
  await applyMove(dependencies, record, {
    name: 'watch',
    changes: { paymentDue: current.paymentDue, nextStepAt: nextCheck({ ...current, ...told }, at), ...told },
    events: isLate(current, at) ? [await lateEvent(current, term, at)] : [],
  });
}

/** An invoice is late once: what tells it is loaded only then. */
async function lateEvent(
  record: RecordIn<'followed'> & { paymentDue: string },
  { isLongest }: ReturnType<typeof paymentTermOf>,
  at: Date,
): Promise<Told> {
  const { lateTold } = await import('../../shared/tracking/late-told.ts');
  return lateTold(record, { dueDate: record.paymentDue, isLongest }, at);
}

/** When it must be paid, if it may be late: its history says so. If Chorus Pro refuses to give it, nobody knows. */
async function dueFor(
  record: RecordIn<'followed'>,
  { chorusPro, days }: Pick<Poll, 'chorusPro'> & { days: number },
  at: Date,
): Promise<Pick<RecordIn<'followed'>, 'paymentDue'> | 'no-answer'> {
  if (!mayBeLate(record, at)) return {};
  const history = await chorusPro.historyOf(record.chorusProId);
  if (history.kind === 'refused') return { paymentDue: undefined };
  if (history.kind !== 'accepted') return 'no-answer';
  return { paymentDue: paymentDueOf(history.value, days) };
}
