import { historyOf } from '../chorus-pro/history.ts';
import type { Call } from '../chorus-pro/session.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Deadline } from '../aws/deadline.ts';
import { isNews } from './record-status.ts';
import type { Seen } from './status-told.ts';
import { needsPerson } from './status-told.ts';

/** Where a person must act, how it came to this is told along; without an answer it is told without. */
export async function withHistory(
  record: LedgerRecord,
  seen: Seen,
  { call, now, deadline }: { call: Call; now: () => Date; deadline: Deadline },
): Promise<Seen> {
  if (!needsPerson(seen) || !isNews(record, seen, now())) return seen;
  const history = await historyOf(call, seen.chorusProId, deadline);
  return history.kind === 'accepted' ? { ...seen, history: history.value } : seen;
}
