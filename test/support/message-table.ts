/** Messages as an ERP's developer writes them, each with what the relay says, and what the published schema says. */
import type { ReasonCode } from '../../shared/invoice/reasons.ts';
import type { Beyond } from '../../tools/docs/schema-coverage.ts';
import { submitCommand, tinyPdf } from './commands.ts';
import { fullCommands } from './full-commands.ts';
import { about } from './text-fields.ts';
import { statementCommand } from './works-commands.ts';

export interface Message {
  what: string;
  message: unknown;
  /** The codes of the relay's reasons; none if it takes the message. */
  relay: ReasonCode[];
  /** `same`: valid for the schema if the relay takes it. Else why the schema takes what the relay refuses. */
  schema: 'same' | { cannot: Beyond };
}

const base = submitCommand();
const invoice = (changes: object) => submitCommand({ invoice: changes });
const command = (changes: object) => submitCommand({ command: changes });
const totals = (changes: object) => invoice({ totals: { ...base.invoice.totals, ...changes } });
const line = (changes: object) => invoice({ lines: [{ ...base.invoice.lines[0], ...changes }] });
const vat = (changes: object) =>
  invoice({ lines: [], vatBreakdown: [{ ...base.invoice.vatBreakdown[0], ...changes }] });
const document = (changes: object) => command({ document: { ...base.document, ...changes } });
const attachment = (changes: object) => command({ attachments: [{ name: 'a.csv', content: 'QQ==', ...changes }] });
const deduction = (changes: object) =>
  totals({
    deductions: [{ kind: 'retention', name: 'Retenue de garantie', amount: '60.00', ...changes }],
    due: '1140.00',
  });
const released = (changes: object) =>
  totals({
    deductions: [{ kind: 'retention', name: 'Retenue de garantie', amount: '-60.00', ...changes }],
    due: '1260.00',
  });
const works = (changes: object) => statementCommand(1, { works: changes });
const { statement } = statementCommand(1).works;
const releases = [{ number: 'F-1', amount: '60.00' }];
const without = (field: string) => command({ [field]: undefined });
const cii = Buffer.from('<CrossIndustryInvoice/>').toString('base64');
const untaxed = {
  vatBreakdown: [],
  lines: [],
  totals: { taxExclusive: '0.00', vat: '0.00', taxInclusive: '0.00', due: '0.00' },
};

const good = (what: string, message: unknown): Message => ({ what, message, relay: [], schema: 'same' });
const bad = (code: ReasonCode, message: unknown, what: string = code): Message => ({
  what,
  message,
  relay: [code],
  schema: 'same',
});
const beyond = (code: ReasonCode, cannot: Beyond, message: unknown, what: string = code): Message => ({
  ...{ what, message, relay: [code] },
  schema: { cannot },
});

