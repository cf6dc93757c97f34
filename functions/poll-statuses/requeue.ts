import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Resume } from '../../shared/invoice/read-command.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import type { PollDependencies } from './dependencies.ts';

/** Parked invoices get a message on the queue again. */

/** Asks for a parked invoice to be sent; a second such message finds it taken and does nothing. */
export async function requeue({ pk, connection }: RecordIn<'accepted'>, { send }: PollDependencies): Promise<void> {
  const resume: Resume = { type: 'relay.resume', version: 1, connection, pk };
  await send(JSON.stringify(resume), connection);
}

/** A parked invoice whose message never came back: first the next reminder is written, then the message is sent. */
export async function requeueOverdue(record: RecordIn<'accepted'>, dependencies: PollDependencies): Promise<void> {
  // Not at each poll: every such message lives until somebody takes it.
  const nextStepAt = after(dependencies.now(), timings.parkedOverdue);
  const reminded = await applyMove(dependencies, record, { name: 'remind', changes: { nextStepAt } });
  if (reminded) await requeue(reminded, dependencies);
}
