import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Memory } from '../ledger/ledger.ts';

/** Whose retentions are to be released: a short list for each connection, since no index of the ledger has them. */

const noteSchema = z.object({ version: z.int().nonnegative(), holders: z.array(z.string()) });

const noteOf = (connection: string): string => `due-retentions#${connection}`;

/** So many are remembered, the latest: an item of the ledger's table holds them. */
const mostHolders = 500;

/** How often a write is tried while others write at the same time. */
const tries = 5;

/** The keys of the records whose retentions have come to their day, the oldest first. */
export async function dueHolders(connection: string, memory: Memory): Promise<string[]> {
  return (await recallNote(connection, memory)).holders;
}

/** @param holders keys of records: what is there already stays once */
export const addDueHolders = (connection: string, holders: readonly string[], memory: Memory): Promise<void> =>
  change(connection, memory, (before) => [...before.filter((pk) => !holders.includes(pk)), ...holders]);

/** They are released. */
export const dropDueHolders = (connection: string, holders: readonly string[], memory: Memory): Promise<void> =>
  change(connection, memory, (before) => before.filter((pk) => !holders.includes(pk)));

const recallNote = async (connection: string, memory: Memory): Promise<z.infer<typeof noteSchema>> =>
  noteSchema.default({ version: 0, holders: [] }).parse(await memory.recall(noteOf(connection)));

async function change(
  connection: string,
  memory: Memory,
  changed: (holders: readonly string[]) => string[],
): Promise<void> {
  for (let tried = 1; tried <= tries; tried += 1) {
    const { version, holders } = await recallNote(connection, memory);
    const value = { version: version + 1, writeId: randomUUID(), holders: changed(holders).slice(-mostHolders) };
    if ((await memory.swap(noteOf(connection), { value, replaces: version })) === 'swapped') return;
  }
  throw new Error(`the retentions to be released of ${connection} are written by too many at once`);
}
