import type { RecordView } from '../ledger/record.ts';

/** How a supplier's own works documents take each other's place in their billing file. */

/** `answered`: another one answers it, and asks for the same money. `replaced`: another one was sent in its stead. */
type Place = 'answered' | 'replaced' | undefined;

const stands = ({ state }: RecordView): boolean => state !== 'refused' && state !== 'withheld' && state !== 'rejected';

const named = ({ environment, supplier }: RecordView, number: string | undefined): string =>
  JSON.stringify([environment, supplier, number]);

/** Two documents of one contract about the same statement: the second replaces the first, which was refused. */
const aboutSame = ({ environment, supplier, contract, terms, works }: RecordView): string | undefined =>
  contract !== undefined && works?.statement
    ? JSON.stringify([environment, supplier, contract, terms?.framework, works.statement.number])
    : undefined;

/** @param records of whole billing files: one that is not there takes no place */
export function placesTaken(records: readonly RecordView[]): (record: RecordView) => Place {
  const standing = records.filter((record) => record.works && stands(record));
  const answered = new Set(standing.map((record) => named(record, record.works?.answers)));
  const drafts = new Set(standing.map(aboutSame));
  return (record) => {
    if (!record.works) return undefined;
    if (answered.has(named(record, record.number))) return 'answered';
    return record.state === 'rejected' && drafts.has(aboutSame(record)) ? 'replaced' : undefined;
  };
}
