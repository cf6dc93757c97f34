/**
 * Makes an invoice from data alone: its readable PDF, and in it, if it can be one, the e-invoice. It is loaded only
 * when there is one to make.
 */
import { reason, type Reason } from '../../invoice/reasons.ts';
import type { Profile, SubmitInvoice } from '../../invoice/submit-command.ts';
import type { EInvoice } from '../read-e-invoice.ts';
import type { Values } from '../terms.ts';
import { writeCii } from '../write-cii.ts';
import { description, fileName, schemaOfFacturX, termsOfFacturX } from './factur-x-metadata.ts';
import { valuesOf, withoutTerm } from './from-command.ts';
import { complete, type Given, type InvoiceToMake } from './invoice-to-make.ts';
import { readablePdf } from './readable-pdf.ts';
import { notWritable } from './sheet.ts';

/** The e-invoice inside, as a reader would have it. */
const eInvoiceOf = (made: InvoiceToMake, profile: Profile): EInvoice => ({
  ...{ syntax: 'cii', root: 'CrossIndustryInvoice', notRead: [], empty: [], isoDates: [] },
  values: valuesOf(made, profile),
});

const attachments = { fr: 'des pièces jointes', en: 'attachments' };

interface Bilingual {
  fr: string;
  en: string;
}

interface Way {
  sentAs: 'pdf' | 'factur-x';
  faults: Reason[];
  /** What is told although it is made. */
  notes: Reason[];
  /** What the command has that an e-invoice cannot say, in a sentence. */
  beyond?: Bilingual;
}

/** As what an invoice is made: a Factur-X, unless another way is wanted, or the command has more than that can say. */
export function wayOfData(
  command: Pick<SubmitInvoice, 'attachments'> & { invoice: Parameters<typeof withoutTerm>[0] },
  wanted: 'auto' | 'pdf' | 'flux',
): Way {
  const unsaid = [...withoutTerm(command.invoice), ...(command.attachments.length > 0 ? [attachments] : [])];
  const parts = { fr: unsaid.map(({ fr }) => fr).join(', '), en: unsaid.map(({ en }) => en).join(', ') };
  if (wanted === 'pdf') return { sentAs: 'pdf', faults: [], notes: [] };
  if (unsaid.length === 0) return { sentAs: 'factur-x', faults: [], notes: [] };
  const beyond = {
    fr: `la norme EN 16931 n’a pas de champ pour : ${parts.fr}`,
    en: `EN 16931 has no term for: ${parts.en}`,
  };
  return wanted === 'flux'
    ? { sentAs: 'factur-x', faults: [reason('make-beyond-norm', 'route', { parts })], notes: [], beyond }
    : { sentAs: 'pdf', faults: [], notes: [reason('made-as-pdf', 'document', { parts })], beyond };
}

/** What an invoice lacks to be made, or what it is made of. */
export function prepare(
  given: Given,
  profile: Profile,
): { reasons: Reason[] } | { made: InvoiceToMake; eInvoice: EInvoice } {
  const result = complete(given);
  if (result.kind === 'lacks') return { reasons: result.reasons };
  return { made: result.whole, eInvoice: eInvoiceOf(result.whole, profile) };
}

/** The same invoice gives the same bytes. @returns a PDF/A-3b with `factur-x.xml` inside */
export async function makeFacturX(made: InvoiceToMake, profile: Profile): Promise<Buffer> {
  const sheet = readablePdf(made);
  const day = new Date(`${made.invoice.issueDate}T00:00:00Z`);
  const attachment = {
    ...{ name: fileName, type: 'text/xml', description, relationship: 'Alternative' },
    ...{ creationDate: day, modifiedDate: day },
  };
  sheet.document.file(makeCii(made, profile), attachment);
  sheet.document.appendXML(schemaOfFacturX.whole);
  sheet.document.appendXML(termsOfFacturX);
  return sheet.bytes();
}

/** The characters of an invoice that its document cannot show. The e-invoice inside has them. */
export const notShown = (made: InvoiceToMake): string[] => notWritable(JSON.stringify(made));

/**
 * The e-invoice alone.
 * @param papers what is embedded in it
 * @returns XML in UTF-8
 */
export const makeCii = (made: InvoiceToMake, profile: Profile, papers: Values = {}): Buffer =>
  writeCii({ ...valuesOf(made, profile), ...papers });

/** @returns a PDF/A-3b for people alone */
export const makeReadablePdf = (made: InvoiceToMake): Promise<Buffer> => readablePdf(made).bytes();
