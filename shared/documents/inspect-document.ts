/** Whether a file is what its name, its format and its command say. It looks at the bytes of one file at a time. */
import Big from 'big.js';
import { extname } from 'node:path';
import { frenchAmount, inCents } from '../invoice/amounts.ts';
import { sirenOf } from '../invoice/fields.ts';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { DocumentFormat, Invoice } from '../invoice/submit-command.ts';
import type { Document } from '../invoice/terms.ts';
import { invoiceTypeOf, readEInvoice, type EInvoice, type EInvoiceReading, type Unreadable } from './e-invoice.ts';
import { contentFits, contentOf, contents } from './file-contents.ts';
import { readPdf, type EmbeddedFile } from './pdf.ts';

type File = Pick<Document, 'name' | 'bytes'>;

/** What a command says about its invoice, to be compared with what is in the file. */
export interface Stated {
  invoice: Pick<Invoice, 'number' | 'type'> & { totals: Pick<Invoice['totals'], 'due'> };
  /** The supplier's SIRET; absent if the settings do not have the one that the command names. */
  supplier: string | undefined;
}

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

/** The faults of an invoice's own document. */
export function faultsOfDocument({ name, bytes }: File, format: DocumentFormat, stated: Stated): Reason[] {
  if (bytes.length === 0) return [reason('document-empty', 'document', { value: name })];
  return format === 'pdf' || format === 'factur-x'
    ? faultsOfPdf({ name, bytes }, format, stated)
    : faultsOfXml({ name, bytes }, format, stated);
}

const pdfFaults = {
  'no-pdf': 'document-not-pdf',
  'cut-off': 'document-cut-off',
  locked: 'document-encrypted',
} as const satisfies Record<string, ReasonCode>;

function faultsOfPdf({ name, bytes }: File, format: 'pdf' | 'factur-x', stated: Stated): Reason[] {
  const pdf = readPdf(bytes);
  if (pdf.kind !== 'whole') return [reason(pdfFaults[pdf.kind], 'document', { value: name })];
  const inside = eInvoiceIn(pdf.embedded());
  if (format === 'pdf')
    return inside ? [reason('e-invoice-in-pdf', 'document.format', { value: name, found: inside.name })] : [];
  if (!inside) return [reason('e-invoice-missing', 'document', { value: name })];
  // Packed in a way that we do not know: that an e-invoice is there is all that can be said.
  return inside.reading ? faultsOfReading(inside.reading, { value: inside.name, format }, stated) : [];
}

const faultsOfXml = ({ name, bytes }: File, format: 'cii' | 'ubl', stated: Stated): Reason[] =>
  faultsOfReading(readEInvoice(bytes), { value: name, format }, stated);

/** The name that Factur-X gives its XML, and those that came before it or are used by its kin. */
const usualNames: readonly string[] = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'];

interface Inside {
  name: string;
  reading: EInvoiceReading | undefined;
}

/** A file with a usual name is one whatever is in it; any other XML, if it turns out to be one. */
function eInvoiceIn(embedded: readonly EmbeddedFile[]): Inside | undefined {
  for (const usual of usualNames) {
    const file = embedded.find(({ name }) => name.toLowerCase() === usual);
    const bytes = file?.read();
    if (file) return { name: file.name, reading: bytes && readEInvoice(bytes) };
  }
  const others = embedded.filter(({ name }) => extname(name).toLowerCase() === '.xml');
  for (const file of others.slice(0, mostRead)) {
    const bytes = file.read();
    const reading = bytes && readEInvoice(bytes);
    if (reading?.kind === 'invoice') return { name: file.name, reading };
  }
  return undefined;
}

/** A PDF may have any number of XML files inside: those of a building model, for one. */
const mostRead = 5;

const why: Readonly<Record<Unreadable, { fr: string; en: string }>> = {
  encoding: {
    fr: 'le codage de ses caractères n’est pas celui qu’elle annonce',
    en: 'its characters are not encoded as it says',
  },
  doctype: { fr: 'un DOCTYPE n’est pas admis', en: 'a DOCTYPE is not allowed' },
  'too-deep': { fr: 'ses éléments sont trop imbriqués', en: 'its elements are nested too deeply' },
  malformed: { fr: 'ce n’est pas du XML bien formé', en: 'it is not well-formed XML' },
};

