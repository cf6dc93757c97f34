import { leaseUntil, type Deadline } from '../../shared/aws/runtime.ts';
import { firstReasons, reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { begin, move, type InvoiceDraft, type Told } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { diedWhileSending, enterDoubt, isStuck, retryStuck } from '../../shared/tracking/own-invoice.ts';
import { compareWithExisting, isEnded, isWaiting, rememberedMessages, type Waiting } from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { asMessage, refuse } from './refuse.ts';

export type Claimed = { kind: 'claimed'; record: RecordIn<'sending'> } | Disposition;

const beingSent: Disposition = { kind: 'retry', reason: 'being-sent' };

/**
 * Claims the invoice for this attempt: the ledger is written BEFORE anything is sent. If a message is delivered twice,
 * or two messages have the same invoice, only one of them gets the lease.
 */
export async function claimInvoice(
  dependencies: SubmitDependencies,
  draft: InvoiceDraft,
  deadline: Deadline,
  notes: readonly Reason[] = [],
): Promise<Claimed> {
  const { telemetry, ledger, now } = dependencies;
  const claim = claimOf(now(), deadline, notes);
  const first = begin({ ...draft, attempts: 1 }, claim, now());
  if ((await ledger.write(first)) === 'written') return { kind: 'claimed', record: first.record };
  const existing = await ledger.get(draft.pk);
  if (!existing) return beingSent;
  switch (compareWithExisting(existing, draft)) {
    case 'known':
      if (isStuck(existing)) await retryStuck(dependencies, existing);
      telemetry.info('COMMAND_KNOWN', { subject: existing.subject, state: existing.state });
      return { kind: 'done' };
    case 'other-content': {
      const parameters = { value: draft.number, state: states[existing.state] };
      const reasons = [reason('number-already-used', 'invoice.number', parameters)];
      return refuse(dependencies, asMessage(draft), reasons);
    }
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

/** Takes an invoice that was checked before and waits in the ledger, unless somebody is sending it. */
export async function claimWaiting(
  dependencies: SubmitDependencies,
  record: Waiting,
  deadline: Deadline,
  newMessageIds: readonly string[] = [],
): Promise<Claimed> {
  const { ledger, now } = dependencies;
  if (record.state === 'sending') {
    if (record.lease.until > now().toISOString()) return beingSent;
    await enterDoubt(dependencies, record, diedWhileSending);
    return { kind: 'done' };
  }
  const { changes } = claimOf(now(), deadline);
  const messageIds = rememberedMessages(...newMessageIds, ...record.messageIds);
  const attempts = record.attempts + 1;
  // The ERP heard that it was accepted when it was first claimed.
  const write = move(record, { name: 'claim', changes: { ...changes, messageIds, attempts } }, now());
  return (await ledger.write(write)) === 'written' ? { kind: 'claimed', record: write.record } : beingSent;
}

function claimOf(now: Date, deadline: Deadline, notes: readonly Reason[] = []) {
  const until = leaseUntil(now, deadline);
  const accepted: Told = { type: 'accepted', ...(notes.length > 0 ? { notes: firstReasons(notes) } : {}) };
  return { name: 'claim', changes: { lease: { until }, nextStepAt: until }, events: [accepted] } as const;
}
