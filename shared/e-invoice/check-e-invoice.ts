/**
 * Checks an e-invoice against its command: whether it can be read, and what differs. It is loaded only if there is one:
 * a plain PDF does not need it (docs/adr/0003-lean-bundles.md).
 */
import { extname } from 'node:path';
import { reason, type Reason } from '../invoice/reasons.ts';
import type { Document } from '../invoice/terms.ts';
import { differencesOf, type Stated } from './differences.ts';
import type { Unreadable } from './parse-xml.ts';
import { readEInvoice, type EInvoice, type EInvoiceReading } from './read-e-invoice.ts';
import { rulesBrokenBy } from './rules/check-rules.ts';

type File = Pick<Document, 'name' | 'bytes'>;

/** Why a file is refused, and what is told although it is sent. */
export interface Checked {
  reasons: Reason[];
  notes: Reason[];
}

const refused = (...reasons: Reason[]): Checked => ({ reasons, notes: [] });

/** Checks a file that should be an e-invoice in XML. */
export const checkXml = ({ name, bytes }: File, format: 'cii' | 'ubl', stated: Stated): Checked =>
  checkReading(readEInvoice(bytes), { value: name, format }, stated);

/** A file inside a PDF. */
export interface EmbeddedFile {
  name: string;
  /** @returns undefined if it is packed in a way that we do not read */
  read: () => Uint8Array | undefined;
}

/** Checks a PDF that has files in it. */
export function checkEmbedded(
  embedded: readonly EmbeddedFile[],
  { name, format }: { name: string; format: 'pdf' | 'factur-x' },
  stated: Stated,
): Checked {
  const inside = eInvoiceIn(embedded);
  if (format === 'pdf')
    return inside
      ? refused(reason('e-invoice-in-pdf', 'document.format', { value: name, found: inside.name }))
      : refused();
  if (!inside) return refused(reason('e-invoice-missing', 'document', { value: name }));
  return checkReading(inside.reading, { value: inside.name, format }, stated);
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
const syntaxOf = { 'factur-x': 'cii', cii: 'cii', ubl: 'ubl' } as const;

/** `value` is the name of the file. */
interface Asked {
  value: string;
  format: keyof typeof syntaxOf;
}

const otherFormat = (asked: Asked, found: { fr: string; en: string }): Reason =>
  reason('document-format', 'document.format', { ...asked, found });

/** Why a file is no e-invoice that the relay knows. */
export function faultOf(reading: Exclude<EInvoiceReading, { kind: 'invoice' }>, asked: Asked): Reason {
  switch (reading.kind) {
    case 'not-xml':
      return reason('document-not-xml', 'document', { ...asked });
    case 'unreadable':
      return reason('e-invoice-unreadable', 'document', { ...asked, why: explanations[reading.why] });
    case 'other-xml': {
      const { root } = reading;
      return otherFormat(asked, { fr: `du XML d’une autre sorte (${root})`, en: `XML of another kind (${root})` });
    }
  }
}

function checkReading(reading: EInvoiceReading, asked: Asked, stated: Stated): Checked {
  if (reading.kind !== 'invoice') return refused(faultOf(reading, asked));
  const { invoice } = reading;
  return invoice.syntax === syntaxOf[asked.format]
    ? checkInvoice(invoice, asked.value, stated)
    : refused(otherFormat(asked, syntaxes[invoice.syntax]));
}

/** Against its command, and against the rules of Chorus Pro's direct way: it is the only one that the relay has. */
function checkInvoice(invoice: EInvoice, value: string, stated: Stated): Checked {
  const broken = rulesBrokenBy(invoice, 'chorus-classic');
  const [fatal, others] = [
    broken.filter(({ level }) => level === 'refuse'),
    broken.filter(({ level }) => level === 'warn'),
  ];
  const rules = [...new Set(others.map(({ rule }) => rule))].join(', ');
  return {
    reasons: [
      ...differencesOf(invoice, value, stated),
      ...fatal.map(({ rule, at, fr, en }) =>
        reason('e-invoice-rule', 'document', { value, rule, at, why: { fr, en } }),
      ),
    ],
    notes: rules ? [reason('e-invoice-warnings', 'document', { value, rules })] : [],
  };
}
