import * as z from 'zod';
import { environmentSchema } from '../connection/settings.ts';

/** The event about a works document that the relay did not send: another party’s, in the supplier’s billing file. */

const siret = z.string().describe('A SIRET, 14 digits.');
const amount = z.string().optional();

const pieceSchema = z.object({
  chorusProId: z.int().describe('Chorus Pro’s id of the document.'),
  number: z.string().optional().describe('Its number.'),
  framework: z.string().optional().describe('Its framework (cadre de facturation): "A15".'),
});

export const worksDocumentSchema = z
  .object({
    specversion: z.literal('1.0').describe('CloudEvents’ version.'),
    id: z.string().describe('The same each time this status of the document is told: ignore an id that you have seen.'),
    source: z.string().describe('`chorus-relay/<connection>`.'),
    type: z.literal('chorus-relay.works.document.v1').describe('A document, or a new status of it, in a billing file.'),
    subject: z.string().describe('`<connection>/-/works <Chorus Pro’s id of the document>`.'),
    time: z.iso.datetime().describe('When the relay saw it: ISO 8601, UTC.'),
    datacontenttype: z.literal('application/json').describe('`data` is JSON.'),
    data: z
      .object({
        connection: z.string().describe('The connection that sees it.'),
        environment: environmentSchema.describe('`production` or `qualification`.'),
        supplier: siret.describe('The SIRET of the supplier whose billing file it is in.'),
        document: pieceSchema
          .extend({
            number: z.string().describe('Its number.'),
            kind: z
              .string()
              .optional()
              .describe('What it is: `instalment-statement`, `general-statement` … (docs/works.md).'),
            by: z.string().optional().describe('Who deposits such a document: `project-manager`, `works-owner` …'),
            issueDate: z.string().optional().describe('Its date, YYYY-MM-DD.'),
            amounts: z
              .object({
                taxExclusive: amount.describe('Without VAT.'),
                taxInclusive: amount.describe('With VAT.'),
                due: amount.describe('To be paid.'),
              })
              .describe('In euros, as decimal strings: "1200.00". What Chorus Pro does not say is absent.'),
          })
          .describe('The document.'),
        status: z
          .object({
            code: z.string().describe('Its status as Chorus Pro spells it: docs/statuses.md.'),
            at: z.string().optional().describe('Since when: ISO 8601, UTC. Absent if Chorus Pro did not say.'),
            fr: z.string().describe('Its meaning in French.'),
            en: z.string().describe('Its meaning in English.'),
            answer: z.string().optional().describe('The command with which the ERP can respond.'),
          })
          .describe('Where it stands.'),
        next: z
          .object({
            actor: z.string().describe('Who must act next: `works-owner`, `main-contractor` …'),
            until: z.string().optional().describe('The last day for it, YYYY-MM-DD, if a time is set.'),
          })
          .optional()
          .describe('Who must act next. Absent if the relay does not know the framework or the status.'),
        billingFile: z
          .object({
            id: z.int().optional().describe('Chorus Pro’s id: the same for all documents of the file.'),
            number: z.string().optional().describe('Its number.'),
          })
          .optional()
          .describe('The billing file (dossier de facturation), if the list shows it: in production.'),
        preceding: pieceSchema.optional().describe('The document that it answers.'),
        following: pieceSchema.optional().describe('The document that answers it.'),
        contract: z.string().optional().describe('The contract’s number (numéro de marché).'),
        recipient: siret.optional().describe('The SIRET of the recipient, who pays.'),
        projectManager: siret.optional().describe('The SIRET of the project manager (MOE).'),
        worksOwner: siret.optional().describe('The SIRET of the works owner (MOA).'),
        actionNeeded: z.boolean().describe('Whether the supplier must do something.'),
        message: z
          .object({ fr: z.string().describe('In French.'), en: z.string().describe('In English.') })
          .describe('The sentence for the person.'),
      })
      .describe('Which document of which billing file, and where it stands.'),
  })
  .describe('Tells the ERP of a works document that another party deposited in its billing file, as CloudEvents 1.0.');

export type WorksDocumentEvent = z.infer<typeof worksDocumentSchema>;
