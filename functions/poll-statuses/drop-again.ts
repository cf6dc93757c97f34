import type { Resume } from '../../shared/invoice/command.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { PollDependencies } from './poll-statuses.ts';

/** Asks for a parked invoice to be sent; a second such message finds it taken and does nothing. */
export async function dropAgain({ pk, connection }: LedgerRecord, { send }: PollDependencies): Promise<void> {
  const resume: Resume = { type: 'relay.resume', version: 1, connection, pk };
  await send(JSON.stringify(resume), connection);
}
