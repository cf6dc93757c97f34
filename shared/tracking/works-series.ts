import type { RecordView } from '../ledger/record.ts';

/** How a supplier's own works documents take each other's place in their billing file. */

/** What has taken a document's place. */
export interface Place {
  /** `answered`: another one answers it, and asks for the same money. `replaced`: another one was sent in its stead. */
  is: 'answered' | 'replaced';
  by: { number: string | undefined; framework: string | undefined };
}

const stands = ({ state }: RecordView): boolean => state !== 'refused' && state !== 'withheld' && state !== 'rejected';

const named = ({ environment, supplier }: RecordView, number: string | undefined): string =>
  JSON.stringify([environment, supplier, number]);

/** The same for two documents of one contract about one statement: the second replaces the first, if it was refused. */
export const sameStatement = ({ environment, supplier, contract, terms, works }: RecordView): string | undefined =>
  contract !== undefined && works?.statement
    ? JSON.stringify([environment, supplier, contract, terms?.framework, works.statement.number])
    : undefined;

const shown = ({ number, terms }: RecordView): Place['by'] => ({ number, framework: terms?.framework });

/** @param records of whole billing files: one that is not there takes no place */
export function placesTaken(records: readonly RecordView[]): (record: RecordView) => Place | undefined {
  const standing = records.filter((record) => record.works && stands(record));
  const answers = new Map(standing.map((record) => [named(record, record.works?.answers), record]));
  const drafts = new Map(standing.map((record) => [sameStatement(record), record]));
  return (record) => {
    if (!record.works) return undefined;
    const answer = answers.get(named(record, record.number));
    if (answer) return { is: 'answered', by: shown(answer) };
    const same = sameStatement(record);
    const other = record.state === 'rejected' && same !== undefined ? drafts.get(same) : undefined;
    return other && { is: 'replaced', by: shown(other) };
  };
}
