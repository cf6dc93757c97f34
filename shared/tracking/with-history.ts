import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { isNews } from './record-status.ts';
import type { Seen } from './status-told.ts';
import { needsPerson } from './status-told.ts';

/** Where a person must act, how it came to this is told along; without an answer it is told without. */
export async function withHistory(
  record: LedgerRecord,
  seen: Seen,
  { chorusPro, now }: { chorusPro: ChorusPro; now: () => Date },
): Promise<Seen> {
  if (!needsPerson(seen) || !isNews(record, seen, now())) return seen;
  const history = await chorusPro.historyOf(seen.chorusProId);
  return history.kind === 'accepted' ? { ...seen, history: history.value } : seen;
}
