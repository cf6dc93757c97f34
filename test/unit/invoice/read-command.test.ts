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
    expect(readCommand(body)).toMatchObject({ kind: 'unreadable', why: 'not-json', reasons: [{ code: 'not-json' }] });
  });

  it('may start with a byte order mark if a command follows: that is read', () => {
    expect(readCommand(`\uFEFF${JSON.stringify(submitCommand())}`).kind).toBe('invoice');
  });

  it('is told with the place of the fault, where it is known', () => {
    const reading = readCommand('{\n  "type": "invoice.submit" "version": 1\n}');
    expect(reading).toMatchObject({ reasons: [{ en: 'The message is not valid JSON (line 2, column 28).' }] });
  });

  it.each([
    ['a text', '"invoice"', 'not-an-object', ''],
    ['a number', '12', 'not-an-object', ''],
    ['nothing', 'null', 'not-an-object', ''],
    ['a list', '[{"type":"invoice.submit"}]', 'not-an-object', ''],
    ['an empty object', '{}', 'missing-field', 'connection'],
    ['one without a connection', '{"type":"invoice.submit","version":1}', 'missing-field', 'connection'],
    ['a connection that is a number', '{"type":"invoice.submit","connection":7}', 'invalid-value', 'connection'],
    ['an empty connection', '{"type":"invoice.submit","version":1,"connection":""}', 'missing-field', 'connection'],
    [
      'a connection that is too long for the index',
      JSON.stringify({ type: 'invoice.submit', version: 1, connection: 'x'.repeat(3000) }),
      'too-long',
      'connection',
    ],
  ])('%s is JSON of another shape, and the field at fault is named', (_what, body, code, path) => {
    expect(readCommand(body)).toMatchObject({ kind: 'unreadable', why: 'not-a-command', reasons: [{ code, path }] });
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
        const { kind } = readCommand(JSON.stringify({ ...rest, ...envelope }));
        // Each part may be left out by itself: what the others lack is told once the file is looked for.
        expect(kind).toBeOneOf(['invalid', 'invoice']);
      }),
    );
  });
});

describe('a message that names its connection is answered', () => {
  it.each<[what: string, changes: object, faults: [code: string, path: string][]]>([
    ['without a type', { type: undefined }, [['missing-field', 'type']]],
    ['with a type that is no text', { type: 7 }, [['invalid-value', 'type']]],
    ['without a version', { version: undefined }, [['missing-field', 'version']]],
    ['with the version null', { version: null }, [['missing-field', 'version']]],
    ['with a version as text', { version: '1' }, [['invalid-value', 'version']]],
    ['with a version as words', { version: 'v2' }, [['invalid-value', 'version']]],
    ['with a version as a list', { version: [1] }, [['invalid-value', 'version']]],
    ['with a version of nobody', { version: 2 }, [['unknown-version', 'version']]],
    ['with half a version', { version: 1.5 }, [['unknown-version', 'version']]],
    [
      'without a version, with another fault: both at once',
      { version: undefined, colour: 'red' },
      [
        ['missing-field', 'version'],
        ['unknown-field', 'colour'],
      ],
    ],
  ])('%s', (_what, changes, faults) => {
    expect(faultsOf(read(command(changes)))).toEqual(faults);
  });

  it('if it has nothing else', () => {
    expect(faultsOf(read({ connection: 'example' }))).toEqual([['missing-field', 'type']]);
  });

  it('with a version as text: what to write instead', () => {
    const [told] = reasonsOf(read(command({ version: '1' })));
    expect(told?.fr).toContain('le nombre 1, sans guillemets');
    expect(told?.en).toContain('the number 1, without quotes');
  });
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
