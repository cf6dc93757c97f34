import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Memory } from '../../shared/ledger/ledger.ts';

/** What is remembered of one addressee's mails, so that none comes twice on a day, and no payment is left out. */

const noteSchema = z.object({
  version: z.int().positive(),
  /**
   * The day of the last mail, or the last on which there was nothing to say: ISO, in Paris's calendar. Absent: the only
   * one was refused.
   */
  day: z.iso.date().optional(),
  /** Up to when payments were told by a mail that has certainly left. */
  toldUntil: z.iso.datetime(),
  /** The mail of that day was begun, and nobody noted that it has left. */
  isUnsure: z.literal(true).optional(),
});
export type DayNote = z.infer<typeof noteSchema>;

/** @throws ZodError if it is damaged: nobody may take it for the note of somebody who never had a mail */
export const recallDay = async (memory: Memory, name: string): Promise<DayNote | undefined> =>
  noteSchema.optional().parse(await memory.recall(name));

/** @returns the note as it is now; undefined if somebody else has written it meanwhile */
export async function writeDay(
  memory: Memory,
  name: string,
  next: Omit<DayNote, 'version'>,
  before: DayNote | undefined,
): Promise<DayNote | undefined> {
  const replaces = before?.version ?? 0;
  const note = { ...next, version: replaces + 1 };
  const won = await memory.swap(name, { value: { ...note, writeId: randomUUID() }, replaces });
  return won === 'swapped' ? note : undefined;
}
