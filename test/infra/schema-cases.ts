/** What the published schemas take and refuse, rule by rule. */
import { fullCommands, replaced, type Path } from '../support/full-commands.ts';

export const submit = fullCommands['invoice.submit'];
const complete = fullCommands['invoice.complete'];
const recycle = fullCommands['invoice.recycle'];
/** Of `''`: the command itself. */
export const pathOf = (path: string): Path =>
  path === '' ? [] : path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
export const withAll = (command: unknown, changes: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(changes).reduce((changed, [path, value]) => replaced(changed, pathOf(path), value), command);

/** By rule: the field, then values that pass, then values that do not. */
export const rules: [rule: string, path: string, accepted: unknown[], refused: unknown[]][] = [
  ['type', 'type', ['invoice.submit'], ['invoice.submit '.repeat(2), 1, '', null]],
  ['version', 'version', [1], [2, '1', null]],
  ['connection', 'connection', ['example'], ['', 'x'.repeat(101), 'a\u200bb', 1]],
  ['company', 'supplier.company', ['Duval', 'Société\u00a0Duval & Fils'], ['', '-', null, 'x'.repeat(101), 'a\u0007b']],
  ['unknown fields', 'supplier', [{ company: 'Duval' }], [{ company: 'Duval', town: 'Caen' }, []]],
  [
    'who issues it',
    'supplier',
    [
      { company: 'Duval', agency: 'Caen', siret: null },
      { siret: '99910001900010', company: '' },
    ],
    [
      {},
      { agency: 'Caen' },
      { company: 'Duval', siret: '99910001900010' },
      { agency: 'Caen', siret: '99910001900010' },
    ],
  ],
  [
    'an invoice’s number',
    'invoice.number',
    ['Az09+-_/', '1', 'F'.repeat(20)],
    ['F'.repeat(21), '-/-', 'F 1', 'FÉ1', 1],
  ],
  ['an invoice’s type', 'invoice.type', ['invoice'], ['proforma', null]],
  [
    'a credit note, which releases nothing',
    '',
    [withAll(submit, { 'invoice.type': 'credit-note', 'invoice.totals.deductions.1.releases': undefined })],
    [withAll(submit, { 'invoice.type': 'credit-note' })],
  ],
  ['a date', 'invoice.issueDate', ['2024-02-29'], ['2026-02-29', '20/11/2026', 20261120, '2026-11-20T00:00:00Z']],
  ['a framework', 'invoice.framework', ['A1', null, ''], ['A22', 1]],
  ['a currency', 'invoice.currency', ['EUR', null], ['euro', 'eur']],
  [
    'a SIRET',
    'invoice.recipient.siret',
    ['12345678200051', '123 456 782 00051', '123\u00a0456\u202f782\u200900051', '123.456.782-00051'],
    ['1234567820005', '123456782000511', '1234567820005O', 12345678200051, '１２３４５６７８２０００５１', ''],
  ],
  [
    'a service',
    'invoice.recipient.service',
    ['Éducation_2 - B', ' S ', null],
    ['A/B', '-', 'S'.repeat(101), 'a\u000bb'],
  ],
  ['a commitment', 'invoice.commitment', ['1506/123456', null, ' '], ['\u200b', '…', 'a\nb', 'c'.repeat(51), 7]],
  [
    'an IBAN',
    'invoice.payment.iban',
    [
      'FR7630006000011234567890189',
      'fr76 3000\u00a06000 0112 3456 7890 189',
      'IBAN FR76 3000 6000 0112 3456 7890 189',
      'Iban\u00a0: FR7630006000011234567890189',
      '',
    ],
    ['FR76', 'IBAN', '30006000011234567890189', 'FR76_30006000011234567890189', 1],
  ],
  [
    'a VAT number',
    'invoice.sellerVatNumber',
    ['FR40303265045', 'fr 40 303 265 045', null],
    ['40303265045', 'FR4030326504_'],
  ],
  ['a line’s number', 'invoice.lines.0.number', [1, 99_999], [0, 100_000, 1.5, '1']],
  [
    'a line’s name',
    'invoice.lines.0.name',
    ['Béton\nC25/30', '—', '混凝土', '👷'.repeat(255)],
    ['', '  ', 'Béton\u000bC25', '👷'.repeat(256)],
  ],
  ['a quantity', 'invoice.lines.0.quantity', ['2.5', '-1'], ['2,5', 2.5, '1.00001']],
  ['a price', 'invoice.lines.0.unitPrice', ['142.80', '1.000001'], ['1.0000001', '1e3']],
  ['a rate', 'invoice.lines.0.vatRate', ['5.5'], ['5,5', '20 %', '-20']],
  ['an amount', 'invoice.totals.due', ['-1250.40'], ['1 250.40', '1250.400', '1000000000000', '٣']],
  ['a blank optional part', 'customer', [null, ''], [1, []]],
  ['a part that is needed', 'invoice.validator', [{ siret: '99910003500016' }], [{}, { siret: '' }, null, '']],
  ['a comment', 'invoice.comment', ['a\r\nb\tc', null], ['c'.repeat(2001), 'a\u0000b', ['a']]],
  [
    'a file’s name',
    'document.name',
    ['Facture n°1.pdf'],
    ['a/b.pdf', 'a\\b.pdf', 'a:b.pdf', 'a"b.pdf', 'a*?.pdf', 'a\u202efdp.exe', 'n'.repeat(201)],
  ],
  ['an attachment’s name', 'attachments.0.name', ['metre.csv'], [`${'m'.repeat(47)}.csv`]],
  [
    'attachments',
    'attachments',
    [[], null],
    [Array.from({ length: 51 }, () => ({ name: 'a.csv', content: 'QQ==' })), {}],
  ],
  ['a document’s format', 'document.format', ['pdf', null], ['docx', 'cii']],
];

/** The rules between fields: a command with some fields changed. */
export const together: [rule: string, command: unknown, changes: Record<string, unknown>, holds: boolean][] = [
  ['content alone', submit, { 'document.key': undefined, document: { name: 'a.pdf', content: 'QQ==' } }, true],
  ['content, and a blank key', submit, { document: { name: 'a.pdf', content: 'QQ==', key: null } }, true],
  ['content and key', submit, { document: { name: 'a.pdf', content: 'QQ==', key: 'incoming/example/a.pdf' } }, false],
  ['neither content nor key', submit, { document: { name: 'a.pdf' } }, false],
  ['both blank', submit, { document: { name: 'a.pdf', content: '', key: null } }, false],
  ['an attachment without content', submit, { attachments: [{ name: 'a.csv' }] }, false],
  ['a comment alone', complete, { attachments: undefined }, true],
  ['attachments alone', complete, { comment: '' }, true],
  ['neither comment nor attachments', complete, { comment: null, attachments: undefined }, false],
  ['no attachment and no comment', complete, { comment: undefined, attachments: [] }, false],
  ['a commitment alone', recycle, { recipient: undefined, contract: null }, true],
  ['nothing to recycle', recycle, { recipient: undefined, contract: '', commitment: null }, false],
];

/** What a schema cannot hold: it accepts what the relay then refuses. */
export const beyondSchema: [rule: string, path: string, value: unknown][] = [
  ['the check digits of a SIRET', 'invoice.recipient.siret', '12345678200052'],
  ['the check digits of an IBAN', 'invoice.payment.iban', 'FR7630006000011234567890188'],
  ['the length of an IBAN in its country', 'invoice.payment.iban', 'FR763000600001123456789018'],
  ['the check digits of a French VAT number', 'invoice.sellerVatNumber', 'FR41303265045'],
  ['a hidden character beyond U+FFFF', 'invoice.commitment', 'EJ\u{e0041}7'],
  ['an unassigned character', 'invoice.commitment', 'EJ\u03787'],
  ['half of a surrogate pair', 'invoice.commitment', 'EJ\ud8007'],
];

/** What the relay reads for a person's sake: the schema asks for it clean. */
export const readAnyway: [rule: string, path: string, value: unknown][] = [
  ['white space around a word of a closed list', 'invoice.type', ' invoice'],
  ['white space around a date', 'invoice.issueDate', '2026-11-20 '],
  ['white space around an amount', 'invoice.totals.due', ' 892.50'],
  ['white space around a text, in its length', 'invoice.commitment', ` ${'c'.repeat(50)} `],
  ['a line break around what identifies something', 'invoice.commitment', 'EJ-7\r\n'],
  ['an unknown field that is blank', 'supplier', { company: 'Duval', town: '' }],
];
