/** `works.submit`: the command with which an ERP submits a document of a works contract. */
import * as z from 'zod';
import { deductionKinds } from './deductions.ts';
import { amount, fault, invoiceNumber, service, siret, text } from './fields.ts';
import { worksFrameworks } from './frameworks.ts';
import { invoiceSchema, submitInvoiceSchema } from './submit-command.ts';

const party = {
  siret: siret.describe('Its SIRET, 14 digits.'),
  service: service.optional().describe('Its service in Chorus Pro. Sent as given; not looked up.'),
};

const coefficient = z.string(fault('coefficient')).regex(/^\d{1,3}(\.\d{1,8})?$/, fault('coefficient'));

/** An amount since the beginning of the contract, and this statement's part of it. */
const running = {
  cumulative: amount.describe('Since the beginning, without VAT, this statement included: "51000.00".'),
  amount: amount.describe('This statement’s part: `cumulative` less the same amounts of the earlier statements.'),
};

const earlierSchema = z.strictObject({
  statement: z.int().min(1).max(999).describe('Its number in the series: 1, 2, 3 …'),
  number: invoiceNumber.describe('The number of its document, as it was submitted.'),
  workDone: amount.describe('The work done of that statement alone, without VAT.'),
  revision: amount.optional().describe('Its price revision, without VAT.'),
  taxExclusive: amount.describe('Its total without VAT: `workDone` + `revision`.'),
  taxInclusive: amount.describe('Its total with VAT, before deductions.'),
  deductions: z
    .array(
      z.strictObject({
        kind: z.enum(deductionKinds).describe('Its kind, as in `invoice.totals.deductions`.'),
        name: text(60).describe('Its name, the same in each statement.'),
        amount: amount.describe('What was deducted in that statement. Negative: given back.'),
      }),
    )
    .max(10)
    .default([])
    .describe('What lay between its total with VAT and its amount due.'),
  due: amount.describe('Its amount due: `taxInclusive` less the `deductions`.'),
});

const statementSchema = z.strictObject({
  number: z.int().min(1).max(999).describe('The statement’s number in the series (situation n°): 1, 2, 3 …'),
  contractAmount: amount
    .optional()
    .describe('The contract’s amount without VAT, amendments included. If more work is done, `accepted` has a note.'),
  workDone: z.strictObject(running).describe('The work done, before price revision.'),
  revision: z
    .strictObject({
      ...running,
      coefficient: coefficient
        .optional()
        .describe('The revision coefficient: "1.0234". If given, `amount` = `workDone.amount` × (coefficient − 1).'),
    })
    .optional()
    .describe('The price revision (révision de prix). A price decrease is negative.'),
  advance: z
    .strictObject({
      granted: amount.describe('The advance that was paid, with VAT: "20000.00".'),
      repaid: amount.describe('How much of it is repaid, this statement included.'),
    })
    .optional()
    .describe('The advance; its repayments are in `invoice.totals.deductions`, as `advance-repayment`.'),
  earlier: z
    .array(earlierSchema)
    .max(200)
    .default([])
    .describe('The earlier statements of the contract, from the first on, without those that were refused.'),
});
export type Statement = z.infer<typeof statementSchema>;

const worksSchema = z.strictObject({
  document: z
    .enum(worksFrameworks)
    .describe(
      'Which document of the billing file, by its framework (cadre de facturation): A4, A10, A13 monthly draft; A7, A11, A14 final draft; A22 tacit draft; and the others that a company deposits. docs/works.md has them.',
    ),
  projectManager: z
    .strictObject(party)
    .optional()
    .describe('The project manager (maître d’œuvre), who looks at an A4 or A7 first. Required with these.'),
  mainContractor: z
    .strictObject(party)
    .optional()
    .describe('The main contractor (titulaire), who approves an A10 or A11. Required with these.'),
  lead: z
    .strictObject(party)
    .optional()
    .describe('The lead of the group (mandataire), who approves an A13 or A14. Required with these.'),
  answers: invoiceNumber
    .optional()
    .describe('The number of the document of the file that this one answers: the final draft, for an A22.'),
  statement: statementSchema
    .optional()
    .describe('The amounts since the beginning of the contract. Required with a monthly, a final and a tacit draft.'),
});
export type Works = z.infer<typeof worksSchema>;

const { $schema, version, connection, supplier, customer, worksite, document, attachments } = submitInvoiceSchema.shape;

export const submitWorksSchema = z
  .strictObject({
    $schema,
    type: z.literal('works.submit').describe('Which command it is.'),
    version,
    connection,
    supplier: supplier.unwrap(),
    ...{ customer, worksite },
    works: worksSchema.describe('What makes it a document of a works contract.'),
    invoice: invoiceSchema
      .omit({ framework: true, validator: true, precedingInvoice: true, precedingInvoiceDate: true })
      .extend({ type: z.literal('invoice').default('invoice').describe('A works document is no credit note.') })
      .describe('This document’s own number, dates, references and amounts: those of the month alone.'),
    document: document
      .unwrap()
      .optional()
      .describe(
        'The document: a PDF, which the relay puts into the file that it makes, or a CII or Factur-X with the right framework. If absent, the relay makes the PDF too.',
      ),
    attachments: attachments.describe(
      'Its papers (métrés, attachements, révision …). The relay puts them into the file; none with an e-invoice of your own, which has them inside.',
    ),
  })
  .describe('Sends a document of a works contract to Chorus Pro, once: a monthly draft, a final draft, a tacit draft.');
