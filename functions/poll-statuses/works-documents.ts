import { randomUUID } from 'node:crypto';
import type { FoundInvoice } from '../../shared/chorus-pro/search.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { longestFile, type Piece, type WorksDetails } from '../../shared/chorus-pro/works-file.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { invoiceKey, isInChorusPro, type LedgerRecord, type RecordIn, yearOf } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { withLateness } from '../../shared/tracking/lateness.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { listAsked, worksTold, worksToldName } from '../../shared/tracking/works-asked.ts';
import type { WorksTold } from '../../shared/works/record.ts';
import type { Poll } from './dependencies.ts';
import { worksDocumentTold } from './works-told.ts';

/**
 * Tells the ERP of the works documents in its billing files that the relay did not send: each of them once, and each
 * new status once. The lists may not show what other parties deposit, so the file is also walked, from each document to
 * those that follow it.
 */

export interface WorksRound extends Poll {
  settings: ConnectionSettings;
}

/** `no-answer`: Chorus Pro did not say what the document is, so the window must be read again. */
export type Followed = 'followed' | 'no-answer';

/**
 * @param found a works document as a list shows it
 * @param moved whether it is the relay’s own, and has just moved in the ledger
 */
export async function followWorks(found: FoundInvoice, moved: boolean, round: WorksRound): Promise<Followed> {
  if (meaningOf(found.status).effect === 'none') return 'followed';
  const own = await ownRecordOf(found, round);
  const isNews = own ? moved : isYounger(await toldOf(found.chorusProId, round), found);
  if (!isNews) return 'followed';
  const outcome = await round.chorusPro.worksDetails(found.chorusProId);
  if (outcome.kind !== 'accepted' && outcome.kind !== 'refused') return 'no-answer';
  const details = outcome.kind === 'accepted' ? outcome.value : undefined;
  // Before it is told: a status that was told is not read again.
  if (meaningOf(found.status).effect === 'settled') {
    if ((await settleAnswered(details?.preceding, found, round)) === 'no-answer') return 'no-answer';
  }
  if (!own) await tell(found, { details, at: found.at }, round);
  return walkOn(details?.following, found.supplierSiret, round);
}

/**
 * Reads the whole file of a document of the relay's own of which nothing was heard for long: the lists may hide what
 * became of the documents that answer it.
 */
export async function readFileAgain(
  { chorusProId, supplier }: Pick<RecordIn<'followed'>, 'chorusProId' | 'supplier'>,
  round: WorksRound,
): Promise<Followed> {
  const outcome = await round.chorusPro.worksDetails(chorusProId);
  if (outcome.kind === 'refused') return 'followed';
  if (outcome.kind !== 'accepted') return 'no-answer';
  return walkOn(outcome.value.following, supplier, { ...round, again: true });
}

/** @property again not only as far as they are not told yet: to the file's end */
interface Walk extends WorksRound {
  again?: true;
}

/** Tells of the documents that follow. */
async function walkOn(first: Piece | undefined, supplier: string, walk: Walk): Promise<Followed> {
  let piece = first;
  for (let length = 0; piece && length < longestFile; length += 1) {
    const told = await toldOf(piece.chorusProId, walk);
    if (told && !walk.again) return 'followed';
    const outcome = await walk.chorusPro.worksDetails(piece.chorusProId);
    if (outcome.kind === 'refused') return 'followed';
    if (outcome.kind !== 'accepted') return 'no-answer';
    const details = outcome.value;
    const { number = piece.number, status, supplierSiret = supplier } = details;
    if (number === undefined || meaningOf(status).effect === 'none') return 'followed';
    const found: FoundInvoice = { chorusProId: piece.chorusProId, number, supplierSiret, status };
    if ((await tellWithHistory(found, { details, told }, walk)) === 'no-answer') return 'no-answer';
    piece = details.following;
  }
  return 'followed';
}

/** A document that was seen by itself: only its history says since when it has its status. */
async function tellWithHistory(
  found: FoundInvoice,
  { details, told }: { details: WorksDetails; told: WorksTold | undefined },
  walk: Walk,
): Promise<Followed> {
  const isNews = isYounger(told, found) && !(await ownRecordOf(found, walk));
  const settles = walk.again && meaningOf(found.status).effect === 'settled';
  if (!isNews && !settles) return 'followed';
  const history = await walk.chorusPro.historyOf(found.chorusProId);
  if (history.kind !== 'accepted' && history.kind !== 'refused') return 'no-answer';
  const past = history.kind === 'accepted' ? history.value : [];
  const at = past.findLast((one) => one.status === found.status)?.at;
  if (isNews) await tell(found, { details, at }, walk);
  return settles ? settleAnswered(details.preceding, { ...found, ...(at ? { at } : {}) }, walk) : 'followed';
}