export const messages: readonly Message[] = [
  good('the smallest invoice', base),
  good('a credit note without a means of payment', invoice({ type: 'credit-note', payment: undefined })),
  good('a subcontractor with its validator', invoice({ framework: 'A9', validator: { siret: '99910003500016' } })),
  good('an exemption with its reason', invoice({ ...untaxed, vatRegime: 'exempt', exemptionReason: '261-4' })),
  good('reverse charge', invoice({ ...untaxed, vatRegime: 'reverse-charge' })),
  good(
    'one that is paid already',
    invoice({ framework: 'A2', totals: { ...base.invoice.totals, paid: '1200.00', due: '0' } }),
  ),
  good('a document by key', document({ content: undefined, key: 'incoming/example/a.pdf' })),
  good('blank fields', command({ worksite: null, attachments: [], customer: '' })),
  good('a retention by its rate', deduction({ rate: '5', base: '1200.00' })),
  good('an extension in capitals', command({ document: { name: 'A.PDF', content: tinyPdf } })),
  good('a question', about('invoice.status', {})),
  good('an answer with a comment', about('invoice.complete', { comment: 'Voici.' })),
  good(
    'an answer with a file',
    about('invoice.complete', { attachments: [{ name: 'METRE.CSV', content: 'YTtiCg==' }] }),
  ),

  bad('not-an-object', [base]),
  bad('missing-field', without('type'), 'no type'),
  bad('missing-field', without('version'), 'no version'),
  bad('missing-field', without('connection'), 'no connection'),
  bad('invalid-value', command({ version: '1' }), 'a version as text'),
  bad('unknown-version', command({ version: 2 })),
  bad('unknown-command', command({ type: 'invoice.send' })),
  bad('unknown-field', command({ priority: 'high' })),
  bad('recipient-siret-missing', invoice({ recipient: {} })),
  bad('missing-field', invoice({ payment: undefined }), 'no payment'),
  bad('missing-field', deduction({ base: '1200.00' }), 'a base without a rate'),
  bad('too-long', invoice({ commitment: 'c'.repeat(51) })),
  bad('too-short', line({ number: 0 })),
  bad('character', invoice({ contract: 'M\u200b1' })),
  bad('letter-or-digit', invoice({ contract: '-/-' })),
  bad('file-name', document({ name: 'a/b.pdf' })),
  bad('date', invoice({ issueDate: '20/11/2026' })),
  bad('invoice-number', invoice({ number: 'FA 1' })),
  bad('siret', invoice({ recipient: { siret: '1234567820005' } })),
  bad('party-not-served', invoice({ recipient: { siret: 'DE123456789' } })),
  bad('framework-not-served', invoice({ framework: 'A3' })),
  bad('iban', invoice({ payment: { means: 'credit-transfer', iban: 'FR76' } })),
  bad('vat-number', invoice({ sellerVatNumber: '40303265045' })),
  bad('service-code', invoice({ recipient: { siret: '12345678200051', service: 'A/B' } })),
  bad('amount', totals({ due: '1 200,00' })),
  bad('unit-price', line({ unitPrice: '1,5' })),
  bad('quantity', line({ quantity: 10 })),
  bad('vat-rate', line({ vatRate: '20 %' })),
  good('a retention that is released', released({ releases })),
  bad('release-unexpected', released({ kind: 'other', releases }), 'released of no retention'),
  bad('release-unexpected', deduction({ releases }), 'released and kept back'),
  bad(
    'release-sign',
    released({
      releases: [
        { number: 'F-1', amount: '-10.00' },
        { number: 'F-2', amount: '70.00' },
      ],
    }),
  ),
  beyond('release-sum', 'fields', released({ releases: [{ number: 'F-1', amount: '59.00' }] })),
  bad('deduction-rate', deduction({ rate: '5 %' })),
  bad('validator-missing', invoice({ framework: 'A12' })),
  bad('exemption-reason', invoice({ ...untaxed, vatRegime: 'exempt' })),
  bad('exemption-reason-unexpected', invoice({ exemptionReason: '261-4' })),
  bad('vat-breakdown-missing', invoice({ ...untaxed, vatRegime: 'on-debits' })),
  { ...bad('vat-regime', invoice({ vatRegime: 'none' })), relay: ['line-vat-untaxed', 'vat-regime'] },
  bad('already-paid', invoice({ framework: 'A2' })),
  {
    ...{ what: 'credit-note-sign', schema: 'same' as const, relay: ['amount-due', 'credit-note-sign'] },
    message: invoice({ type: 'credit-note', totals: { ...base.invoice.totals, due: '-1200.00' } }),
  },
  bad('document-source', document({ key: 'incoming/example/a.pdf' }), 'content and key'),
  bad('document-source', document({ content: undefined }), 'neither content nor key'),
  bad('document-key', document({ content: undefined, key: 'incoming/example/../a.pdf' })),
  bad('document-base64', document({ content: 'été' })),
  bad('document-extension', document({ name: 'a.docx' })),
  bad('route-without-pdf', command({ route: 'pdf', document: { name: 'a.xml', format: 'cii', content: cii } })),
  bad('attachments-inside', {
    ...base,
    document: { name: 'a.xml', key: 'incoming/example/a.xml', format: 'cii' },
    attachments: [{ name: 'a.csv', content: 'YTtiCg==' }],
  }),
  bad('attachment-name', attachment({ name: `${'m'.repeat(47)}.csv` })),
  bad('attachment-extension', attachment({ name: 'a.exe' })),
  bad('nothing-to-complete', about('invoice.complete', { attachments: [] })),
  bad('nothing-to-recycle', about('invoice.recycle', { comment: 'Bonjour' })),
  bad('nothing-to-recycle-works', about('works.recycle', {})),
  good('a draft of a monthly statement', works({})),
  bad('works-party-missing', works({ projectManager: undefined })),
  bad('works-statement-missing', works({ statement: undefined })),
  bad(
    'coefficient',
    works({ statement: { ...statement, revision: { ...statement.revision, coefficient: '1,0120' } } }),
  ),
  bad('refusal-reason', { ...fullCommands['validation.answer'], decision: 'accept' }, 'an acceptance with a reason'),
  bad('refusal-reason', { ...fullCommands['validation.answer'], reason: '' }, 'a refusal without its reason'),

  beyond('siret', 'digits', invoice({ recipient: { siret: '12345678200052' } }), 'a SIRET with a wrong digit'),
  beyond(
    'iban',
    'digits',
    invoice({ payment: { means: 'other', iban: 'FR7630006000011234567890188' } }),
    'an IBAN with a wrong digit',
  ),
  beyond('vat-number', 'digits', invoice({ sellerVatNumber: 'FR41303265045' }), 'a VAT number with a wrong digit'),
  beyond('character', 'characters', invoice({ commitment: 'EJ\u{e0041}7' }), 'a hidden character beyond U+FFFF'),
  beyond('unknown-connection', 'settings', command({ connection: 'nowhere' })),
  good('a supplier by its SIRET', command({ supplier: { siret: '999 100 019 00010', agency: '' } })),
  bad(
    'supplier-name',
    command({ supplier: { company: 'Constructions Duval', siret: '99910001900010' } }),
    'a name and a SIRET',
  ),
  bad('supplier-name', command({ supplier: { agency: 'Caen', siret: '99910001900010' } }), 'an agency and a SIRET'),
  bad('supplier-name', command({ supplier: { agency: 'Caen' } }), 'an agency without its company'),
  beyond('unknown-supplier', 'settings', command({ supplier: { siret: '12345678200051' } })),
  beyond('unknown-company', 'settings', command({ supplier: { company: 'Dupont' } })),
  beyond('unknown-agency', 'settings', command({ supplier: { company: 'Constructions Duval', agency: 'Brest' } })),
  beyond('unknown-payment-means', 'settings', invoice({ payment: { means: 'virement' } })),
  beyond('issue-date-too-early', 'dates', invoice({ issueDate: '1970-01-01' })),
  beyond('period-reversed', 'dates', invoice({ period: { start: '2026-10-31', end: '2026-10-01' } })),
  beyond('preceding-invoice-itself', 'fields', invoice({ precedingInvoice: 'F-2026-0001' })),
  beyond(
    'line-number-twice',
    'fields',
    invoice({ lines: [...base.invoice.lines, { ...base.invoice.lines[0], quantity: '0', net: '0.00' }] }),
  ),
  beyond('issue-date-in-future', 'dates', invoice({ issueDate: '2026-12-24' })),
  {
    ...{ what: 'line-net', schema: { cannot: 'fields' as const }, relay: ['line-net', 'vat-base'] },
    message: line({ net: '1000.01' }),
  },
  beyond(
    'line-vat-rate',
    'fields',
    invoice({
      lines: [
        ...base.invoice.lines,
        { ...base.invoice.lines[0], ...{ number: 2, vatRate: '10', quantity: '0', net: '0.00' } },
      ],
    }),
  ),
  beyond('vat-amount', 'fields', {
    ...vat({ amount: '199.99' }),
    invoice: {
      ...vat({ amount: '199.99' }).invoice,
      totals: { taxExclusive: '1000.00', vat: '199.99', taxInclusive: '1199.99', due: '1199.99' },
    },
  }),
  beyond('total-tax-exclusive', 'fields', vat({ base: '1000.02' })),
  beyond('total-vat', 'fields', totals({ vat: '199.99', taxInclusive: '1199.99', due: '1199.99' })),
  beyond('total-tax-inclusive', 'fields', totals({ taxInclusive: '1200.01', due: '1200.01' })),
  beyond('amount-due', 'fields', totals({ due: '1199.99' })),
  beyond('deduction-amount', 'fields', deduction({ rate: '6' })),
  beyond('document-not-pdf', 'files', document({ content: 'QUJD' })),
  beyond('document-cut-off', 'files', document({ content: 'JVBERi0=' })),
  beyond('attachment-content', 'files', attachment({ name: 'a.png', content: 'QUJD' })),
  beyond('document-base64', 'files', document({ content: 'JVBERi0' }), 'base64 of a wrong length'),
  beyond(
    'document-key',
    'fields',
    document({ content: undefined, key: 'incoming/other/a.pdf' }),
    'the key of another connection',
  ),
];
