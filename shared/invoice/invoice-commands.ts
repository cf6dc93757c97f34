import * as z from 'zod';
import { invoiceSchema, submitInvoiceSchema } from './submit-command.ts';

const { $schema, version, connection, supplier, attachments } = submitInvoiceSchema.shape;
const { number, recipient, validator, commitment, contract, comment } = invoiceSchema.shape;

/** What the ERP may ask of an invoice that is in Chorus Pro: each names it as it was submitted. */
const about = <Type extends string>(type: Type) => ({
  $schema,
  type: z.literal(type).describe('Which command it is.'),
  version,
  connection,
  supplier,
  invoice: z
    .strictObject({ number: number.describe('Its number (BT-1), as it was submitted.') })
    .describe('The invoice that is meant: the relay has sent it, by this connection.'),
});

const completeSchema = z
  .strictObject({
    ...about('invoice.complete'),
    comment: comment.describe('What the recipient is told. This or `attachments` must be there.'),
    attachments: attachments.describe('What the recipient waits for: at most 10 MB each, 120 MB together.'),
  })
  .refine((command) => command.comment !== undefined || command.attachments.length > 0, 'nothing-to-complete')
  .describe('Sends attachments and a comment that the recipient waits for.');

const recycleSchema = z
  .strictObject({
    ...about('invoice.recycle'),
    recipient: recipient.optional().describe('To whom it should have gone.'),
    commitment: commitment.describe('The right commitment number (numéro d’engagement, BT-13).'),
    contract: contract.describe('The right contract number (numéro de marché, BT-12).'),
    comment,
  })
  .refine(
    (command) => [command.recipient, command.commitment, command.contract].some((part) => part !== undefined),
    'nothing-to-recycle',
  )
  .describe(
    'Corrects the recipient, its service, the commitment or the contract (one at least); same invoice, same number, nothing else of it changes.',
  );

const acknowledgeSchema = z
  .strictObject(about('invoice.acknowledge-rejection'))
  .describe('Takes note of a rejection in Chorus Pro; the invoice’s number stays used.');

const correctValidatorSchema = z
  .strictObject({
    ...about('invoice.correct-validator'),
    validator: z
      .strictObject({ siret: validator.unwrap().shape.siret })
      .describe('Who is to approve it instead: the main contractor (A9) or the lead (A12).'),
  })
  .describe('Names another validator (A9, A12).');

const fetchSchema = z
  .strictObject({
    ...about('invoice.fetch'),
    format: z.enum(['pdf', 'pivot']).default('pdf').describe('`pdf` for people, or `pivot`: Chorus Pro’s own XML.'),
    withAttachments: z
      .boolean()
      .default(false)
      .describe('With the attachments too; the file is a ZIP where there are some.'),
  })
  .describe('Puts the invoice as Chorus Pro has it into the document store; its key is in the event.');

const statusSchema = z
  .strictObject(about('invoice.status'))
  .describe('Looks for its status now, and not at the next poll.');

export const invoiceCommandSchemas = {
  'invoice.complete': { 1: completeSchema },
  'invoice.recycle': { 1: recycleSchema },
  'invoice.acknowledge-rejection': { 1: acknowledgeSchema },
  'invoice.correct-validator': { 1: correctValidatorSchema },
  'invoice.fetch': { 1: fetchSchema },
  'invoice.status': { 1: statusSchema },
} as const;

export type InvoiceCommandType = keyof typeof invoiceCommandSchemas;
export type InvoiceCommandOf<Type extends InvoiceCommandType> = z.infer<(typeof invoiceCommandSchemas)[Type][1]>;
export type InvoiceCommand = { [Type in InvoiceCommandType]: InvoiceCommandOf<Type> }[InvoiceCommandType];
