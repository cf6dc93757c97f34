import * as z from 'zod';
import { parisDay } from '../chorus-pro/dates.ts';
import { dayMs } from '../facts/fact.ts';
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

/** By this hour, in UTC, both turns of a day are over (functions/give-turns/give-turns.ts). */
const over = 10;

/** A connection that has not had its first turn yet misses nothing. */
export async function isMailMissed(
  connection: string,
  { memory, now }: { memory: Memory; now: () => Date },
): Promise<boolean> {
  const turn = turnSchema.safeParse(await memory.recall(noteOf(connection))).data;
  if (!turn) return false;
  const at = now();
  const last = at.getUTCHours() >= over ? at : new Date(at.getTime() - dayMs);
  return turn.isMissed || turn.day < parisDay(last);
}
