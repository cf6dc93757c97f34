import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Draft, Ended } from '../../shared/ledger/transition.ts';

/**
 * What a command finds under its key. `free`: the number can be taken; `abandoned`: its sender died before it wrote what
 * came of it.
 */
type Comparison = 'known' | 'other-content' | 'being-sent' | 'abandoned' | 'free';

export function compareWithExisting(
  existing: LedgerRecord,
  draft: Pick<Draft, 'digest' | 'messageIds'>,
  now: string,
): Comparison {
  const sameContent = existing.digest === draft.digest;
  const sameMessage = draft.messageIds.some((id) => existing.messageIds.includes(id));
  switch (existing.state) {
    case 'refused':
    case 'withheld':
      return sameMessage ? 'known' : 'free';
    case 'rejected':
      // Chorus Pro rejected an invoice: its number is used up. It rejected a file: no invoice came into being.
      if (existing.chorusProId === undefined) return sameMessage ? 'known' : 'free';
      return sameContent ? 'known' : 'other-content';
    case 'accepted':
      return sameContent ? 'free' : 'other-content';
    case 'sending':
      if (!sameContent) return 'other-content';
      return existing.lease.until > now ? 'being-sent' : 'abandoned';
    case 'in-doubt':
    case 'deposited':
    case 'followed':
    case 'settled':
      return sameContent ? 'known' : 'other-content';
  }
}

export const isEnded = (record: LedgerRecord): record is Ended =>
  record.state === 'refused' || record.state === 'withheld' || record.state === 'rejected';
