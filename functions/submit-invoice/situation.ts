import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Draft } from '../../shared/ledger/transition.ts';

type Situation = 'known' | 'other-content' | 'being-sent' | 'abandoned' | 'free';

/** How a command meets the record that its key already has. */
export function situationOf(
  existing: LedgerRecord,
  draft: Pick<Draft, 'digest' | 'messageIds'>,
  now: string,
): Situation {
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
      return existing.lease && existing.lease.until > now ? 'being-sent' : 'abandoned';
    case 'in-doubt':
    case 'deposited':
    case 'followed':
    case 'settled':
      return sameContent ? 'known' : 'other-content';
  }
}
