/**
 * Makes an invoice from data alone: its readable PDF, and in it, if it can be one, the e-invoice. It is loaded only when
 * there is one to make.
 */
import type { Profile } from '../rules/rule.ts';
import { writeCii } from '../write-cii.ts';
import { valuesOf } from './from-command.ts';
import type { InvoiceToMake } from './invoice-to-make.ts';
import { readablePdf } from './readable-pdf.ts';
import { fileName, description, xmpOfFacturX } from './factur-x-metadata.ts';

/** The same invoice gives the same bytes. @returns a PDF/A-3b with `factur-x.xml` inside */
export async function makeFacturX(made: InvoiceToMake, profile: Profile): Promise<Buffer> {
  const sheet = readablePdf(made);
  const day = new Date(`${made.invoice.issueDate}T00:00:00Z`);
  const attachment = {
    ...{ name: fileName, type: 'text/xml', description, relationship: 'Alternative' },
    ...{ creationDate: day, modifiedDate: day },
  };
  sheet.document.file(writeCii(valuesOf(made, profile)), attachment);
  sheet.document.appendXML(xmpOfFacturX);
  return sheet.bytes();
}

/** @returns a PDF/A-3b for people alone */
export const makeReadablePdf = (made: InvoiceToMake): Promise<Buffer> => readablePdf(made).bytes();