const syntaxes = {
  cii: { fr: 'une facture CII', en: 'a CII invoice' },
  ubl: { fr: 'une facture UBL', en: 'a UBL invoice' },
} as const;

/** Factur-X is CII inside a PDF. */
const syntaxOf = { 'factur-x': 'cii', cii: 'cii', ubl: 'ubl' } as const;

function faultsOfReading(
  reading: EInvoiceReading,
  parameters: { value: string; format: keyof typeof syntaxOf },
  stated: Stated,
): Reason[] {
  const formatFault = (found: { fr: string; en: string }) => [
    reason('document-format', 'document.format', { ...parameters, found }),
  ];
  switch (reading.kind) {
    case 'not-xml':
      return [reason('document-not-xml', 'document', parameters)];
    case 'unreadable':
      return [reason('e-invoice-unreadable', 'document', { ...parameters, why: why[reading.why] })];
    case 'other-xml':
      return formatFault({
        fr: `du XML qui n’est pas une facture (${reading.root})`,
        en: `XML that is no invoice (${reading.root})`,
      });
    case 'invoice': {
      const { invoice } = reading;
      return invoice.syntax === syntaxOf[parameters.format]
        ? differences(invoice, stated)
        : formatFault(syntaxes[invoice.syntax]);
    }
  }
}

/** What the file says otherwise than the command, a reason each. What is not in the file cannot differ. */
function differences(file: EInvoice, { invoice, supplier }: Stated): Reason[] {
  const [number] = file.terms.get('BT-1') ?? [];
  const [due] = file.terms.get('BT-115') ?? [];
  const type = invoiceTypeOf(file);
  const seller = supplier === undefined ? undefined : otherSeller(file, supplier);
  const differs = (path: string, term: Bilingual, found: string | Bilingual, said: string | Bilingual) =>
    reason('file-differs', path, { term, found, stated: said });
  return [
    ...(number !== undefined && number !== invoice.number
      ? [differs('invoice.number', terms.number, number, invoice.number)]
      : []),
    ...(seller !== undefined && supplier !== undefined ? [differs('supplier', terms.supplier, seller, supplier)] : []),
    ...(type !== undefined && type !== invoice.type
      ? [differs('invoice.type', terms.type, types[type], types[invoice.type])]
      : []),
    ...(due !== undefined && !isSameAmount(due, invoice.totals.due)
      ? [differs('invoice.totals.due', terms.due, amount(due), amount(inCents(invoice.totals.due)))]
      : []),
  ];
}

interface Bilingual {
  fr: string;
  en: string;
}

const terms = {
  number: { fr: 'Numéro de facture', en: 'Invoice number' },
  supplier: { fr: 'SIRET du fournisseur', en: 'Supplier’s SIRET' },
  type: { fr: 'Type de document', en: 'Type of document' },
  due: { fr: 'Net à payer', en: 'Amount due' },
} as const;

const types = {
  invoice: { fr: 'facture', en: 'invoice' },
  'credit-note': { fr: 'avoir', en: 'credit note' },
} as const;

const amount = (decimal: string): Bilingual => ({ fr: frenchAmount(decimal), en: decimal });

/** "1200" and "1200.00" are one amount; what is no decimal is none. */
const isSameAmount = (found: string, stated: string): boolean =>
  /^[+-]?\d{1,20}(\.\d{1,20})?$/.test(found) && Big(found.replace('+', '')).eq(stated);

/**
 * Who the file says the seller is, if it is somebody else. Chorus Pro takes the legal identifier (BT-30), a SIRET.
 * Where that is only a SIREN, the SIRET is among the other identifiers (BT-29).
 */
function otherSeller(file: EInvoice, siret: string): string | undefined {
  const [legal = [], others = []] = (['BT-30', 'BT-29'] as const).map((term) =>
    file.terms.get(term)?.map((id) => id.replace(/\s/g, '')),
  );
  const found = [...legal, ...others].find((id) => /^\d{14}$/.test(id)) ?? legal[0];
  return found === siret || found === sirenOf(siret) ? undefined : found;
}
