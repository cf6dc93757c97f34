import { leaseUntil, type Deadline } from '../../shared/aws/runtime.ts';
import { documentKey, type DocumentStore } from '../../shared/documents/document-store.ts';
import { limits } from '../../shared/invoice/fields.ts';
import { readCommand } from '../../shared/invoice/read-command.ts';
import { firstReasons, reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { changedParts, type Document, type InvoicePart } from '../../shared/invoice/terms.ts';
import { lived } from '../../shared/ledger/life.ts';
import { isInChorusPro, type LedgerRecord, type RecordIn } from '../../shared/ledger/record.ts';
import { begin, move, type InvoiceDraft, type Told } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { diedWhileSending, enterDoubt, isStuck, retryStuck } from '../../shared/tracking/own-invoice.ts';
import type { Committed } from './check-order.ts';
import {
  compareWithExisting,
  contentOf,
  isEnded,
  isSameDebt,
  isWaiting,
  rememberedMessages,
  withMessages,
  type Waiting,
} from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { asMessage, refuse } from './refuse.ts';
import { livesOn, type Living, numberUsed, repeatedTold } from './standing.ts';
import { makeWholeAgain, type Original } from './whole-command.ts';

export type Claimed = { kind: 'claimed'; record: RecordIn<'sending'> } | Disposition;

/** An invoice that passed all checks: its record to be, and the command itself. `notes`: what was tolerated. */
interface Checked {
  draft: InvoiceDraft;
  command: SubmitInvoice;
  notes: readonly Reason[];
}

/** More than any message or document that was ever stored. */
export const anySize = limits.dossierBytes.value;

const beingSent: Disposition = { kind: 'retry', reason: 'being-sent' };

/** What the State's order book says of the commitment. Only a connection whose settings ask for it loads that. */
export async function notesOfOrder(
  asked: Committed,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Reason[]> {
  if (!asked.access.settings.orders?.lookUp || asked.invoice.commitment === undefined) return [];
  const { checkOrder } = await import('./check-order.ts');
  const remarks = await checkOrder(asked, dependencies, deadline);
  return remarks.map(({ code, path, parameters }) => reason(code, path, parameters));
}

/**
 * Claims the invoice for this attempt: the ledger is written BEFORE anything is sent. If a message is delivered twice,
 * or two messages have the same invoice, only one of them gets the lease.
 */
export async function claimInvoice(
  dependencies: SubmitDependencies,
  { draft, command, notes }: Checked,
  deadline: Deadline,
): Promise<Claimed> {
  const { telemetry, ledger, now } = dependencies;
  const claim = claimOf(now(), deadline, notes);
  const first = begin({ ...draft, attempts: 1 }, claim, now());
  if ((await ledger.write(first)) === 'written') return { kind: 'claimed', record: first.record };
  const existing = await ledger.get(draft.pk);
  if (!existing) return beingSent;
  // Two connections may send for one supplier. Each hears of its own messages, and the first keeps the invoice.
  if (existing.connection !== draft.connection && !isEnded(existing))
    return refuse(dependencies, asMessage(draft), [livesOn(existing)]);
  switch (compareWithExisting(existing, draft)) {
    case 'known':
      telemetry.info('COMMAND_KNOWN', { subject: existing.subject, state: existing.state });
      return { kind: 'done' };
    case 'taken':
      return isEnded(existing) ? beingSent : answerTaken(dependencies, existing, { draft, command });
    case 'waiting':
      return isWaiting(existing) ? claimWaiting(dependencies, existing, deadline, draft.messageIds) : beingSent;
    case 'free': {
      if (!isEnded(existing)) return beingSent;
      const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
      const write = begin({ ...draft, messageIds, attempts: 1 }, claim, now(), existing);
      return (await ledger.write(write)) === 'written' ? { kind: 'claimed', record: write.record } : beingSent;
    }
  }
}

/**
 * An invoice has the number. If it is the same debt, the ERP hears where it stands, and what has changed since; if not,
 * the new invoice is refused. Nothing is sent in either case, and what was accepted first stays what is sent.
 */
async function answerTaken(
  dependencies: SubmitDependencies,
  known: Living,
  { draft, command }: Pick<Checked, 'draft' | 'command'>,
): Promise<Disposition> {
  const { telemetry, documents } = dependencies;
  const existing = lived(known, draft.life ?? []);
  const original = await readOriginalCommand(existing, documents);
  // The recipient may have been corrected since: either is right.
  const isSame = isSameDebt(existing, draft) || (original && isSameDebt(contentOf(original.invoice), draft));
  if (!isSame) return refuse(dependencies, asMessage(draft), [numberUsed(existing, draft)]);
  const unheard = draft.messageIds.filter((id) => !existing.messageIds.includes(id));
  const [messageId] = unheard;
  // Whoever sends it holds its record, and a parked invoice is sent as it was accepted.
  if (existing.state === 'sending' || messageId === undefined) return beingSent;
  // An original that can no longer be read leaves only the papers to compare.
  const parts = changedSince(existing, original ?? command, { command, draft });
  const told = repeatedTold(existing, messageId, { parts, isMade: command.isMade });
  const messageIds = withMessages(existing, unheard);
  // If the relay had given up on it, it looks for it again, and sends it if it is not there.
  const repeated = isStuck(existing)
    ? await retryStuck(dependencies, existing, { messageIds, told })
    : await applyMove(dependencies, existing, { name: 'repeat', changes: { messageIds }, events: [told] });
  if (!repeated) return beingSent;
  telemetry.info('COMMAND_KNOWN', { subject: existing.subject, state: existing.state });
  return { kind: 'done' };
}

/** What differs from the invoice as it was sent, or as commands have corrected it since: either is right. */
function changedSince(
  existing: Living,
  original: Original,
  { command, draft }: Pick<Checked, 'draft' | 'command'>,
): InvoicePart[] {
  const [[before], [now]] = [existing.documents, draft.documents];
  // Of an e-invoice only the file is sent, whatever the command says beside it.
  if (existing.route === 'flux' && before?.sha256 === now?.sha256) return [];
  const corrected = isInChorusPro(existing) ? existing.corrected : undefined;
  const differencesFrom = (invoice: SubmitInvoice['invoice']) =>
    changedParts(
      { command: { ...original, invoice }, documents: existing.documents },
      { command, documents: draft.documents },
    );
  const recipient = corrected?.recipient ?? original.invoice.recipient;
  const since = differencesFrom({ ...original.invoice, ...corrected, recipient });
  const first = differencesFrom(original.invoice);
  return first.length < since.length ? first : since;
}

/**
 * The command that brought an invoice, as it is read today; undefined if that is no longer possible.
 * @param main the file that was sent, if it is loaded already
 */
export async function readOriginalCommand(
  record: Pick<Waiting, 'commandKey' | 'documents' | 'route'>,
  store: DocumentStore,
  main?: Pick<Document, 'bytes'>,
): Promise<Original | undefined> {
  const stored = await store.get(record.commandKey, anySize);
  const reading = stored.kind === 'found' ? readCommand(Buffer.from(stored.bytes).toString('utf8')) : undefined;
  if (reading?.kind !== 'invoice') return undefined;
  return makeWholeAgain(reading.command, record.route, async () => main?.bytes ?? readMain(record, store));
}

async function readMain({ documents: [main] }: Pick<LedgerRecord, 'documents'>, store: DocumentStore) {
  const stored = main && (await store.get(documentKey(main.sha256), anySize));
  return stored?.kind === 'found' ? stored.bytes : undefined;
}

/** Takes an invoice that was checked before and waits in the ledger, unless somebody is sending it. */
export async function claimWaiting(
  dependencies: SubmitDependencies,
  record: Waiting,
  deadline: Deadline,
  newMessageIds: readonly string[] = [],
): Promise<Claimed> {
  const { ledger, now } = dependencies;
  const unheard = newMessageIds.filter((id) => !record.messageIds.includes(id));
  if (record.state === 'sending') {
    if (record.lease.until > now().toISOString()) return beingSent;
    await enterDoubt(dependencies, record, diedWhileSending);
    return unheard.length > 0 ? beingSent : { kind: 'done' };
  }
  const { changes } = claimOf(now(), deadline);
  const messageIds = withMessages(record, unheard);
  const attempts = record.attempts + 1;
  // The ERP heard that it was accepted when it was first claimed; of another message it hears where the invoice stands.
  const events = unheard.map((messageId) => repeatedTold(record, messageId));
  const write = move(record, { name: 'claim', changes: { ...changes, messageIds, attempts }, events }, now());
  return (await ledger.write(write)) === 'written' ? { kind: 'claimed', record: write.record } : beingSent;
}

function claimOf(now: Date, deadline: Deadline, notes: readonly Reason[] = []) {
  const until = leaseUntil(now, deadline);
  const accepted: Told = { type: 'accepted', ...(notes.length > 0 ? { notes: firstReasons(notes) } : {}) };
  return { name: 'claim', changes: { lease: { until }, nextStepAt: until }, events: [accepted] } as const;
}
