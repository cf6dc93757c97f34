/** The names of recipients, which records do not have. */
import { knownRecipient } from '../chorus-pro/directory.ts';
import type { Memory } from '../ledger/ledger.ts';

interface Addressed {
  environment: string | undefined;
  /** SIRET. */
  recipient: string | undefined;
}

/** The rows with the names of their recipients, as far as the relay has asked Chorus Pro for them. */
export async function withNames<Row extends Addressed>(
  rows: readonly Row[],
  memory: Memory,
): Promise<(Row & { recipientName: string | undefined })[]> {
  const names = new Map<string, Promise<string | undefined>>();
  const nameOf = ({ environment, recipient: siret }: Addressed) => {
    if (environment === undefined || siret === undefined) return undefined;
    const key = `${environment} ${siret}`;
    const name = names.get(key) ?? knownRecipient(memory, { environment, siret }).then((known) => known?.name);
    names.set(key, name);
    return name;
  };
  return Promise.all(rows.map(async (row) => ({ ...row, recipientName: await nameOf(row) })));
}
