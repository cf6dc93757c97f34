import { readCommand, type Reading } from '../../shared/invoice/read-command.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, wholeOf } from './commands.ts';

/** Commands with one field changed, and every field that takes free text. */

export const read = (command: unknown): Reading => readCommand(JSON.stringify(command));

export function reasonsOf(command: unknown): Reason[] {
  const reading = read(command);
  if (reading.kind !== 'invalid') throw new Error(`expected an invalid command, got ${reading.kind}`);
  return reading.reasons;
}
export function submitted(command: unknown) {
  const reading = read(command);
  if (reading.kind !== 'invoice') throw new Error(`expected an invoice, got ${JSON.stringify(reading)}`);
  return wholeOf(reading.command);
}

const base = submitCommand().invoice;
export const invoice = (changes: object) => submitCommand({ invoice: changes });
export const line = (changes: object) => invoice({ lines: [{ ...base.lines[0], ...changes }] });
export const named = (name: string) => submitCommand({ command: { document: { name, content: 'JVBERi0=' } } });
export const recipient = (changes: object) =>
  invoice({ recipient: { siret: RECIPIENTS.nothingMandatory, ...changes } });
export const about = (type: string, changes: object) => ({
  ...{ type, version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
  ...{ invoice: { number: 'F-2026-0001' } },
  ...changes,
});

/** What identifies something: the field's path, and a command in which it is a given text. */
export const identifiers: [path: string, command: (text: string) => object][] = [
  ['invoice.commitment', (text) => invoice({ commitment: text })],
  ['invoice.contract', (text) => invoice({ contract: text })],
  ['invoice.exemptionReason', (text) => invoice({ exemptionReason: text })],
  ['invoice.payment.means', (text) => invoice({ payment: { means: text } })],
  ['invoice.lines[0].reference', (text) => line({ reference: text })],
  ['invoice.recipient.service', (text) => recipient({ service: text })],
  ['invoice.number', (text) => invoice({ number: text })],
  ['invoice.precedingInvoice', (text) => invoice({ precedingInvoice: text })],
  ['supplier.company', (text) => submitCommand({ command: { supplier: { company: text } } })],
  ['supplier.agency', (text) => submitCommand({ command: { supplier: { company: 'Duval', agency: text } } })],
  ['customer.category', (text) => submitCommand({ command: { customer: { category: text } } })],
  ['worksite', (text) => submitCommand({ command: { worksite: text } })],
  ['document.name', named],
  ['attachments[0].name', (text) => submitCommand({ command: { attachments: [{ name: text, content: 'QQ==' }] } })],
  [
    'attachments[0].typeCode',
    (text) => submitCommand({ command: { attachments: [{ name: 'a.pdf', content: 'QQ==', typeCode: text }] } }),
  ],
  ['commitment', (text) => about('invoice.recycle', { commitment: text })],
  ['contract', (text) => about('invoice.recycle', { contract: text })],
  ['supplier.company', (text) => about('invoice.status', { supplier: { company: text } })],
];
export const ofOneLine: typeof identifiers = [
  ['invoice.lines[0].name', (text) => line({ name: text })],
  ['invoice.lines[0].unit', (text) => line({ unit: text })],
  [
    'invoice.totals.discount.reason',
    (text) => invoice({ totals: { ...base.totals, discount: { amount: '0.00', reason: text } } }),
  ],
];
export const ofLines: typeof identifiers = [
  ['invoice.comment', (text) => invoice({ comment: text })],
  ['comment', (text) => about('invoice.complete', { comment: text })],
  ['comment', (text) => about('invoice.recycle', { commitment: 'EJ-7', comment: text })],
];
