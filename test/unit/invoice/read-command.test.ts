import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand, type Reading } from '../../../shared/invoice/read-command.ts';
import type { Reason } from '../../../shared/invoice/reasons.ts';
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
const line = (changes: object) => invoice({ lines: [{ ...base.lines[0], ...changes }] });
const recipient = (changes: object) => invoice({ recipient: { siret: RECIPIENTS.nothingMandatory, ...changes } });

describe('a message that is not a command', () => {
  it.each(['', 'bonjour', '{"type":', '<xml/>', 'undefined'])('%j is not JSON', (body) => {
    expect(readCommand(body)).toEqual({ kind: 'unreadable', why: 'not-json' });
  });

  it('may start with a byte order mark if a command follows: that is read', () => {
    expect(readCommand(`\uFEFF${JSON.stringify(submitCommand())}`).kind).toBe('invoice');
  });

  it.each([
    ['a text', '"invoice"'],
    ['a number', '12'],
    ['nothing', 'null'],
    ['a list', '[{"type":"invoice.submit"}]'],
    ['an empty object', '{}'],
    ['one without a version', '{"type":"invoice.submit","connection":"example"}'],
    ['one without a connection', '{"type":"invoice.submit","version":1}'],
    ['an empty connection, which the index does not accept', '{"type":"invoice.submit","version":1,"connection":""}'],
    [
      'a connection that is too long for the index',
      JSON.stringify({ type: 'invoice.submit', version: 1, connection: 'x'.repeat(3000) }),
    ],
  ])('%s is JSON of another shape', (_what, body) => {
    expect(readCommand(body)).toEqual({ kind: 'unreadable', why: 'not-a-command' });
  });

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.string(), (body) => readCommand(body).kind === 'unreadable'));
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(readCommand(body).kind).toBe('unreadable');
      }),
    );
  });

  it('never makes the reader throw when it resembles one', () => {
    const almost = fc.record({
      type: fc.constant('invoice.submit'),
      version: fc.constant(1),
      connection: fc.constant('example'),
    });
    const something = fc.dictionary(
      fc.constantFrom('supplier', 'invoice', 'document', 'attachments', '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(almost, something, (envelope, rest) => {
        expect(readCommand(JSON.stringify({ ...rest, ...envelope })).kind).toBe('invalid');
      }),
    );
  });
});

it.each([
  ['1', 'invalid-value'],
  ['2', 'unknown-version'],
])('a version as text (%j) is answered, not passed over', (version, code) => {
  expect(faultsOf(read({ ...submitCommand(), version }))).toEqual([[code, 'version']]);
});

describe('a good command', () => {
  it('is read, and its defaults are filled in', () => {
    const reading = read(submitCommand());
    expect(reading).toMatchObject({
      kind: 'invoice',
      command: { attachments: [], invoice: { currency: 'EUR', number: 'F-2026-0001' } },
    });
  });

  it.each([
    ['every character that a number may have', invoice({ number: 'Az09+-_/' })],
    ['a number of 20 characters', invoice({ number: 'F'.repeat(20) })],
    ['a service with accents', recipient({ service: 'Direction_Éducation - 2' })],
    ['an IBAN', invoice({ payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189' } })],
    ['a leap day', invoice({ issueDate: '2024-02-29' })],
    ['a document by key', command({ document: { name: 'a.pdf', key: 'incoming/example/a.pdf' } })],
    ['the largest amount', line({ unitPrice: '999999999.999999', quantity: '99999999999.9999' })],
  ])('may have %s', (_what, given) => {
    expect(read(given).kind).toBe('invoice');
  });

  it('is distinguished from the relay’s message to itself', () => {
    const resume = { type: 'relay.resume', version: 1, connection: 'example', pk: 'invoice#q#1#F' };
    expect(read(resume)).toEqual({ kind: 'resume', resume });
    expect(faultsOf(read({ ...resume, extra: 1 }))).toEqual([['unknown-command', 'type']]);
  });
});
