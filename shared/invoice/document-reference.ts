import * as z from 'zod';
import { text } from './field-types.ts';
import { limits } from './limits.ts';

const source = {
  content: z
    .string()
    .min(1)
    .optional()
    .describe('The file’s bytes in base64, as far as they fit into an SQS message (1 MiB). Either this or `key`.'),
  key: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('The file’s key in the document store: `incoming/<connection>/…`. Either this or `content`.'),
};
const oneSource = (document: { content?: string | undefined; key?: string | undefined }): boolean =>
  (document.content === undefined) !== (document.key === undefined);

const documentFormats = ['pdf', 'factur-x', 'cii', 'ubl'] as const;

export const documentSchema = z
  .strictObject({
    name: text(limits.documentName.length).describe('The file’s name, under which Chorus Pro gets it.'),
    ...source,
    format: z
      .enum(documentFormats)
      .default('pdf')
      .describe(
        '`pdf`: a PDF for people, sent beside the command’s data. Else a ready e-invoice, which Chorus Pro reads itself: deposited as it is, nothing of the command is sent with it.',
      ),
  })
  .refine(oneSource, 'document-source');

export const attachmentSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(limits.attachmentName.length, 'attachment-name')
      .describe('The file’s name with its extension, which must be one that Chorus Pro takes.'),
    ...source,
    typeCode: text(50)
      .optional()
      .describe('Chorus Pro’s code of the attachment’s type, from its list `recuperer/typespj`; without it "other".'),
  })
  .refine(oneSource, 'document-source');

export type DocumentReference = z.infer<typeof documentSchema>;
export type DocumentFormat = DocumentReference['format'];
export type AttachmentReference = z.infer<typeof attachmentSchema>;
