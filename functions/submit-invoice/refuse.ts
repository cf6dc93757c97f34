import { firstReasons, type Reason } from '../../shared/invoice/reasons.ts';
import { publishOutbox } from '../../shared/ledger/outbox.ts';
import { commandKey } from '../../shared/ledger/record.ts';
import { begin, move, type Draft, type Move, type Write } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/queue/batch-runner.ts';
import { situationOf } from './claim.ts';
import { contentOfDraft, rememberedMessages } from './draft.ts';
import type { SubmitDependencies } from './submit-invoice.ts';

/**
 * Records a refusal with every reason and tells the ERP. It takes the invoice's own key where that is free, so that the
 * corrected invoice takes its place; beside a living invoice it is kept under the message's key.
 */
export async function refuse(dependencies: SubmitDependencies, draft: Draft, all: Reason[]): Promise<Disposition> {
  const { ledger, telemetry, now } = dependencies;
  const reasons = firstReasons(all);
  const refusing: Move = { name: 'refuse', changes: { reasons }, events: [{ type: 'refused', reasons }], now: now() };
  const write = await writeRefusal(dependencies, draft, refusing);
  if (write === 'known') return { kind: 'done' };
  if (write === 'conflict') return { kind: 'retry', reason: 'being-sent' };
  telemetry.info('COMMAND_REFUSED', { subject: draft.subject, reason: reasons.map(({ code }) => code).join(' ') });
  telemetry.measure('Refused', 1, { connection: draft.connection });
  await publishOutbox({ ...dependencies, ledger }, write.record);
  return { kind: 'done' };
}

async function writeRefusal(
  { ledger }: SubmitDependencies,
  draft: Draft,
  refusing: Move,
): Promise<Write | 'known' | 'conflict'> {
  const first = begin(draft, refusing);
  if ((await ledger.write(first)) === 'written') return first;
  const existing = await ledger.get(draft.pk);
  if (!existing) return 'conflict';
  const situation = situationOf(existing, draft, refusing.now.toISOString());
  const ended = existing.state === 'refused' || existing.state === 'withheld' || existing.state === 'rejected';
  if (situation === 'known' && ended) return 'known';
  const messageIds = rememberedMessages(...draft.messageIds, ...existing.messageIds);
  const write =
    situation === 'free' && ended
      ? move(existing, { ...refusing, changes: { ...contentOfDraft(draft), ...refusing.changes, messageIds } })
      : begin({ ...draft, pk: commandKey(draft.messageIds[0] ?? '') }, refusing);
  if ((await ledger.write(write)) === 'written') return write;
  // Under the message's own key there can only be this very refusal, written by another delivery.
  return write.record.pk === draft.pk ? 'conflict' : 'known';
}
