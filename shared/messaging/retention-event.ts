import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** The reminder that a retention is to be released: an event for the ERP, beside the events about invoices. */

export const retentionDueSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time this reminder is published: ignore an id that you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.literal('chorus-relay.retention.due.v1').describe('A reminder, beside the events about invoices.'),
    subject: z
      .string()
      .describe(
        '`<connection>/<supplier>/<number>`: the invoice of which it is kept back, with `#<year>` if the supplier’s numbers begin anew each year.',
      ),
    time: z.iso.datetime().describe('When the reminder was sent: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: z
      .object({
        connection: z.string().describe('The connection that sent the invoice.'),
        environment: environmentSchema.describe('Where the invoice is.'),
        supplier: z.string().describe('The supplier’s SIRET.'),
        number: z.string().describe('The number of the invoice of which it is kept back.'),
        issueDate: z.string().describe('The invoice’s issue date, YYYY-MM-DD.'),
        recipient: z.string().describe('The SIRET of the recipient, who holds it.'),
        contract: z.string().optional().describe('Contract number (numéro de marché), if the invoice has one.'),
        retention: z.string().describe('Its name, as on the invoice: "Retenue de garantie".'),
        amount: z.string().describe('What was kept back: a decimal string in `currency`, "600.00".'),
        held: z.string().describe('What is still held: `amount` without what later invoices release.'),
        currency: z.string().describe('Three capital letters: "EUR".'),
        until: z.iso.date().describe('The day on which it should be released, YYYY-MM-DD.'),
        expected: z
          .boolean()
          .describe('The command did not say until when: the day is counted by the connection’s `retentions.months`.'),
        daysLeft: z.int().describe('How many days until then: 0 on the day itself, negative after it.'),
        actionNeeded: z.literal(true).describe('Someone must ask for it, by an invoice that names this one.'),
        message: z
          .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
          .describe('The sentence for the person.'),
      })
      .describe('Which retention on which invoice is to be released, and when.'),
  })
  .describe('Tells the ERP that a retention is to be released, as CloudEvents 1.0 in JSON.');

export type RetentionDue = z.infer<typeof retentionDueSchema>;
