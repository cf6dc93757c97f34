import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { type Credential, credentialSchema } from '../messaging/credentials-event.ts';
import { daysBetween } from './retentions.ts';

/** What the daily look at a connection's credentials found, for its mail and the operator's alarms. */

const lookSchema = z.object({
  /** The day of the look: ISO, in Paris's calendar. */
  day: z.iso.date(),
  /** There were none, or the platform refused them. */
  areUnusable: z.boolean(),
  /** The last day of each, as far as it is known: ISO. */
  ends: z.partialRecord(credentialSchema, z.iso.date()),
  /** When one of them expires has been unknown since the day before or longer. */
  areUnwatched: z.boolean().optional(),
});
type Look = z.infer<typeof lookSchema>;

const noteOf = (connection: string): string => `credential-ends#${connection}`;

export const noteCredentialEnds = (connection: string, look: Look, memory: Memory): Promise<void> =>
  memory.remember(noteOf(connection), look);

/** What is measured of a credential by the day: each is the name of an alarm, and only one of the two rings for it. */
export function endAlarm(credential: Credential, daysLeft: number): string | undefined {
  if (daysLeft > timings.firstReminder.amount) return undefined;
  return `${credential}-${daysLeft > 0 ? 'warning' : 'due'}`;
}
export const unwatchedAlarm = 'credentials-unwatched';
export const endAlarms = [
  ...credentialSchema.options.flatMap((credential) => [`${credential}-warning`, `${credential}-due`]),
  unwatchedAlarm,
];

/** The alarms that ring for a connection by what its last look found. */
export async function endAlarmsOf(connection: string, memory: Memory): Promise<string[]> {
  const look = lookSchema.safeParse(await memory.recall(noteOf(connection))).data;
  if (!look) return [];
  const ending = credentialSchema.options.flatMap((credential) => {
    const due = look.ends[credential];
    return due === undefined ? [] : (endAlarm(credential, daysBetween(look.day, due)) ?? []);
  });
  return [...ending, ...(look.areUnwatched ? [unwatchedAlarm] : [])];
}

export interface EndingCredential {
  credential: Credential;
  /** Until when it is to be renewed: ISO. */
  due: string;
  /** Negative once that day is over. */
  daysLeft: number;
}

/** Those to be renewed soon, and whether the look of today found that none can be used. */
export async function endingCredentials(
  connection: string,
  today: string,
  memory: Memory,
): Promise<{ credentials: EndingCredential[]; areUnusable: boolean }> {
  const look = lookSchema.safeParse(await memory.recall(noteOf(connection))).data;
  const ending = credentialSchema.options.flatMap((credential) => {
    const due = look?.ends[credential];
    return due === undefined ? [] : [{ credential, due, daysLeft: daysBetween(today, due) }];
  });
  return {
    credentials: ending.filter(({ daysLeft }) => daysLeft <= timings.firstReminder.amount),
    areUnusable: look?.day === today && look.areUnusable,
  };
}
