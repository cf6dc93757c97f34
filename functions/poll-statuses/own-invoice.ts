import type { FoundInvoice } from '../../shared/chorus-pro/search.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';

/** How far Chorus Pro's clock may be behind ours. */
const skewMs = 10 * 60_000;

/**
 * The record's own invoice among those of its number. The same number may come more than once: one that was rejected before the
 * record began is somebody's earlier attempt, and a living invoice is ours before a rejected one.
 */
export function ownInvoice(record: LedgerRecord, found: readonly FoundInvoice[]): FoundInvoice | undefined {
  const began = Date.parse(record.createdAt) - skewMs;
  const isRejected = ({ status }: FoundInvoice) => meaningOf(status).effect === 'rejected';
  const candidates = found.filter(
    (invoice) =>
      invoice.number === record.number &&
      invoice.supplierSiret === record.supplier &&
      meaningOf(invoice.status).effect !== 'none' &&
      !(isRejected(invoice) && invoice.at !== undefined && invoice.at.getTime() < began),
  );
  const youngestFirst = candidates.sort((a, b) => b.chorusProId - a.chorusProId);
  return youngestFirst.find((invoice) => !isRejected(invoice)) ?? youngestFirst[0];
}
