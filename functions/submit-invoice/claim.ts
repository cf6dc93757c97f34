import { reason } from '../../shared/invoice/reasons.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { begin, move, type Draft, type Move, type Write } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { contentOfDraft, rememberedMessages } from './draft.ts';
import { asMessage, refuse } from './decline.ts';
import { situationOf } from './situation.ts';
import { enterDoubt } from '../../shared/tracking/doubt.ts';
import type { SubmitDependencies } from './dependencies.ts';

export type Claimed = { kind: 'claimed'; record: LedgerRecord } | Disposition;

/** A lease outlives its invocation by this much, so that clocks that differ a little cannot make it end too early. */
const leaseMarginMs = 30_000;

export const leaseUntil = (now: Date, deadline: Deadline): string =>
  new Date(now.getTime() + Math.max(0, deadline.remainingMs()) + leaseMarginMs).toISOString();

/**
 * Takes the invoice for this attempt: the ledger is written BEFORE anything is sent. Of two deliveries of one message, or two
 * messages with one invoice, one gets the lease.
 */
export async function claim(dependencies: SubmitDependencies, draft: Draft, deadline: Deadline): Promise<Claimed> {
  const { ledger } = dependencies;
  const taking = takingOf(dependencies, deadline);
  const fresh = begin(draft, taking);
  if ((await ledger.write(fresh)) === 'written') return { kind: 'claimed', record: fresh.record };

  const existing = await ledger.get(draft.pk);
  if (!existing) return { kind: 'retry', reason: 'being-sent' };
  return claimExisting(dependencies, { existing, draft, taking });
}

/** Takes an invoice that was accepted before and waits in the ledger. */
export const claimParked = (
  dependencies: SubmitDependencies,
  existing: LedgerRecord,
  deadline: Deadline,
): Promise<Claimed> =>
  claimExisting(dependencies, { existing, draft: existing, taking: takingOf(dependencies, deadline) });

function takingOf({ now, newOwner }: SubmitDependencies, deadline: Deadline): Move {
  const until = leaseUntil(now(), deadline);
  return {
    name: 'claim',
    changes: { lease: { owner: newOwner(), until }, nextStepAt: until, attempts: 1 },
    events: [{ type: 'accepted' }],
    now: now(),
  };
}

interface Contest {
  existing: LedgerRecord;
  draft: Draft;
  taking: Move;
}

async function claimExisting(dependencies: SubmitDependencies, contest: Contest): Promise<Claimed> {
  const { existing, draft, taking } = contest;
  const { telemetry, ledger } = dependencies;
  const now = taking.now.toISOString();
  switch (situationOf(existing, draft, now)) {
    case 'known':
      telemetry.info('COMMAND_KNOWN', { subject: existing.subject, state: existing.state });
      return { kind: 'done' };
    case 'other-content': {
      const value = draft.number ?? '';
      const reasons = [reason('number-already-used', 'invoice.number', { value, state: existing.state })];
      return refuse(dependencies, asMessage(draft), reasons);
    }
    case 'being-sent':
      return { kind: 'retry', reason: 'being-sent' };
    case 'abandoned':
      await enterDoubt(dependencies, existing, 'the function that sent it ended before it wrote the answer');
      return { kind: 'done' };
    case 'free': {
      const again = retake(contest);
      return (await ledger.write(again)) === 'written'
        ? { kind: 'claimed', record: again.record }
        : { kind: 'retry', reason: 'being-sent' };
    }
  }
}

/** The record goes on: its events keep counting, its earlier attempts and messages stay known. */
function retake({ existing, draft, taking }: Contest): Write {
  const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
  if (existing.state === 'accepted') {
    // The ERP heard that it was accepted when it was parked.
    const changes = { ...taking.changes, messageIds, attempts: existing.attempts + 1 };
    return move(existing, { ...taking, changes, events: [] });
  }
  return move(existing, {
    ...taking,
    changes: {
      ...contentOfDraft(draft),
      ...taking.changes,
      messageIds,
      ...{ doubt: undefined, reasons: undefined, depositId: undefined, status: undefined },
    },
  });
}
