import type { Deadline } from '../../shared/aws/runtime.ts';
import { timings } from '../../shared/facts/timings.ts';
import { reason } from '../../shared/invoice/reasons.ts';
import type { LedgerRecord, RecordIn } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { begin, move, type InvoiceDraft, type Write } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { enterDoubt } from '../../shared/tracking/own-invoice.ts';
import { compareWithExisting, isEnded, rememberedMessages } from './draft.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { asMessage, refuse } from './refuse.ts';

export type Claimed = { kind: 'claimed'; record: RecordIn<'sending'> } | Disposition;

export const leaseUntil = (now: Date, deadline: Deadline): string =>
  new Date(now.getTime() + Math.max(0, deadline.remainingMs()) + timings.leaseMargin.ms).toISOString();

const beingSent: Disposition = { kind: 'retry', reason: 'being-sent' };

/**
 * Claims the invoice for this attempt: the ledger is written BEFORE anything is sent. If a message is delivered twice,
 * or two messages have the same invoice, only one of them gets the lease.
 */
export async function claimInvoice(
  dependencies: SubmitDependencies,
  draft: InvoiceDraft,
  deadline: Deadline,
): Promise<Claimed> {
  const { ledger, now } = dependencies;
  const claim = claimOf(dependencies, deadline);
  const first = begin(draft, claim, now());
  if ((await ledger.write(first)) === 'written') return { kind: 'claimed', record: first.record };
  const existing = await ledger.get(draft.pk);
  return existing ? claimExisting(dependencies, { existing, draft, claim }) : beingSent;
}

/** Claims an invoice that was accepted before and waits in the ledger. */
export const claimParked = (
  dependencies: SubmitDependencies,
  existing: RecordIn<'accepted' | 'sending'>,
  deadline: Deadline,
): Promise<Claimed> =>
  claimExisting(dependencies, { existing, draft: existing, claim: claimOf(dependencies, deadline) });

function claimOf({ now, newOwner }: SubmitDependencies, deadline: Deadline) {
  const until = leaseUntil(now(), deadline);
  const changes = { lease: { owner: newOwner(), until }, nextStepAt: until, attempts: 1 };
  return { name: 'claim', changes, events: [{ type: 'accepted' }] } as const;
}

interface Contest {
  existing: LedgerRecord;
  draft: InvoiceDraft;
  claim: ReturnType<typeof claimOf>;
}

async function claimExisting(dependencies: SubmitDependencies, contest: Contest): Promise<Claimed> {
  const { existing, draft } = contest;
  const { telemetry, ledger, now } = dependencies;
  const at = now();
  switch (compareWithExisting(existing, draft, at.toISOString())) {
    case 'known':
      telemetry.info('COMMAND_KNOWN', { subject: existing.subject, state: existing.state });
      return { kind: 'done' };
    case 'other-content': {
      const parameters = { value: draft.number, state: states[existing.state] };
      const reasons = [reason('number-already-used', 'invoice.number', parameters)];
      return refuse(dependencies, asMessage(draft), reasons);
    }
    case 'being-sent':
      return beingSent;
    case 'abandoned':
      if (existing.state === 'sending')
        await enterDoubt(dependencies, existing, 'the function that sent it ended before it recorded the outcome');
      return { kind: 'done' };
    case 'free': {
      const write = claimFree(contest, at);
      if (!write || (await ledger.write(write)) === 'conflict') return beingSent;
      return { kind: 'claimed', record: write.record };
    }
  }
}

/** The record continues: its event numbers go on, and its earlier messages stay known. */
function claimFree({ existing, draft, claim }: Contest, now: Date): Write<RecordIn<'sending'>> | undefined {
  const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
  // The ERP was told `accepted` when the invoice was parked.
  if (existing.state === 'accepted') {
    const changes = { ...claim.changes, messageIds, attempts: existing.attempts + 1 };
    return move(existing, { name: 'claim', changes }, now);
  }
  return isEnded(existing) ? begin({ ...draft, messageIds }, claim, now, existing) : undefined;
}
