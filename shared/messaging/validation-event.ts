import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** What the ERP hears of a subcontractor's request to validate: events beside those about its own invoices. */

const amount = (about: string) => z.string().optional().describe(`${about} A decimal string in \`currency\`.`);

const partySchema = z.object({
  siret: z.string().optional().describe('Its SIRET, or its other identifier if it is not French.'),
  name: z.string().optional().describe('Its name, as Chorus Pro has it.'),
});

const reasonSchema = z.object({
  code: z.string().describe('A stable code, for programs: docs/reasons.md.'),
  path: z.string().describe('Where in the command; empty if it is about the whole command.'),
  fr: z.string().describe('The sentence in French.'),
  en: z.string().describe('The sentence in English.'),
});

const dataSchema = z.object({
  connection: z.string().describe('The connection whose company is asked.'),
  environment: environmentSchema.describe('`production` or `qualification`.'),
  chorusProId: z.int().describe('Chorus Pro’s id of the subcontractor’s document.'),
  validator: z.string().describe('The SIRET of the connection’s company that must answer.'),
  isSecondValidator: z.boolean().describe('Another company has validated it before: the lead, after a co-contractor.'),
  subcontractor: partySchema.describe('Who asks.'),
  recipient: partySchema
    .extend({ service: z.string().optional().describe('Its service’s code.') })
    .describe('The public body that pays.'),
  projectManager: partySchema.optional().describe('The project manager (maître d’œuvre), of a works document.'),
  number: z.string().optional().describe('The number that the subcontractor gave its document.'),
  invoiceType: z.enum(['invoice', 'credit-note']).describe('A credit note’s amounts are positive too.'),
  worksDocument: z.boolean().describe('A document of a works contract, and not a plain invoice.'),
  contract: z.string().optional().describe('The contract’s number.'),
  commitment: z.string().optional().describe('The commitment’s number.'),
  taxExclusive: amount('The total without VAT.'),
  taxInclusive: amount('The total with VAT.'),
  due: amount('The amount due.'),
  currency: z.string().optional().describe('Three capital letters: "EUR".'),
  issueDate: z.iso.date().optional().describe('The document’s date, YYYY-MM-DD.'),
  deposited: z.iso
    .date()
    .describe('The day of the deposit in France, YYYY-MM-DD, from which the fifteen days run. Day 0.'),
  day: z.int().describe('The day of the fifteen when the event was made: 0 on the day of the deposit.'),
  until: z.iso
    .date()
    .describe(
      'The last day to answer, YYYY-MM-DD: the fifteenth. Chorus Pro may count to the hour, so better the day before.',
    ),
  onSilence: z.literal('accepted').describe('What becomes of the request without an answer.'),
  outcome: z
    .enum(['accepted', 'refused', 'withdrawn'])
    .optional()
    .describe('With `answered`: how. `withdrawn`: nothing is asked of this company any more.'),
  by: z
    .enum(['relay', 'elsewhere'])
    .optional()
    .describe('With `answered`: by the relay, or elsewhere, as on the portal.'),
  reasons: z.array(reasonSchema).optional().describe('With `answer-refused`: why, all reasons at once.'),
  command: z
    .object({
      type: z.literal('validation.answer').describe('Its type.'),
      messageId: z.string().describe('The SQS message that brought it.'),
    })
    .optional()
    .describe('The command that this event responds to.'),
  actionNeeded: z.boolean().describe('Whether someone must do something.'),
  message: z
    .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
    .describe('The sentence for the person.'),
});

export const validationEventSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time this event is published: ignore an id that you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.templateLiteral(['chorus-relay.validation.', z.string(), '.v1']).describe('What happened: docs/events.md.'),
    subject: z
      .string()
      .describe('`<connection>/-/validation <id>`: the request, by Chorus Pro’s id and the number of the validator.'),
    time: z.iso.datetime().describe('When it happened: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: dataSchema.describe('Which request, and what is asked.'),
  })
  .describe('What happens to a subcontractor’s request to validate, as CloudEvents 1.0 in JSON.');

export type ValidationEvent = z.infer<typeof validationEventSchema>;
