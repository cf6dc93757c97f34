/** Rows of the desk: those of `npx relay status`, with what only the desk shows. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { LedgerRecord, RecordView } from '../../shared/ledger/record.ts';
import type { ReadRows } from '../../shared/lists/read-rows.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import { requestsAbout } from './actions/requests.ts';
import { followedOf } from './followed.ts';
import { hasForm } from './pages/forms.ts';
import type { ListedRow } from './pages/invoice-lists.ts';
import type { ReadingOptions } from './reading.ts';

function formFor({
  answer,
  needsAction,
  isForPortal,
}: Pick<StatusRow, 'answer' | 'needsAction' | 'isForPortal'>): ListedRow['form'] {
  return needsAction && !isForPortal && answer !== undefined && hasForm(answer) ? answer : undefined;
}

/** @param withRequests what was asked at the desk about those that wait for an answer */
export async function listedRows(
  ledger: ReadingOptions['ledger'],
  { rows, records }: Pick<ReadRows, 'rows' | 'records'>,
  { withRequests = false } = {},
): Promise<ListedRow[]> {
  const recordOf = new Map<string, LedgerRecord>(records.map((record) => [record.pk, record]));
  const listed = rows.map(async (row): Promise<ListedRow[]> => {
    const record = recordOf.get(row.key);
    return record ? [{ ...row, ...(await besides(row, record, withRequests ? ledger : undefined)) }] : [];
  });
  return (await Promise.all(listed)).flat();
}

/** What the desk shows of a record beside its row. @param ledger if what was asked at the desk is shown too */
async function besides(
  { key, ...row }: StatusRow,
  record: RecordView,
  ledger: ReadingOptions['ledger'] | undefined,
): Promise<Omit<ListedRow, keyof StatusRow>> {
  const { submittedAt, corrected, contract, commitment, chorusProId } = record;
  const isAsked = row.answer !== undefined || chorusProId !== undefined;
  return {
    form: formFor(row),
    contract: corrected?.contract ?? contract,
    commitment: corrected?.commitment ?? commitment,
    submittedOn: submittedAt === undefined ? undefined : parisDay(new Date(submittedAt)),
    requests: ledger && isAsked ? await followedOf(await requestsAbout(ledger, key), record, ledger) : [],
  };
}
