/** Which works documents of other parties wait for the supplier: found without a reading of the whole table. */
import * as z from 'zod';
import type { ConnectionSettings } from '../connection/settings.ts';
import { dayMs } from '../facts/fact.ts';
import { changeNote } from '../ledger/change-note.ts';
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

const read = (remembered: unknown): z.infer<typeof listSchema> =>
  listSchema.safeParse(remembered).data ?? { version: 0, entries: [] };

/**
 * Lists a document, before what it asks is remembered: what was listed in vain shows nowhere. Those that ask for
 * nothing any more leave the list a day later, when nobody can be about to remember what they ask.
 */
export async function listAsked(memory: Memory, settings: Named, chorusProId: number, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - dayMs).toISOString();
  await changeNote(memory, listName(settings), {
    read,
    change: async ({ entries }) => {
      const others = entries.filter((entry) => entry.chorusProId !== chorusProId);
      const asking = await Promise.all(
        others.map(async (entry) =>
          entry.at > yesterday || (await worksTold(memory, settings, entry.chorusProId))?.asks ? [entry] : [],
        ),
      );
      return { entries: [...asking.flat(), { chorusProId, at: now.toISOString() }] };
    },
  });
}

/** What they ask for; by its last day, what has none at the end. */
export async function worksAsked(memory: Memory, settings: Named): Promise<WorksAsked[]> {
  const { entries } = read(await memory.recall(listName(settings)));
  const told = await Promise.all(entries.map(({ chorusProId }) => worksTold(memory, settings, chorusProId)));
  const lastDay = ({ until = '9999' }: WorksAsked): string => until;
  return told.flatMap((one) => one?.asks ?? []).sort((a, b) => (lastDay(a) < lastDay(b) ? -1 : 1));
}