/**
 * Publishes first: what is published again, after a crash or by another poll at once, has the same id.
 * @param at when it got its status, if anything says so. A history has no seconds: it only says what is older.
 */
async function tell(
  found: FoundInvoice,
  { details, at: since }: { details: WorksDetails | undefined; at: Date | undefined },
  round: WorksRound,
): Promise<void> {
  const { dependencies, settings } = round;
  const { ledger, publishWorks, telemetry, now } = dependencies;
  const before = await toldOf(found.chorusProId, round);
  // Another poll may have told it since this one looked.
  if (!isYounger(before, found)) return;
  const replaces = before?.version ?? 0;
  const event = worksDocumentTold({ found, details, since, times: replaces + 1 }, settings, now());
  await publishWorks([event]);
  const at = found.at?.toISOString();
  const notBefore = at === undefined ? since?.toISOString() : undefined;
  const { actionNeeded, document, next } = event.data;
  const asks = { number: document.number, framework: document.framework, until: next?.until };
  const value = {
    ...{ version: replaces + 1, writeId: randomUUID(), status: found.status },
    ...(at ? { at } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(actionNeeded ? { asks } : {}),
  };
  const name = worksToldName(settings, found.chorusProId);
  if (actionNeeded) await listAsked(ledger, settings, found.chorusProId, now());
  if ((await ledger.swap(name, { value, replaces })) === 'lost') {
    // Another poll has told it too, or another status before this one: then what the ERP heard last is this one.
    const other = await toldOf(found.chorusProId, round);
    if (other && other.status !== found.status)
      await ledger.swap(name, { value: { ...value, version: other.version + 1 }, replaces: other.version });
  }
  telemetry.info('WORKS_DOCUMENT', { subject: event.subject, status: found.status });
}

const toldOf = (
  chorusProId: number,
  { dependencies: { ledger }, settings }: WorksRound,
): Promise<WorksTold | undefined> => worksTold(ledger, settings, chorusProId);

function isYounger(told: WorksTold | undefined, { status, at }: FoundInvoice): boolean {
  // A list shows some rows late: one from before the status that the file had.
  if (told?.notBefore && at && at.toISOString() < told.notBefore) return false;
  if (!told?.at || !at) return told?.status !== status;
  const seen = at.toISOString();
  return seen > told.at || (seen === told.at && told.status !== status);
}

/**
 * The statement that is paid is not the supplier’s own draft, but the last document that answers it: with that payment
 * the draft is paid too.
 */
async function settleAnswered(first: Piece | undefined, paid: FoundInvoice, round: WorksRound): Promise<Followed> {
  const { chorusPro, dependencies } = round;
  let piece = first;
  for (let length = 0; piece && length < longestFile; length += 1) {
    const outcome = await chorusPro.worksDetails(piece.chorusProId);
    if (outcome.kind === 'refused') return 'followed';
    if (outcome.kind !== 'accepted') return 'no-answer';
    const { number = piece.number, status, supplierSiret = paid.supplierSiret, preceding, issueDate } = outcome.value;
    const { chorusProId } = piece;
    if (number === undefined) return 'followed';
    const own = await ownRecordOf({ chorusProId, number, supplierSiret, status, issueDate }, round);
    if (own && isInChorusPro(own) && own.state === 'followed' && meaningOf(status).effect === 'open') {
      const { at } = paid;
      const seen = { chorusProId, status: paid.status, ...(at ? { at } : {}), paidAs: paid.number };
      await recordStatus(dependencies, own, await withLateness(own, seen, round));
    }
    piece = preceding;
  }
  return 'followed';
}

/** The ledger’s record of a document, if the relay sent it or is about to. */
async function ownRecordOf(
  {
    chorusProId,
    number,
    supplierSiret,
    issueDate,
  }: Omit<FoundInvoice, 'issueDate'> & { issueDate?: string | undefined },
  { dependencies: { ledger }, settings: { environment } }: WorksRound,
): Promise<LedgerRecord | undefined> {
  const key = { environment, supplier: supplierSiret, number };
  const years = issueDate === undefined ? [] : [yearOf(issueDate)];
  for (const year of [undefined, ...years]) {
    const record = await ledger.get(invoiceKey({ ...key, year }));
    if (!record) continue;
    if (isInChorusPro(record) ? record.chorusProId === chorusProId : !states[record.state].final) return record;
  }
  return undefined;
}
