import * as z from 'zod';
import { attachmentSchema } from '../invoice/document-schema.ts';
import { limits } from '../invoice/fields.ts';
import { invoiceSchema } from '../invoice/submit-command.ts';

/** What several requests have in common. */

/** The length of the longest text that a pattern takes. */
const longest = (pattern: RegExp): number =>
  Array.from({ length: 1_000 }, (_, i) => i).findLast((length) => pattern.test('1'.repeat(length))) ?? 0;

/** Every value that Chorus Pro has, as far as we know: another one is news. A plain `z.enum` is a selection. */
export const every = <const Values extends Readonly<Record<string, string>>>(values: Values) =>
  z.enum(values).meta({ known: Object.values(values) });

export const id = z.int();
export const siret = z.string().max(14);
export const service = z.string().max(longest(limits.service.value));
export const invoiceNumber = z.string().max(longest(limits.invoiceNumber.value));
export const base64 = z.string();
export const { commitment, contract, comment } = invoiceSchema.shape;
export const french = z.strictObject({ codeLangue: z.literal('fr') });
export const page = z.strictObject({ pageResultatDemandee: z.int(), nbResultatsParPage: z.int() });
export const recipient = z.strictObject({ codeDestinataire: siret, codeServiceExecutant: service.optional() });
export const attachments = z.array(
  z.strictObject({
    pieceJointeComplementaireDesignation: attachmentSchema.shape.name,
    pieceJointeComplementaireType: attachmentSchema.shape.typeCode.unwrap(),
    pieceJointeComplementaireId: id,
  }),
);
