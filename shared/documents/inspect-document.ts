/** Whether a file is what its name, its format and its command say. It looks at the bytes of one file at a time. */
import { extname } from 'node:path';
import type { Checked } from '../e-invoice/check-e-invoice.ts';
import type { Stated } from '../e-invoice/differences.ts';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { DocumentFormat } from '../invoice/submit-command.ts';
import type { Document } from '../invoice/terms.ts';
import { contentFits, contentOf, contents } from './file-contents.ts';
import { readPdf } from './pdf.ts';

type File = Pick<Document, 'name' | 'bytes'>;

/** The extension that the name of an invoice's document needs. */
const extensions: Readonly<Record<DocumentFormat, string>> = {
  pdf: '.pdf',
  'factur-x': '.pdf',
  cii: '.xml',
  ubl: '.xml',
};

export function faultsOfName(name: string, format: DocumentFormat): Reason[] {
  const expected = extensions[format];
  const fits = extname(name).toLowerCase() === expected;
  return fits ? [] : [reason('document-extension', 'document.name', { value: name, expected, format })];
}

/** An attachment's extension is known to be one that Chorus Pro accepts, or has its own reason. */
export function faultsOfAttachment({ name, bytes }: File, path: string): Reason[] {
  if (bytes.length === 0) return [reason('document-empty', path, { value: name })];
  const extension = extname(name).slice(1).toUpperCase();
  if (extension === 'PDF') {
    const { kind } = readPdf(bytes);
    return kind === 'whole' ? [] : [reason(pdfFaults[kind], path, { value: name })];
  }
  const content = contentOf(bytes);
  const found = contents[content];
  return contentFits(content, extension) ? [] : [reason('attachment-content', path, { value: name, found })];
}

/** Checks an invoice's own document. */
export async function checkDocument({ name, bytes }: File, format: DocumentFormat, stated: Stated): Promise<Checked> {
  if (bytes.length === 0) return refused(reason('document-empty', 'document', { value: name }));
  if (format === 'pdf' || format === 'factur-x') return checkPdf({ name, bytes }, format, stated);
  const { checkXml } = await import('../e-invoice/check-e-invoice.ts');
  return checkXml({ name, bytes }, format, stated);
}

const refused = (...reasons: Reason[]): Checked => ({ reasons, notes: [] });

const pdfFaults = {
  'no-pdf': 'document-not-pdf',
  'cut-off': 'document-cut-off',
  locked: 'document-encrypted',
} as const satisfies Record<string, ReasonCode>;

async function checkPdf({ name, bytes }: File, format: 'pdf' | 'factur-x', stated: Stated): Promise<Checked> {
  const pdf = readPdf(bytes);
  if (pdf.kind !== 'whole') return refused(reason(pdfFaults[pdf.kind], 'document', { value: name }));
  const embedded = pdf.embedded();
  if (embedded.length === 0)
    return format === 'pdf' ? refused() : refused(reason('e-invoice-missing', 'document', { value: name }));
  const { checkEmbedded } = await import('../e-invoice/check-e-invoice.ts');
  return checkEmbedded(embedded, { name, format }, stated);
}
