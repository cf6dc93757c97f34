import plain from '../../samples/01-plain.json' with { type: 'json' };
import type { commandSchemas } from '../../shared/invoice/read-command.ts';

const { connection, supplier, invoice } = plain.command;
const { number, type, issueDate, recipient, vatRegime, vatBreakdown, totals } = invoice;
const { means } = invoice.payment;

const about = (command: string, more: object = {}) => ({
  type: command,
  version: 1,
  connection,
  supplier,
  invoice: { number },
  ...more,
});

/** The smallest example of each command. A test takes away each field in turn: without it, the command is refused. */
export const commandExamples: Readonly<Record<keyof typeof commandSchemas, object>> = {
  'invoice.submit': about('invoice.submit', {
    invoice: { number, type, issueDate, recipient, payment: { means }, vatRegime, vatBreakdown, totals },
    document: { name: `${number}.pdf`, key: `incoming/${connection}/${number}.pdf` },
  }),
  'works.submit': about('works.submit', {
    // The only one without a statement and a party: a draft needs both.
    works: { document: 'A8' },
    invoice: { number, issueDate, recipient, payment: { means }, vatRegime, vatBreakdown, totals },
    document: { name: `${number}.pdf`, key: `incoming/${connection}/${number}.pdf` },
  }),
  'invoice.complete': about('invoice.complete', { comment: 'The certificate will follow by post.' }),
  'invoice.recycle': about('invoice.recycle', { commitment: 'EJ-2026-0042' }),
  'invoice.acknowledge-rejection': about('invoice.acknowledge-rejection'),
  'invoice.correct-validator': about('invoice.correct-validator', { validator: { siret: '99910003500016' } }),
  'invoice.fetch': about('invoice.fetch'),
  'invoice.status': about('invoice.status'),
  'works.complete': about('works.complete', { comment: 'The measurements of the month are attached.' }),
  'works.recycle': about('works.recycle', { commitment: 'EJ-2026-0042' }),
  'works.sign-final': about('works.sign-final', {
    account: { number: `${number}-DG` },
    signed: { number: `${number}-DGD`, issueDate },
    document: { name: `${number}-DGD.pdf`, key: `incoming/${connection}/${number}-DGD.pdf` },
  }),
  'validation.answer': {
    ...{ type: 'validation.answer', version: 1, connection },
    request: { subcontractor: '99910006800017', number: 'ST-2026-07' },
    decision: 'accept',
  },
};
