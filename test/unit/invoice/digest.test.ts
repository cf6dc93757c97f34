import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termsOf } from '../../../shared/connection/apply-settings.ts';
import { readCommand } from '../../../shared/invoice/command.ts';
import { digestOf, sha256 } from '../../../shared/invoice/digest.ts';
import { completed } from '../../../shared/invoice/terms.ts';
import { completeCommand, submitCommand } from '../../support/commands.ts';
import { exampleSettings } from '../../support/example-connection.ts';

const attachment = { name: 'plan.pdf', content: 'QUJD' };
const files = (...contents: (string | Uint8Array)[]) =>
  contents.map((bytes, i) => ({ name: `file-${i}.pdf`, sha256: sha256(bytes) }));

describe('the digest of an invoice', () => {
  const plain = digestOf(completeCommand(), files('pdf'));

  it('is a SHA-256', () => {
    expect(plain).toMatch(/^[0-9a-f]{64}$/);
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each([
    ['the document travels by key', { command: { document: { name: 'F-2026-0001.pdf', key: 'incoming/example/a' } } }],
    ['the message names its schema', { command: { $schema: 'https://example.com/v1.json' } }],
    ['a default is spelled out', { command: { attachments: [] }, invoice: { framework: 'A1', currency: 'EUR' } }],
  ])('is the same when %s', (_what, changes) => {
    expect(digestOf(completeCommand(changes), files('pdf'))).toBe(plain);
  });

  it('is the same whatever the order of the fields', () => {
    const { invoice, ...rest } = submitCommand();
    const turned = Object.fromEntries([['invoice', Object.fromEntries(Object.entries(invoice).reverse())]]);
    const reading = readCommand(JSON.stringify({ ...turned, ...rest }));
    if (reading.kind !== 'command') throw new Error(JSON.stringify(reading));
    const turnedInvoice = completed(reading.command.invoice, termsOf(reading.command, exampleSettings).terms);
    expect(digestOf({ ...reading.command, invoice: turnedInvoice }, files('pdf'))).toBe(plain);
  });

  it.each([
    ['the number', { invoice: { number: 'F-2026-0002' } }],
    ['the date', { invoice: { issueDate: '2026-11-21' } }],
    ['the comment', { invoice: { comment: 'Merci' } }],
    ['the agency', { command: { supplier: { company: 'Constructions Duval', agency: 'Caen' } } }],
    ['an amount’s spelling', { invoice: { totals: { ...submitCommand().invoice.totals, due: '1200.0' } } }],
  ])('is another when %s changes', (_what, changes) => {
    expect(digestOf(completeCommand(changes), files('pdf'))).not.toBe(plain);
  });

  it('is another when any byte of any document changes', () => {
    const command = completeCommand({ command: { attachments: [attachment] } });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
        const changed = Uint8Array.from(bytes, (byte, i) => (i === at % bytes.length ? byte ^ flip : byte));
        const before = digestOf(command, files('pdf', bytes));
        expect(digestOf(command, files('pdf', changed))).not.toBe(before);
        expect(digestOf(command, files(changed, 'pdf'))).not.toBe(digestOf(command, files(bytes, 'pdf')));
      }),
    );
  });

  it('is another when a file is renamed, typed, or changes its place', () => {
    const of = (typeCode?: string) =>
      completeCommand({ command: { attachments: [typeCode ? { ...attachment, typeCode } : attachment] } });
    const [pdf = { name: '', sha256: '' }, plan = pdf] = files('pdf', 'plan');
    const before = digestOf(of(), [pdf, plan]);
    expect(digestOf(of(), [pdf, { ...plan, name: 'other.pdf' }])).not.toBe(before);
    expect(digestOf(of(), [plan, pdf])).not.toBe(before);
    expect(digestOf(of('01'), [pdf, plan])).not.toBe(before);
    expect(digestOf(of(), [pdf])).not.toBe(before);
  });
});
