/** Who gets the morning mail of a connection, and on which days. */
import { createHash } from 'node:crypto';
import * as z from 'zod';

/** In the order of `Date.getUTCDay`. */
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const workdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

const addresseeSchema = z.strictObject({
  to: z.email('an e-mail address').describe('The e-mail address. Each once. AWS asks it to confirm, by a first mail.'),
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...workdays])
    .describe('The days of the week on which the mail may come. If absent: Monday to Friday.'),
});

export const morningMailSchema = z
  .array(addresseeSchema)
  .max(20)
  .refine((all) => new Set(all.map(({ to }) => to)).size === all.length, 'the same address twice')
  .default([])
  .describe(
    'Who gets a mail in the morning, in French: what is to do, late, newly paid, to be released or renewed; none if there is nothing to say (docs/morning-mail.md).',
  );
export type Addressee = z.infer<typeof addresseeSchema>;

/** @param day the calendar day in Paris, ISO */
export const addresseesOn = (all: readonly Addressee[], day: string): Addressee[] => {
  const weekday = weekdays[new Date(day).getUTCDay()];
  return all.filter(({ days }) => days.some((one) => one === weekday));
};

/** Stands for an address where names are seen: in a topic's name, in the name of a note, in a log. */
export const markOf = (address: string): string => createHash('sha256').update(address).digest('hex').slice(0, 16);
