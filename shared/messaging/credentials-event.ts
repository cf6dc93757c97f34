import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** The reminder to renew a credential: an event for the ERP, beside the events about invoices. */

/** The client secret should be renewed, on PISTE's advice; the technical account's password expires in Chorus Pro. */
export const credentialSchema = z.enum(['piste-secret', 'technical-password']);
export type Credential = z.infer<typeof credentialSchema>;

export const credentialsReminderSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time this reminder is published: ignore an id that you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.literal('chorus-relay.credentials.reminder.v1').describe('A reminder, beside the events about invoices.'),
    subject: z.string().describe('`<connection>/-/<credential>`: the credential of that connection, not its value.'),
    time: z.iso.datetime().describe('When the reminder was sent: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: z
      .object({
        connection: z.string().describe('The connection whose credential it is.'),
        environment: environmentSchema.describe('Where it is used.'),
        credential: credentialSchema.describe('The PISTE client secret, or the technical account’s password.'),
        due: z.iso
          .date()
          .describe('The day in France, YYYY-MM-DD, by which the secret should be renewed, or the password must be.'),
        daysLeft: z.int().describe('0 on that day, negative after it.'),
        actionNeeded: z.literal(true).describe('Someone must renew it.'),
        message: z
          .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
          .describe('The sentence for the person.'),
      })
      .describe('Which credential of which connection must be renewed, and by when.'),
  })
  .describe('Tells the ERP that a credential must be renewed, as CloudEvents 1.0 in JSON.');

export type CredentialsReminder = z.infer<typeof credentialsReminderSchema>;
