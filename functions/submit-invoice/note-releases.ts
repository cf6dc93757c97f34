import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { LedgerRecord, RecordIn } from '../../shared/ledger/record.ts';
import { move } from '../../shared/ledger/transition.ts';
import { overReleased } from '../../shared/tracking/retentions.ts';
import type { SubmitDependencies } from './dependencies.ts';

type Releasing = Pick<RecordIn<'sending'>, 'pk' | 'number' | 'releases'>;

/** `wait`: a record of which something is released is held by whoever sends it. */
type Noted = { kind: 'noted' } | { kind: 'wait' } | { kind: 'too-much'; reasons: Reason[] };

/** A record whose invoice is being sent is left alone. One that does not stand holds nothing. */
const canNote = (record: LedgerRecord): record is RecordIn<'in-doubt' | 'deposited' | 'followed' | 'settled'> =>
  record.state === 'in-doubt' ||
  record.state === 'deposited' ||
  record.state === 'followed' ||
  record.state === 'settled';

/** A record that moves all the time is left for the next delivery. */
const mostTries = 5;

/**
 * Notes in the records of earlier invoices that this one releases their retentions: before it is sent, and after its
 * own record was claimed. So of two invoices that release the same amount, the one that is noted second sees the first.
 * It may be repeated: a record has each releasing invoice once, and what that releases is in its own record.
 */
export async function noteReleases(record: Releasing, dependencies: SubmitDependencies): Promise<Noted> {
  const reasons: Reason[] = [];
  for (const of of new Set(record.releases?.map((release) => release.of))) {
    const noted = await noteIn(of, record, dependencies);
    if (noted.kind === 'wait') return noted;
    if (noted.kind === 'too-much') reasons.push(...noted.reasons);
  }
  return reasons.length > 0 ? { kind: 'too-much', reasons } : { kind: 'noted' };
}

async function noteIn(of: string, record: Releasing, { ledger, now }: SubmitDependencies): Promise<Noted> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const holder = await ledger.get(of);
    if (!holder) return { kind: 'noted' };
    const over = await overReleased(holder, record, ledger);
    if (over.length > 0) {
      const reasons = over.map(({ told }) => reason('release-too-much', 'invoice.totals.deductions', told));
      return { kind: 'too-much', reasons };
    }
    if (!canNote(holder)) return { kind: 'wait' };
    // Written even if it is noted already: whoever reads the record at the same time has to read it again.
    const releasedBy = [...new Set([...(holder.releasedBy ?? []), record.pk])];
    const write = move(holder, { name: 'note-release', changes: { releasedBy } }, now());
    if ((await ledger.write(write)) === 'written') return { kind: 'noted' };
  }
  return { kind: 'wait' };
}
