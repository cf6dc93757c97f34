/** Which works documents of other parties wait for the supplier: found without a reading of the whole table. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ConnectionSettings } from '../connection/settings.ts';
import { dayMs } from '../facts/fact.ts';
import type { Memory } from '../ledger/ledger.ts';
import { worksToldPrefix, worksToldSchema, type WorksAsked, type WorksTold } from '../works/record.ts';

type Named = Pick<ConnectionSettings, 'name' | 'environment'>;

/** Under which name it is remembered what was told last of a document. */
export const worksToldName = ({ name, environment }: Named, chorusProId: number): string =>
  `${worksToldPrefix}${name}#${environment}#${chorusProId}`;

export const worksTold = async (memory: Memory, settings: Named, chorusProId: number): Promise<WorksTold | undefined> =>
  worksToldSchema.safeParse(await memory.recall(worksToldName(settings, chorusProId))).data;

/** The documents that asked once, and when. Whether they still do is in what was told of each. */
const listSchema = z.object({
  version: z.int().nonnegative(),
  entries: z.array(z.object({ chorusProId: z.int(), at: z.iso.datetime() })),
});

const listName = ({ name, environment }: Named): string => `works-asked#${name}#${environment}`;

const listOf = async (memory: Memory, settings: Named): Promise<z.infer<typeof listSchema>> =>
  listSchema.safeParse(await memory.recall(listName(settings))).data ?? { version: 0, entries: [] };

/** How often a write is tried while others write at the same time. */
const tries = 10;

/**
 * Lists a document, before what it asks is remembered: what was listed in vain shows nowhere. Those that ask for
 * nothing any more leave the list a day later, when nobody can be about to remember what they ask.
 */
export async function listAsked(memory: Memory, settings: Named, chorusProId: number, now: Date): Promise<void> {
  for (let tried = 1; tried <= tries; tried += 1) {
    const { version, entries } = await listOf(memory, settings);
    const yesterday = new Date(now.getTime() - dayMs).toISOString();
    const others = entries.filter((entry) => entry.chorusProId !== chorusProId);
    const asking = await Promise.all(
      others.map(async (entry) =>
        entry.at > yesterday || (await worksTold(memory, settings, entry.chorusProId))?.asks ? [entry] : [],
      ),
    );
    const value = {
      ...{ version: version + 1, writeId: randomUUID() },
      entries: [...asking.flat(), { chorusProId, at: now.toISOString() }],
    };
    if ((await memory.swap(listName(settings), { value, replaces: version })) === 'swapped') return;
  }
  throw new Error(`the list of works documents of ${settings.name} is written by too many at once`);
}

/** What they ask for; by its last day, what has none at the end. */
export async function worksAsked(memory: Memory, settings: Named): Promise<WorksAsked[]> {
  const { entries } = await listOf(memory, settings);
  const told = await Promise.all(entries.map(({ chorusProId }) => worksTold(memory, settings, chorusProId)));
  const lastDay = ({ until = '9999' }: WorksAsked): string => until;
  return told.flatMap((one) => one?.asks ?? []).sort((a, b) => (lastDay(a) < lastDay(b) ? -1 : 1));
}
