import * as z from 'zod';

/** Who a person is to a connection at the desk: one who acts also reads. */
export type Right = 'read' | 'act';

/** What comes before the name of a group. */
export const groupPrefix = 'group:';

/** Compared without regard to case, as mail servers do. */
const address = z
  .string()
  .regex(/^(group:\S(.*\S)?|[^\s@:]+@[^\s@:]+)$/, 'an e-mail address, or group:<name>')
  .max(200);
const people = (what: string) => z.array(address).max(50).default([]).describe(what);

/** Who sees the connection at the desk: nobody without the setting. */
export const deskSetting = z
  .strictObject({
    read: people('Who sees its invoices: verified e-mail addresses, or `group:` and a group’s name.'),
    act: people('Who also acts: completes, recycles, answers.'),
  })
  .optional()
  .describe('Who sees this connection at the desk, and who acts there (docs/desk.md). Without it: nobody.');
