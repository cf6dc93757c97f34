/** The ERP's commands about an invoice that is already in Chorus Pro. */
import * as z from 'zod';
import { documentSchema } from './document-schema.ts';
import { fault, supplierSchema as supplier } from './fields.ts';
import { invoiceSchema, submitInvoiceSchema } from './submit-command.ts';

const { $schema, version, connection, attachments } = submitInvoiceSchema.shape;
const { number, issueDate, recipient, validator, commitment, contract, comment } = invoiceSchema.shape;

/** Each command names the invoice in the same way as it was submitted. */
const about = <Type extends string>(type: Type) => ({
  $schema,
  type: z.literal(type).describe('Which command it is.'),
  version,
  connection,
  supplier,
  invoice: z
    .strictObject({
      number: number.describe('Its number (BT-1), as it was submitted.'),
      issueDate: issueDate
        .optional()
        .describe('Its issue date, if the supplier’s numbers begin anew each year (`numbering`: `per-year`).'),
    })
    .describe('The invoice in question. The relay must have sent it, through this connection.'),
});

/** The same of a works document. */
const aboutWorks = <Type extends string>(type: Type) => ({
  ...about(type),
  invoice: about(type).invoice.describe(
    'The works document in question. The relay must have sent it, through this connection.',
  ),
});

const completeSchema = z
  .strictObject({
    ...about('invoice.complete'),
    comment: comment.describe('What to tell the recipient. Give this, `attachments` or both.'),
    attachments: attachments.describe('What the recipient is waiting for: at most 10 MB each, 120 MB together.'),
  })
  .refine((command) => command.comment !== undefined || command.attachments.length > 0, fault('nothing-to-complete'))
  .meta({ someOf: ['comment', 'attachments'] })
  .describe('Sends the attachments or the comment that the recipient is waiting for.');

const recycleSchema = z
  .strictObject({
    ...about('invoice.recycle'),
    recipient: recipient.omit({ name: true }).optional().describe('The right recipient.'),
    commitment: commitment.describe('The right commitment number (numéro d’engagement, BT-13).'),
    contract: contract.describe('The right contract number (numéro de marché, BT-12).'),
    comment,
  })
  .refine(
    (command) => [command.recipient, command.commitment, command.contract].some((part) => part !== undefined),
    fault('nothing-to-recycle'),
  )
  .meta({ someOf: ['recipient', 'commitment', 'contract'] })
  .describe(
    'Corrects the recipient, its service, the commitment or the contract (at least one of them). The invoice, its number and everything else stay the same.',
  );

const acknowledgeSchema = z
  .strictObject(about('invoice.acknowledge-rejection'))
  .describe('Acknowledges a rejection in Chorus Pro. The invoice’s number cannot be used again.');

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
      .describe('Include the attachments. If there are any, the file is a ZIP.'),
  })
  .describe('Puts the invoice, as Chorus Pro has it, into the document store; the event gives its key.');

const statusSchema = z
  .strictObject(about('invoice.status'))
  .describe('Reads the invoice’s status now, without waiting for the next poll.');

const worksCompleteSchema = z
  .strictObject({
    ...aboutWorks('works.complete'),
    comment: comment.describe('What to tell the party that waits. Give this, `attachments` or both.'),
    attachments: attachments.describe('What it waits for: at most 10 MB each, 120 MB together.'),
  })
  .refine((command) => command.comment !== undefined || command.attachments.length > 0, fault('nothing-to-complete'))
  .meta({ someOf: ['comment', 'attachments'] })
  .describe('Sends the attachments or the comment that a works document waits for. Needs `works.answers`: `inferred`.');

const worksRecycleSchema = z
  .strictObject({
    ...aboutWorks('works.recycle'),
    recipient: recipient.omit({ name: true }).optional().describe('The right recipient.'),
    commitment: commitment.describe('The right commitment number (numéro d’engagement, BT-13).'),
  })
  .refine(
    (command) => command.recipient !== undefined || command.commitment !== undefined,
    fault('nothing-to-recycle-works'),
  )
  .meta({ someOf: ['recipient', 'commitment'] })
  .describe(
    'Corrects the recipient, its service or the commitment of a works document. Needs `works.answers`: `inferred`.',
  );

