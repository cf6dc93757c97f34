import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** What of a connection ends one day: the client secret by PISTE's advice, the technical account's password by Chorus Pro's rule. */
const credentialSchema = z.enum(['piste-secret', 'technical-password']);
export type Credential = z.infer<typeof credentialSchema>;

/**
 * Tells the ERP that a credential has to be renewed: as CloudEvents 1.0 in JSON, beside the events of invoices. The id is
 * the same each time the reminder is published: consumers drop what they have seen.
 */
export const credentialsReminderSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.literal('chorus-relay.credentials.reminder.v1'),
  /** The credential, not its value. */
  subject: credentialSchema,
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.object({
    connection: z.string(),
    environment: environmentSchema,
    credential: credentialSchema,
    /** The day by which it should be, or has to be, renewed, in France. */
    due: z.iso.date(),
    /** 0 on that day, negative after it. */
    daysLeft: z.int(),
    actionNeeded: z.literal(true),
    message: z.object({ fr: z.string(), en: z.string() }),
  }),
});

export type CredentialsReminder = z.infer<typeof credentialsReminderSchema>;
