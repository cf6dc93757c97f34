import * as z from 'zod';
import { invoiceSchema, submitInvoiceSchema } from './submit-invoice-command.ts';

/** What the ERP may ask of an invoice that is in Chorus Pro: each names it as it was submitted. */
const about = <Type extends string>(type: Type) => ({
  $schema: z.string().optional(),
  type: z.literal(type),
  version: z.literal(1),
  connection: submitInvoiceSchema.shape.connection,
  supplier: submitInvoiceSchema.shape.supplier,
  invoice: z.strictObject({ number: invoiceSchema.shape.number }),
});

const { recipient, validator, commitment, contract, comment } = invoiceSchema.shape;

/** From SUSPENDUE: what the recipient waits for. */
const completeSchema = z
  .strictObject({
    ...about('invoice.complete'),
    comment,
    attachments: submitInvoiceSchema.shape.attachments,
  })
  .refine((command) => command.comment !== undefined || command.attachments.length > 0, 'nothing-to-complete');

/** From A_RECYCLER: same invoice, same number, to whom it should have gone; nothing else of it may change. */
const recycleSchema = z
  .strictObject({
    ...about('invoice.recycle'),
    recipient: recipient.optional(),
    commitment,
    contract,
    comment,
  })
  .refine(
    (command) => [command.recipient, command.commitment, command.contract].some((part) => part !== undefined),
    'nothing-to-recycle',
  );

/** From REJETEE: the rejection was taken note of; the invoice's number stays used. */
const acknowledgeSchema = z.strictObject(about('invoice.acknowledge-rejection'));

/** From ERREUR_FOURNISSEUR_SUR_VALIDEUR: who is to approve it. */
const correctValidatorSchema = z.strictObject({
  ...about('invoice.correct-validator'),
  validator: z.strictObject({ siret: validator.unwrap().shape.siret }),
});

/** The invoice as Chorus Pro has it, into the document store. */
const fetchSchema = z.strictObject({
  ...about('invoice.fetch'),
  format: z.enum(['pdf', 'pivot']).default('pdf'),
  withAttachments: z.boolean().default(false),
});

/** Its status, now and not at the next poll. */
const statusSchema = z.strictObject(about('invoice.status'));

export const answerSchemas = {
  'invoice.complete': { 1: completeSchema },
  'invoice.recycle': { 1: recycleSchema },
  'invoice.acknowledge-rejection': { 1: acknowledgeSchema },
  'invoice.correct-validator': { 1: correctValidatorSchema },
  'invoice.fetch': { 1: fetchSchema },
  'invoice.status': { 1: statusSchema },
} as const;

export type AnswerType = keyof typeof answerSchemas;
export type AnswerOf<Type extends AnswerType> = z.infer<(typeof answerSchemas)[Type][1]>;
export type Answer = { [Type in AnswerType]: AnswerOf<Type> }[AnswerType];