const worksSignFinalSchema = z
  .strictObject({
    ...aboutWorks('works.sign-final'),
    account: z
      .strictObject({ number: number.describe('Its number, as the event `chorus-relay.works.document.v1` gives it.') })
      .describe('The general statement (décompte général, A18 or A20) that was made available to be signed.'),
    signed: z
      .strictObject({
        number: number.describe('Its number: a new one.'),
        issueDate: issueDate.describe('The day of the signature, YYYY-MM-DD.'),
      })
      .describe('The general final statement (décompte général et définitif, A8).'),
    document: documentSchema.describe('The signed statement: a PDF of at most 10 MB.'),
  })
  .describe(
    'Signs the general statement that the works owner made available: its signed copy becomes the general final statement (A8). The command names the final draft that it answers. Needs `works.answers`: `inferred`.',
  );

export const invoiceCommandSchemas = {
  'invoice.complete': { 1: completeSchema },
  'invoice.recycle': { 1: recycleSchema },
  'invoice.acknowledge-rejection': { 1: acknowledgeSchema },
  'invoice.correct-validator': { 1: correctValidatorSchema },
  'invoice.fetch': { 1: fetchSchema },
  'invoice.status': { 1: statusSchema },
  'works.complete': { 1: worksCompleteSchema },
  'works.recycle': { 1: worksRecycleSchema },
  'works.sign-final': { 1: worksSignFinalSchema },
} as const;

/** What each command does, for a sentence: a person knows no types. */
export const commandNames = {
  'invoice.complete': { fr: 'compléter la facture', en: 'complete the invoice' },
  'invoice.recycle': { fr: 'recycler la facture', en: 'recycle the invoice' },
  'invoice.acknowledge-rejection': { fr: 'prendre acte du rejet', en: 'acknowledge the rejection' },
  'invoice.correct-validator': { fr: 'changer de valideur', en: 'change the validator' },
  'invoice.fetch': { fr: 'récupérer la facture', en: 'fetch the invoice' },
  'invoice.status': { fr: 'relire l’état', en: 'read the status again' },
  'works.complete': { fr: 'compléter la pièce de travaux', en: 'complete the works document' },
  'works.recycle': { fr: 'recycler la pièce de travaux', en: 'recycle the works document' },
  'works.sign-final': { fr: 'signer le décompte général', en: 'sign the general statement' },
} as const satisfies Record<keyof typeof invoiceCommandSchemas, { fr: string; en: string }>;

/** What was done once a command was carried out. */
export const commandsDone = {
  'invoice.complete': { fr: 'Facture complétée dans Chorus Pro.', en: 'Invoice completed in Chorus Pro.' },
  'invoice.recycle': { fr: 'Facture recyclée dans Chorus Pro.', en: 'Invoice recycled in Chorus Pro.' },
  'invoice.acknowledge-rejection': {
    fr: 'Prise d’acte du rejet transmise à Chorus Pro.',
    en: 'Rejection acknowledged in Chorus Pro.',
  },
  'invoice.correct-validator': { fr: 'Valideur changé dans Chorus Pro.', en: 'Validator changed in Chorus Pro.' },
  'invoice.fetch': { fr: 'Facture récupérée dans Chorus Pro.', en: 'Invoice fetched from Chorus Pro.' },
  'invoice.status': { fr: 'État relu dans Chorus Pro.', en: 'Status read again in Chorus Pro.' },
  'works.complete': {
    fr: 'Pièce de travaux complétée dans Chorus Pro.',
    en: 'Works document completed in Chorus Pro.',
  },
  'works.recycle': { fr: 'Pièce de travaux recyclée dans Chorus Pro.', en: 'Works document recycled in Chorus Pro.' },
  'works.sign-final': { fr: 'Décompte général signé dans Chorus Pro.', en: 'General statement signed in Chorus Pro.' },
} as const satisfies Record<keyof typeof invoiceCommandSchemas, { fr: string; en: string }>;

/** They change nothing in Chorus Pro, and are possible at any status. */
export const readingCommands = ['invoice.fetch', 'invoice.status'] as const;

export type InvoiceCommandType = keyof typeof invoiceCommandSchemas;
export const isInvoiceCommandType = (type: string): type is InvoiceCommandType => Object.hasOwn(commandNames, type);
export type InvoiceCommandOf<Type extends InvoiceCommandType> = z.infer<(typeof invoiceCommandSchemas)[Type][1]>;
export type InvoiceCommand = { [Type in InvoiceCommandType]: InvoiceCommandOf<Type> }[InvoiceCommandType];

/** The commands that answer a works document. */
export type WorksCommandType = Extract<InvoiceCommandType, `works.${string}`>;
export type WorksCommand = { [Type in WorksCommandType]: InvoiceCommandOf<Type> }[WorksCommandType];

export const isWorksCommand = (command: InvoiceCommand): command is WorksCommand => command.type.startsWith('works.');
