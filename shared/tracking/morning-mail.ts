import * as z from 'zod';
import type { Memory } from '../ledger/ledger.ts';

/** Whether a connection's morning mail comes. An alarm looks three hours back: each poll measures it again. */

const turnSchema = z.object({
  /** The day of the last turn for the mail: ISO, in Paris's calendar. */
  day: z.iso.date(),
  /** Somebody did not certainly get it, or cannot. */
  isMissed: z.boolean(),
});
type MailTurn = z.infer<typeof turnSchema>;

const noteOf = (connection: string): string => `morning-mail#${connection}`;

export const noteMailTurn = (connection: string, turn: MailTurn, memory: Memory): Promise<void> =>
  memory.remember(noteOf(connection), turn);

/**
 * By ten, in UTC, both turns of a day are over (functions/give-turns/give-turns.ts). They come at hours at which Paris
 * has the same day as UTC, which it has not before midnight.
 */
const overMs = 10 * 3_600_000;

/** A connection that has not had its first turn yet misses nothing. */
export async function isMailMissed(
  connection: string,
  { memory, now }: { memory: Memory; now: () => Date },
): Promise<boolean> {
  const turn = turnSchema.safeParse(await memory.recall(noteOf(connection))).data;
  if (!turn) return false;
  const lastDay = new Date(now().getTime() - overMs).toISOString().slice(0, 10);
  return turn.isMissed || turn.day < lastDay;
}
