import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** The State has notified an order: an event for the ERP, beside the events about invoices. */
export const orderNotifiedSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z
      .string()
      .describe(
        'The same each time this order is told: ignore an id that you have seen. An order notified anew has another.',
      ),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.literal('chorus-relay.order.notified.v1').describe('An order, beside the events about invoices.'),
    subject: z.string().describe('`<connection>/-/order <number>`: the order.'),
    time: z.iso.datetime().describe('When the relay told it: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: z
      .object({
        connection: z.string().describe('The connection that may read the order.'),
        environment: environmentSchema.describe('Where the order is.'),
        supplier: z.string().describe('The SIRET of the company or agency that the order was sent to.'),
        number: z.string().describe('The order’s number: the `commitment` of the invoices on it.'),
        notifiedAt: z.iso
          .datetime()
          .optional()
          .describe('When the supplier was notified: ISO 8601, UTC. Absent if Chorus Pro does not say.'),
        recipient: z
          .object({
            siret: z
              .string()
              .optional()
              .describe('The SIRET that invoices go to. Absent if Chorus Pro does not show it.'),
            name: z.string().optional().describe('Its name.'),
            service: z.string().optional().describe('The code of the service that invoices go to.'),
            serviceName: z.string().optional().describe('The service’s name.'),
          })
          .describe('To whom invoices on the order go, as `invoice.recipient` of a command.'),
        contract: z
          .string()
          .optional()
          .describe('The contract’s number, if Chorus Pro shows it with the order; AIFE’s sample has none.'),
        amount: z
          .string()
          .optional()
          .describe('The order’s amount with VAT, a decimal string in `currency`: "48000.00".'),
        currency: z.string().optional().describe('Three capital letters: "EUR".'),
        invoiced: z
          .string()
          .optional()
          .describe('What has been invoiced on it so far, with VAT. Absent if Chorus Pro does not show it.'),
        actionNeeded: z.literal(false).describe('Nobody must act.'),
        message: z
          .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
          .describe('The sentence for the person.'),
      })
      .describe('Which order the State notified to whom, and where its invoices go.'),
  })
  .describe('Tells the ERP that the State has notified an order, as CloudEvents 1.0 in JSON.');

export type OrderNotified = z.infer<typeof orderNotifiedSchema>;
