import type { Resume } from '../../shared/invoice/read-command.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { PollDependencies } from './dependencies.ts';
import { step } from './step.ts';

/** Asks for a parked invoice to be sent; a second such message finds it taken and does nothing. */
export async function dropAgain({ pk, connection }: LedgerRecord, { send }: PollDependencies): Promise<void> {
  const resume: Resume = { type: 'relay.resume', version: 1, connection, pk };
  await send(JSON.stringify(resume), connection);
}

/** Not again at each poll: every such message lives until somebody answers it. */
const remindEveryMs = 24 * 3_600_000;

/** A parked invoice whose message never came back: first the next reminder is written, then this one is sent. */
export async function remind(record: LedgerRecord, dependencies: PollDependencies): Promise<void> {
  const nextStepAt = new Date(dependencies.now().getTime() + remindEveryMs).toISOString();
  const reminded = await step(record, dependencies, { name: 'remind', changes: { nextStepAt } });
  if (reminded) await dropAgain(reminded, dependencies);
}
