/** The names of recipients, which records do not have. */
import { knownNames } from '../chorus-pro/directory-entries.ts';
import type { LedgerLists } from '../ledger/ledger.ts';

interface Addressed {
  environment: string | undefined;
  /** SIRET. */
  recipient: string | undefined;
}

/** The rows with the names of their recipients, as far as the relay has asked Chorus Pro for them. */
export async function withNames<Row extends Addressed>(
  rows: readonly Row[],
  memory: Pick<LedgerLists, 'recallMany'>,
): Promise<(Row & { recipientName: string | undefined })[]> {
  const asked = rows.flatMap(({ environment, recipient: siret }) =>
    environment === undefined || siret === undefined ? [] : [{ environment, siret }],
  );
  const nameOf = await knownNames(memory, asked);
  return rows.map((row) => ({ ...row, recipientName: nameOf(row.environment, row.recipient) }));
}
