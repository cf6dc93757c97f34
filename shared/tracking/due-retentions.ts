import * as z from 'zod';
import { changeNote } from '../ledger/change-note.ts';
import type { Memory } from '../ledger/ledger.ts';

/** Whose retentions are to be released: a short list for each connection, since no index of the ledger has them. */

const noteSchema = z.object({ version: z.int().nonnegative(), holders: z.array(z.string()) });

const noteOf = (connection: string): string => `due-retentions#${connection}`;

/** So many are remembered, the latest: an item of the ledger's table holds them. */
const mostHolders = 500;

const read = (remembered: unknown): z.infer<typeof noteSchema> =>
  noteSchema.default({ version: 0, holders: [] }).parse(remembered);

/** The keys of the records whose retentions have come to their day, the oldest first. */
export const dueHolders = async (connection: string, memory: Memory): Promise<string[]> =>
  read(await memory.recall(noteOf(connection))).holders;

/** @param holders keys of records: what is there already stays once */
export const addDueHolders = (connection: string, holders: readonly string[], memory: Memory): Promise<void> =>
  change(connection, memory, (before) => [...before.filter((pk) => !holders.includes(pk)), ...holders]);

/** They are released. */
export const dropDueHolders = (connection: string, holders: readonly string[], memory: Memory): Promise<void> =>
  change(connection, memory, (before) => before.filter((pk) => !holders.includes(pk)));

async function change(
  connection: string,
  memory: Memory,
  changed: (holders: readonly string[]) => string[],
): Promise<void> {
  await changeNote(memory, noteOf(connection), {
    read,
    change: ({ holders }) => ({ holders: changed(holders).slice(-mostHolders) }),
  });
}
