/** `validation.answer`: the ERP's answer to a subcontractor's request to validate. */
import * as z from 'zod';
import { fault, invoiceNumber, listedCode, siret } from './fields.ts';
import { invoiceSchema, submitInvoiceSchema } from './submit-command.ts';

const { $schema, version, connection } = submitInvoiceSchema.shape;
const { comment } = invoiceSchema.shape;

const answerSchema = z
  .strictObject({
    $schema,
    type: z.literal('validation.answer').describe('Which command it is.'),
    version,
    connection,
    request: z
      .strictObject({
        subcontractor: siret.describe('The SIRET of the subcontractor or co-contractor who asks.'),
        number: invoiceNumber.describe('The number that it gave its document.'),
        chorusProId: z
          .int()
          .positive()
          .optional()
          .describe('Chorus Pro’s id of the document, as events have it, if several have that number.'),
      })
      .describe('The request in question.'),
    decision: z.enum(['accept', 'refuse']).describe('The answer. It cannot be taken back.'),
    reason: listedCode
      .optional()
      .describe(
        'With `refuse`: the reason, a code of Chorus Pro’s own list. A code that is not in it brings the list.',
      ),
    comment: comment.describe('What to tell the subcontractor.'),
  })
  .refine(({ decision, reason }) => (decision === 'refuse') === (reason !== undefined), {
    error: fault('refusal-reason'),
    path: ['reason'],
  })
  .describe('Accepts or refuses what a subcontractor or co-contractor asks to validate, once.');

export const validationCommandSchemas = { 'validation.answer': { 1: answerSchema } } as const;

export type ValidationAnswer = z.infer<typeof answerSchema>;
