import { describe, expect, it } from 'vitest';
import { readCommand, type Reading } from '../../../shared/invoice/read-command.ts';
import { isReasonCode, type Reason } from '../../../shared/invoice/reasons.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';

const read = (command: unknown): Reading => readCommand(JSON.stringify(command));

function reasonsOf(reading: Reading): Reason[] {
  if (reading.kind !== 'invalid') throw new Error(`expected an invalid command, got ${reading.kind}`);
  return reading.reasons;
}
const faultsOf = (reading: Reading) => reasonsOf(reading).map(({ code, path }) => [code, path]);

const base = submitCommand().invoice;
const invoice = (changes: object) => submitCommand({ invoice: changes });
const command = (changes: object) => submitCommand({ command: changes });
const without = (object: object, field: string) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
const line = (changes: object) => invoice({ lines: [{ ...base.lines[0], ...changes }] });
const recipient = (changes: object) => invoice({ recipient: { siret: RECIPIENTS.nothingMandatory, ...changes } });

const faults: [what: string, given: object, code: string, path: string][] = [
  ['an unknown command', command({ type: 'invoice.send' }), 'unknown-command', 'type'],
  ['a property of every object as its type', command({ type: 'constructor' }), 'unknown-command', 'type'],
  ['a future version', command({ version: 2 }), 'unknown-version', 'version'],
  ['an unknown field', command({ priority: 'high' }), 'unknown-field', 'priority'],
  ['an unknown field deep inside', recipient({ nom: 'Mairie' }), 'unknown-field', 'invoice.recipient.nom'],
  ['an unknown field in a list', line({ colour: 'red' }), 'unknown-field', 'invoice.lines[0].colour'],
  ['a missing part', command({ document: { content: 'JVBERi0=' } }), 'missing-field', 'document.name'],
  ['a missing field', { ...submitCommand(), invoice: without(base, 'number') }, 'missing-field', 'invoice.number'],
  ['a missing amount', invoice({ totals: without(base.totals, 'due') }), 'missing-field', 'invoice.totals.due'],
  ['a missing enumeration', { ...submitCommand(), invoice: without(base, 'type') }, 'missing-field', 'invoice.type'],
  ['a recipient without SIRET', invoice({ recipient: {} }), 'recipient-siret-missing', 'invoice.recipient.siret'],
  ['a number of 21 characters', invoice({ number: 'F'.repeat(21) }), 'invoice-number', 'invoice.number'],
  ['an empty number', invoice({ number: '' }), 'missing-field', 'invoice.number'],
  ['a number of signs only', invoice({ number: '-/-' }), 'invoice-number', 'invoice.number'],
  ['a number with a space', invoice({ number: 'F 1' }), 'invoice-number', 'invoice.number'],
  ['a number with an accent', invoice({ number: 'FÉ1' }), 'invoice-number', 'invoice.number'],
  ['a number with a hash', invoice({ number: 'F#1' }), 'invoice-number', 'invoice.number'],
  ['a number with a line break', invoice({ number: 'F\n1' }), 'character', 'invoice.number'],
  ['a wrong SIRET', recipient({ siret: '12345678200052' }), 'siret', 'invoice.recipient.siret'],
  ['a SIRET of zeros', recipient({ siret: '00000000000000' }), 'siret', 'invoice.recipient.siret'],
  ['a SIRET as a number', recipient({ siret: 12345678200051 }), 'siret', 'invoice.recipient.siret'],
  ['a service of 101 characters', recipient({ service: 'S'.repeat(101) }), 'service-code', 'invoice.recipient.service'],
  ['a service with a slash', recipient({ service: 'A/B' }), 'service-code', 'invoice.recipient.service'],
  ['a wrong IBAN', invoice({ payment: { means: 'cash', iban: 'FR76' } }), 'iban', 'invoice.payment.iban'],
  ['a wrong VAT number', invoice({ sellerVatNumber: 'FR41303265045' }), 'vat-number', 'invoice.sellerVatNumber'],
  ['an amount as a number', line({ net: 1000 }), 'amount', 'invoice.lines[0].net'],
  ['an amount with a comma', line({ net: '1000,00' }), 'amount', 'invoice.lines[0].net'],
  ['an amount with three decimals', line({ net: '1000.000' }), 'amount', 'invoice.lines[0].net'],
  ['an amount with an exponent', line({ net: '1e3' }), 'amount', 'invoice.lines[0].net'],
  ['an amount of 13 digits', line({ net: '1000000000000' }), 'amount', 'invoice.lines[0].net'],
  ['a price as a number', line({ unitPrice: 100 }), 'unit-price', 'invoice.lines[0].unitPrice'],
  ['a price with seven decimals', line({ unitPrice: '1.0000001' }), 'unit-price', 'invoice.lines[0].unitPrice'],
  ['a quantity as a number', line({ quantity: 10 }), 'quantity', 'invoice.lines[0].quantity'],
  ['a quantity with five decimals', line({ quantity: '1.00001' }), 'quantity', 'invoice.lines[0].quantity'],
  ['a rate with its sign', line({ vatRate: '20 %' }), 'vat-rate', 'invoice.lines[0].vatRate'],
  ['a negative rate', line({ vatRate: '-20' }), 'vat-rate', 'invoice.lines[0].vatRate'],
  ['a list instead of text', invoice({ commitment: [] }), 'invalid-value', 'invoice.commitment'],
  ['a list instead of a comment', invoice({ comment: [] }), 'invalid-value', 'invoice.comment'],
  ['a list instead of a name', line({ name: [] }), 'invalid-value', 'invoice.lines[0].name'],
  ...['a<b.pdf', 'a>b.pdf', 'a:b.pdf', 'a"b.pdf', 'a|b.pdf', 'a?b.pdf', 'a*b.pdf'].flatMap(
    (name): [string, object, string, string][] => [
      [`the file name ${name}`, command({ document: { name, content: 'QQ==' } }), 'file-name', 'document.name'],
      [
        `the attachment ${name}`,
        command({ attachments: [{ name, content: 'QQ==' }] }),
        'file-name',
        'attachments[0].name',
      ],
    ],
  ),
  ['a day that does not exist', invoice({ issueDate: '2026-02-30' }), 'date', 'invoice.issueDate'],
  ['a French date', invoice({ issueDate: '20/11/2026' }), 'date', 'invoice.issueDate'],
  ['a date with a time', invoice({ issueDate: '2026-11-20T00:00:00Z' }), 'date', 'invoice.issueDate'],
  ['an unknown type', invoice({ type: 'proforma' }), 'invalid-value', 'invoice.type'],
  ['a currency in words', invoice({ currency: 'euros' }), 'invalid-value', 'invoice.currency'],
  ['an invoice number as a JSON number', invoice({ number: 1 }), 'invalid-value', 'invoice.number'],
  ['a fractional line number', line({ number: 1.5 }), 'invalid-value', 'invoice.lines[0].number'],
  ['line zero', line({ number: 0 }), 'too-short', 'invoice.lines[0].number'],
  ['a blank name', line({ name: '  ' }), 'missing-field', 'invoice.lines[0].name'],
  ['a comment of 2,001 characters', invoice({ comment: 'c'.repeat(2001) }), 'too-long', 'invoice.comment'],
  ['a commitment of 51 characters', invoice({ commitment: 'c'.repeat(51) }), 'too-long', 'invoice.commitment'],
  ['a line number of six digits', line({ number: 100_000 }), 'too-long', 'invoice.lines[0].number'],
  [
    'a document both inline and by key',
    command({ document: { name: 'a.pdf', key: 'k', content: 'QQ==' } }),
    'document-source',
    'document',
  ],
  ['a document neither inline nor by key', command({ document: { name: 'a.pdf' } }), 'document-source', 'document'],
  [
    'an attachment neither inline nor by key',
    command({ attachments: [{ name: 'a.pdf' }] }),
    'document-source',
    'attachments[0]',
  ],
  [
    'an attachment’s name of 51 characters',
    command({ attachments: [{ name: `${'a'.repeat(47)}.pdf`, content: 'QQ==' }] }),
    'attachment-name',
    'attachments[0].name',
  ],
];

