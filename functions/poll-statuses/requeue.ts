import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Resume } from '../../shared/invoice/read-command.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import type { PollDependencies } from './dependencies.ts';

/** Puts a message for a parked invoice on the queue again. */

/** Asks for a parked invoice to be sent. A second such message finds it already claimed and does nothing. */
export async function requeue({ pk, connection }: RecordIn<'accepted'>, { send }: PollDependencies): Promise<void> {
  const resume: Resume = { type: 'relay.resume', version: 1, connection, pk };
  await send(JSON.stringify(resume), connection);
}

/**
 * For a parked invoice whose message never came back: sends the message, then records when to remind again. The other
 * way round, an invoice would wait a whole day for the next reminder if the queue does not take the message.
 */
export async function requeueOverdue(record: RecordIn<'accepted'>, dependencies: PollDependencies): Promise<void> {
  // Not at each poll: every such message stays on the queue until it is handled.
  const nextStepAt = after(dependencies.now(), timings.parkedOverdue);
  await requeue(record, dependencies);
  await applyMove(dependencies, record, { name: 'remind', changes: { nextStepAt } });
}
