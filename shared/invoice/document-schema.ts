/** How a command gives its files. */
import * as z from 'zod';
import { fault, fileName, limits, listedCode } from './fields.ts';

const fileSource = {
  content: z
    .string()
    .meta({
      contentEncoding: 'base64',
      pattern: String.raw`^\s*[A-Za-z0-9+/][A-Za-z0-9+/\s]*(?:=\s*){0,2}$`,
      maxLength: 1_048_576,
    })
    .optional()
    .describe(
      'The file’s bytes in base64, with or without line breaks, if they fit into an SQS message (1 MiB). Either this or `key`.',
    ),
  key: z
    .string()
    .max(1024)
    .meta({ pattern: String.raw`^incoming(/(?!\.{1,2}(/|$))[^/]+){2,}$` })
    .optional()
    .describe('The file’s key in the document store: `incoming/<connection>/…`. Either this or `content`.'),
};
const sources = { exactlyOneOf: Object.keys(fileSource).map((name) => [name]) };
const oneSource = (file: { content?: string | undefined; key?: string | undefined }): boolean =>
  (file.content === undefined) !== (file.key === undefined);

export const documentSchema = z
  .strictObject({
    name: fileName(limits.documentName.value).describe('The file’s name, as Chorus Pro will show it.'),
    ...fileSource,
    format: z
      .enum(['pdf', 'factur-x', 'cii', 'ubl'])
      .optional()
      .describe(
        '`pdf`: a PDF for people, sent with the command’s data. The others are complete e-invoices, which Chorus Pro reads itself: the file is deposited as it is, and nothing of the command is sent with it. What the command says as well must be the same in it. If absent, the file’s bytes tell; the JSON Schema, which cannot look into a PDF, then takes it for a plain one.',
      ),
  })
  .refine(oneSource, fault('document-source'))
  .meta(sources);

export type GivenDocument = z.infer<typeof documentSchema>;
export type DocumentFormat = NonNullable<GivenDocument['format']>;
export type DocumentReference = GivenDocument & { format: DocumentFormat };
/** What a document is, by its bytes. `pdf-with-e-invoice`: the command says `pdf`, and it has an e-invoice in it. */
export type DocumentKind = DocumentFormat | 'pdf-with-e-invoice' | 'cii-with-pdf';
/** A plain PDF goes with the command's data, everything else as a file that Chorus Pro reads. */
export type SentAs = Exclude<DocumentKind, 'pdf-with-e-invoice'>;

export const attachmentSchema = z
  .strictObject({
    name: fileName(limits.attachmentName.value, fault('attachment-name')).describe(
      'The file’s name with an extension that Chorus Pro accepts, different from the other files’.',
    ),
    ...fileSource,
    typeCode: listedCode
      .optional()
      .describe(
        'Chorus Pro’s code for the type of attachment, from its list `recuperer/typespj`. Any other value is refused, with the list. If absent: "other".',
      ),
  })
  .refine(oneSource, fault('document-source'))
  .meta(sources);
