/**
 * Reads the e-invoice in a file, and checks it against its command. It is loaded only if there is one: a plain PDF does
 * not need it (docs/adr/0003-lean-bundles.md).
 */
import { extname } from 'node:path';
import type { EInvoiceChecks } from '../connection/apply-settings.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import type { DocumentFormat, DocumentKind } from '../invoice/submit-command.ts';
import type { Document } from '../invoice/terms.ts';
import { differencesOf, type Stated } from './differences.ts';
import type { Unreadable } from './parse-xml.ts';
import { readEInvoice, type EInvoice, type EInvoiceReading } from './read-e-invoice.ts';
import { first } from './terms.ts';
import { rulesBrokenBy } from './rules/check-rules.ts';
import { worksRule } from './rules/chorus-pro.ts';
import { vatByLine } from './rules/vat-amounts.ts';

type File = Pick<Document, 'name' | 'bytes'>;

/** Why a file is refused, and what is told although it is sent. */
export interface Checked {
  reasons: Reason[];
  notes: Reason[];
}

/** An invoice's own document, as its bytes show it. */
export interface Inspected {
  /** What the command says, or what was recognised. */
  format: DocumentFormat;
  kind: DocumentKind;
  /** Why it is not that. */
  faults: Reason[];
  /** The e-invoice that it is or has, if it can be read, and the name of its file. */
  inside?: { name: string; invoice?: EInvoice };
}

/** A document of which there is no more to know. */
const plainly = (format: DocumentFormat, ...faults: Reason[]): Inspected => ({ format, kind: format, faults });

/** @param said the command's format; undefined if the bytes are to tell */
export function inspectXml({ name, bytes }: File, said: 'cii' | 'ubl' | undefined): Inspected {
  const reading = readEInvoice(bytes);
  const isMeantAsXml = said !== undefined || extname(name).toLowerCase() === '.xml';
  if (reading.kind === 'not-xml' && !isMeantAsXml)
    return plainly('pdf', reason('document-not-pdf', 'document', { value: name }));
  const format = said ?? (reading.kind === 'invoice' ? reading.invoice.syntax : 'cii');
  return inspectReading(reading, { value: name, format: said }, format);
}

/** A file inside a PDF. */
export interface EmbeddedFile {
  name: string;
  /** @returns undefined if it is packed in a way that we do not read */
  read: () => Uint8Array | undefined;
}

/** A PDF that has files in it. */
export function inspectEmbedded(
  embedded: readonly EmbeddedFile[],
  { name, said }: { name: string; said: 'pdf' | 'factur-x' | undefined },
): Inspected {
  const inside = eInvoiceIn(embedded);
  if (said === 'pdf' && inside) return pdfWith(inside);
  // A PDF with another syntax inside is no Factur-X, unless the command says so.
  const isOther = inside?.reading.kind === 'invoice' && inside.reading.invoice.syntax !== syntaxOf['factur-x'];
  if (inside && said === undefined && isOther) return pdfWith(inside);
  if (inside) return inspectReading(inside.reading, { value: inside.name, format: said }, 'factur-x');
  return said === 'factur-x' ? plainly(said, reason('e-invoice-missing', 'document', { value: name })) : plainly('pdf');
}

/** It may be a Factur-X, or have another e-invoice in it, which Chorus Pro would not read. */
function pdfWith({ name, reading }: Inside): Inspected {
  if (reading.kind !== 'invoice') return { ...plainly('pdf'), inside: { name } };
  const { invoice } = reading;
  const kind = invoice.syntax === syntaxOf['factur-x'] ? 'pdf-with-e-invoice' : 'pdf';
  return { ...plainly('pdf'), kind, inside: { name, invoice } };
}

/** The name that Factur-X gives its XML, and those that came before it or are used by its kin. */
const usualNames: readonly string[] = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'];

interface Inside {
  name: string;
  reading: EInvoiceReading;
}

const packed: EInvoiceReading = { kind: 'unreadable', why: 'packed' };

