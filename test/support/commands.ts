import { termsOf } from '../../shared/connection/apply-settings.ts';
import { readCommand } from '../../shared/invoice/read-command.ts';
import type { GivenInvoice, SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { completed, type CompleteInvoice } from '../../shared/invoice/terms.ts';
import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { exampleSettings } from './example-connection.ts';

/** The smallest whole PDF: an empty one. Something may stand at its end, to make it another one. */
export const pdfText = (behind = '') =>
  `%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n${behind}`;
export const tinyPdf = Buffer.from(pdfText()).toString('base64');

/** A valid command, of which a test changes what it is about. Amounts: 1,000.00 + 20 % = 1,200.00. */
export function submitCommand(changes: { invoice?: object; command?: object } = {}) {
  return {
    type: 'invoice.submit',
    version: 1,
    connection: 'example',
    supplier: { company: 'Constructions Duval' },
    invoice: {
      number: 'F-2026-0001',
      type: 'invoice',
      issueDate: '2026-11-20',
      recipient: { siret: RECIPIENTS.nothingMandatory },
      payment: { means: 'credit-transfer' },
      vatRegime: 'on-debits',
      lines: [{ number: 1, name: 'Maçonnerie', quantity: '10', unitPrice: '100', vatRate: '20', net: '1000.00' }],
      vatBreakdown: [{ rate: '20', base: '1000.00', amount: '200.00' }],
      totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' },
      ...changes.invoice,
    },
    document: { name: 'F-2026-0001.pdf', content: tinyPdf },
    ...changes.command,
  };
}

/** A command that leaves nothing to its file, as the whole one that it is. */
export function wholeOf(given: GivenInvoice): SubmitInvoice {
  const { invoice, supplier, document } = given;
  if (!invoice || !supplier) throw new Error('the command leaves its invoice to the file');
  if (!document) throw new Error('the command has no document');
  const { format = 'pdf' } = document;
  return { ...given, invoice, supplier, document: { ...document, format }, sentAs: format, isMade: false };
}

/** The same as the relay reads it, with what the example connection's settings decide. */
export function completeCommand(
  changes: Parameters<typeof submitCommand>[0] = {},
): SubmitInvoice & { invoice: CompleteInvoice } {
  const reading = readCommand(JSON.stringify(submitCommand(changes)));
  if (reading.kind !== 'invoice') throw new Error(JSON.stringify(reading));
  const command = wholeOf(reading.command);
  return { ...command, invoice: completed(command.invoice, termsOf(command, exampleSettings).terms) };
}