describe('a faulty command', () => {
  it.each(faults)('%s', (_what, given, code, path) => {
    const reading = read(given);
    expect(faultsOf(reading)).toEqual([[code, path]]);
    const [fault] = reasonsOf(reading);
    expect(fault?.fr).toMatch(/\p{L}/u);
    expect(fault?.en).toMatch(/\p{L}/u);
    expect(`${fault?.fr}${fault?.en}`).not.toMatch(/\{[a-z]+\}|Invalid/);
  });

  it('is reported with all its faults at once, each with a known code', () => {
    const reading = read({
      ...submitCommand(),
      extra: true,
      invoice: { ...base, number: 'é', issueDate: 'today', lines: [{ ...base.lines[0], net: 1, wrong: 1 }] },
    });
    const codes = faultsOf(reading).map(([code]) => code);
    expect(codes.sort()).toEqual(['amount', 'date', 'invoice-number', 'unknown-field', 'unknown-field']);
    expect(codes.every((code) => isReasonCode(code ?? ''))).toBe(true);
  });

  it('is reported with the valid values', () => {
    expect(reasonsOf(read(command({ type: 'invoice.send' })))[0]?.en).toContain('invoice.submit');
    expect(reasonsOf(read(command({ version: 7 })))[0]?.en).toBe(
      'Version 7 of the command is unknown. Known versions: 1.',
    );
    expect(reasonsOf(read(invoice({ type: 'proforma' })))[0]?.fr).toBe(
      'La valeur du champ invoice.type ne convient pas. Attendu : l’une des valeurs "invoice", "credit-note" (reçu : « proforma »).',
    );
  });

  it.each([
    [
      'a text too many characters long',
      invoice({ comment: 'c'.repeat(2001) }),
      '2\u202f000 caractères',
      '2000 characters',
    ],
    [
      'too many attachments',
      command({ attachments: Array(51).fill({ name: 'a.pdf', content: 'QQ==' }) }),
      '50 éléments',
      '50 items',
    ],
    ['a number that is too large', line({ number: 100_000 }), '99\u202f999', '99999'],
    ['another type than text', invoice({ number: 1 }), 'un texte', 'text'],
    [
      'another form',
      invoice({ currency: 'euros' }),
      'trois lettres majuscules, par exemple "EUR"',
      'three capital letters, for example "EUR"',
    ],
  ])('is reported with what is expected, in both languages: %s', (_what, given, fr, en) => {
    expect(reasonsOf(read(given))[0]?.fr).toContain(` ${fr}`);
    expect(reasonsOf(read(given))[0]?.en).toContain(` ${en}`);
  });

  it.each([
    ['commitment', 'invoice.commitment', command({ commitment: 'EJ-7' })],
    [
      'siret',
      'supplier.siret, invoice.recipient.siret, invoice.validator.siret',
      command({ siret: RECIPIENTS.nothingMandatory }),
    ],
    ['vatRate', 'invoice.lines[].vatRate', invoice({ vatRate: '20' })],
    ['key', 'document.key, attachments[].key', invoice({ key: 'incoming/example/a.pdf' })],
    ['currency', 'invoice.currency', line({ currency: 'EUR' })],
  ])('is reported with the right place of the misplaced field %s: %s', (field, places, given) => {
    expect(reasonsOf(read(given))).toMatchObject([
      {
        code: 'unknown-field',
        fr: `Le champ « ${field} » n’existe pas à cet endroit (sa place : ${places}) : corrigez son nom ou sa place, ou retirez-le.`,
        en: `There is no field "${field}" here (it belongs at ${places}): correct its name or its place, or remove it.`,
      },
    ]);
  });

  it('is reported without a place for a field that this command does not have', () => {
    const en = 'There is no field "lines" here: correct its name or its place, or remove it.';
    const asked = { ...submitCommand(), type: 'invoice.status', invoice: { number: base.number }, lines: [] };
    expect(reasonsOf(read(asked)).map((one) => one.en)).toContain(en);
    expect(reasonsOf(read(command({ constructor: 1 })))[0]?.en).toContain('here: correct');
  });

  it('still shows which connection and invoice it is about', () => {
    expect(read(command({ version: 9 }))).toMatchObject({
      envelope: { type: 'invoice.submit', version: 9, connection: 'example' },
    });
  });
});
