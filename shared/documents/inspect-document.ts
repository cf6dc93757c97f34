/** Whether a file is what its name, its format and its command say. It looks at the bytes of one file at a time. */
import { extname } from 'node:path';
import type { EInvoiceChecks } from '../connection/apply-settings.ts';
import type { Checked, Inspected } from '../e-invoice/check-e-invoice.ts';
import type { Stated } from '../e-invoice/differences.ts';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { DocumentFormat, SentAs } from '../invoice/submit-command.ts';
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

/** For a file that is not there to tell. */
export const formatByName = (name: string): DocumentFormat =>
  extname(name).toLowerCase() === extensions.cii ? 'cii' : 'pdf';

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

/**
 * What an invoice's own document is.
 * @param said the command's format; undefined if the bytes are to tell
 */
export async function inspectDocument({ name, bytes }: File, said: DocumentFormat | undefined): Promise<Inspected> {
  const not = (code: ReasonCode) => plainly(said ?? 'pdf', reason(code, 'document', { value: name }));
  if (bytes.length === 0) return not('document-empty');
  if (said === 'cii' || said === 'ubl') return inspectXml({ name, bytes }, said);
  const pdf = readPdf(bytes);
  if (pdf.kind === 'no-pdf' && said === undefined) return inspectXml({ name, bytes }, said);
  if (pdf.kind !== 'whole') return not(pdfFaults[pdf.kind]);
  const embedded = pdf.embedded();
  if (embedded.length > 0) {
    const { inspectEmbedded } = await import('../e-invoice/check-e-invoice.ts');
    return inspectEmbedded(embedded, { name, said });
  }
  return said === 'factur-x' ? not('e-invoice-missing') : plainly('pdf');
}

async function inspectXml(file: File, said: 'cii' | 'ubl' | undefined): Promise<Inspected> {
  const eInvoices = await import('../e-invoice/check-e-invoice.ts');
  return eInvoices.inspectXml(file, said);
}

/** A document of which there is no more to know. */
export const plainly = (format: DocumentFormat, ...faults: Reason[]): Inspected => ({ format, kind: format, faults });

/** Checks an invoice's own document against its command. */
export async function checkDocument(
  { name, inspected, sentAs }: { name: string; inspected: Inspected; sentAs: SentAs },
  stated: Stated,
  checks: EInvoiceChecks,
): Promise<Checked> {
  const { faults, inside } = inspected;
  if (faults.length > 0 || !inside) return { reasons: faults, notes: [] };
  const { checkBesidePdf, checkInvoice } = await import('../e-invoice/check-e-invoice.ts');
  return sentAs !== 'pdf' && inside.invoice
    ? checkInvoice(inside.invoice, inside.name, stated, checks)
    : checkBesidePdf(inspected, name, stated);
}

const pdfFaults = {
  'no-pdf': 'document-not-pdf',
  'cut-off': 'document-cut-off',
  locked: 'document-encrypted',
} as const satisfies Record<string, ReasonCode>;