/** A file with a usual name is one whatever is in it; any other XML, if it turns out to be one. */
export function eInvoiceIn(embedded: readonly EmbeddedFile[]): Inside | undefined {
  for (const usual of usualNames) {
    const file = embedded.find(({ name }) => name.toLowerCase() === usual);
    const bytes = file?.read();
    if (file) return { name: file.name, reading: bytes ? readEInvoice(bytes) : packed };
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
const mostRead = 3;

/** Why XML cannot be read, in words. */
const explanations: Readonly<Record<Unreadable, { fr: string; en: string }>> = {
  packed: { fr: 'elle est compressée d’une façon inhabituelle', en: 'it is compressed in an unusual way' },
  encoding: {
    fr: 'le codage de ses caractères n’est pas celui qu’elle annonce',
    en: 'its characters are not encoded as it says',
  },
  doctype: { fr: 'un DOCTYPE n’est pas admis', en: 'a DOCTYPE is not allowed' },
  'too-many': { fr: 'elle a trop d’éléments ou d’attributs', en: 'it has too many elements or attributes' },
  'too-deep': { fr: 'ses éléments sont trop imbriqués', en: 'its elements are nested too deeply' },
  malformed: { fr: 'ce n’est pas du XML bien formé', en: 'it is not well-formed XML' },
};

const syntaxes = {
  cii: { fr: 'une facture CII', en: 'a CII invoice' },
  ubl: { fr: 'une facture UBL', en: 'a UBL invoice' },
} as const;

/** Factur-X is CII inside a PDF. */
const syntaxOf = { pdf: undefined, 'factur-x': 'cii', cii: 'cii', ubl: 'ubl' } as const;

/** `value` is the name of the file; `format` is what the command says, if it says one. */
interface Asked {
  value: string;
  format: DocumentFormat | undefined;
}

const otherFormat = ({ value, format }: Asked, found: { fr: string; en: string }): Reason =>
  format === undefined
    ? reason('document-unknown', 'document', { value, found })
    : reason('document-format', 'document.format', { value, format, found });

/** Why a file is no e-invoice that the relay knows. */
export function faultOf(reading: Exclude<EInvoiceReading, { kind: 'invoice' }>, asked: Asked): Reason {
  switch (reading.kind) {
    case 'not-xml':
      return reason('document-not-xml', 'document', { value: asked.value });
    case 'unreadable':
      return reason('e-invoice-unreadable', 'document', { value: asked.value, why: explanations[reading.why] });
    case 'other-xml': {
      const { root } = reading;
      return otherFormat(asked, { fr: `du XML d’une autre sorte (${root})`, en: `XML of another kind (${root})` });
    }
  }
}

function inspectReading(reading: EInvoiceReading, asked: Asked, format: DocumentFormat): Inspected {
  if (reading.kind !== 'invoice') return plainly(format, faultOf(reading, asked));
  const { invoice } = reading;
  if (invoice.syntax !== syntaxOf[format]) return plainly(format, otherFormat(asked, syntaxes[invoice.syntax]));
  const kind = format === 'cii' && hasPdf(invoice) ? 'cii-with-pdf' : format;
  return { format, kind, faults: [], inside: { name: asked.value, invoice } };
}

/** In AIFE's examples the PDF is zipped, and only its type says what it is. */
const hasPdf = ({ values }: EInvoice): boolean =>
  (values['BG-24'] ?? []).some(
    (attached) =>
      first(attached, 'BT-125-1') === 'application/pdf' || first(attached, 'BT-125')?.startsWith(pdfInBase64) === true,
  );
const pdfInBase64 = Buffer.from('%PDF-1').toString('base64');

/** What is told of an e-invoice that goes as a plain PDF: it must at least be the same one. */
export function checkBesidePdf({ format, kind, inside }: Inspected, value: string, stated: Stated): Checked {
  if (!inside) return { reasons: [], notes: [] };
  const { name, invoice } = inside;
  const differences = invoice ? differencesOf(invoice, name, stated) : [];
  return {
    // Whoever says `pdf` means the picture: there it is enough that it is one invoice.
    reasons: format === 'pdf' ? differences.filter(({ path }) => identifying.includes(path)) : differences,
    notes: [
      reason('document-is-e-invoice', 'document', { value, found: name, ...(kind === 'pdf' ? {} : { route: 'flux' }) }),
    ],
  };
}
const identifying: readonly string[] = ['invoice.number', 'supplier'];

/** Against its command, and against the rules. */
export function checkInvoice(invoice: EInvoice, value: string, stated: Stated, checks: EInvoiceChecks): Checked {
  const { reasons, notes } = checkRules(invoice, value, checks);
  return { reasons: [...differencesOf(invoice, value, stated), ...reasons], notes };
}

/** Against the rules of the connection's profile. */
export function checkRules(
  invoice: EInvoice,
  value: string,
  { eInvoices, rounding, asWorks }: EInvoiceChecks,
): Checked {
  const refuse = new Set([...eInvoices.refuse, ...(rounding === 'by-total' ? [vatByLine] : [])]);
  const broken = rulesBrokenBy(invoice, eInvoices.profile, refuse).filter(({ rule }) => !asWorks || rule !== worksRule);
  const [fatal, others] = [
    broken.filter(({ level }) => level === 'refuse'),
    broken.filter(({ level }) => level === 'warn'),
  ];
  const rules = [...new Set(others.map(({ rule }) => rule))].join(', ');
  return {
    reasons: fatal.map(({ rule, at, fr, en }) =>
      reason('e-invoice-rule', 'document', { value, rule, at, why: { fr, en } }),
    ),
    notes: rules ? [reason('e-invoice-warnings', 'document', { value, rules })] : [],
  };
}
