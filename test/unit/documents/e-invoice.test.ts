import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEInvoice } from '../../../shared/documents/e-invoice.ts';
import type { Stated } from '../../../shared/documents/e-invoice-differences.ts';
import { faultsOfDocument } from '../../../shared/documents/inspect-document.ts';
import type { DocumentFormat } from '../../../shared/invoice/submit-command.ts';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { readFlux } from '../../../tools/chorus-pro-simulator/flux-reader.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { workOf } from '../../support/papers.ts';

const read = (xml: string | Uint8Array) => readEInvoice(Buffer.from(xml));
const termsIn = (xml: string | Uint8Array) => {
  const reading = read(xml);
  return reading.kind === 'invoice' ? Object.fromEntries(reading.invoice.terms) : reading;
};
const xml = cii({ number: 'Î-1' });
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('an e-invoice', () => {
  it('in CII has its terms read, and nothing else', () => {
    expect(termsIn(cii({ number: 'F-1' }))).toEqual({
      'BT-1': ['F-1'],
      'BT-2': ['20261120'],
      'BT-3': ['380'],
      'BT-5': ['EUR'],
      'BT-30': [SUPPLIERS.company],
      'BT-47': [RECIPIENTS.nothingMandatory],
      'BT-115': ['1200.00'],
    });
  });

  it('in UBL has its terms read, not those of what it refers to', () => {
    expect(termsIn(UBL)).toEqual({
      'BT-1': ['U-1'],
      'BT-2': ['2026-11-20'],
      'BT-3': ['380'],
      'BT-30': [SUPPLIERS.company],
      'BT-46': [RECIPIENTS.nothingMandatory],
      'BT-115': ['1200.00'],
    });
  });

  it.each<[what: string, bytes: Uint8Array]>([
    ['UTF-8', Buffer.from(xml)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${xml}`)],
    ['UTF-16 with its mark', utf16(`\uFEFF${xml}`)],
    ['UTF-16 with the mark of the other order', utf16(`\uFEFF${xml}`).swap16()],
    ['UTF-16 without a mark', utf16(xml)],
    ['UTF-16 without a mark, in the other order', utf16(xml).swap16()],
    ['Latin-1 that says so', latin1(xml.replace('?>', ' encoding="ISO-8859-1"?>'))],
  ])('may be in %s', (_what, bytes) => {
    expect(termsIn(bytes)).toMatchObject({ 'BT-1': ['Î-1'] });
  });

  it.each<[what: string, text: string]>([
    ['a character reference', cii({ number: 'F&#45;1' })],
    ['a section of plain text', cii({ number: '<![CDATA[F-1]]>' })],
    ['a remark inside', cii({ number: 'F<!-- -->-1' })],
    ['spaces around', cii({ number: ' F-1\n ' })],
    ['no prefixes', cii({ number: 'F-1' }).replace(/(<\/?)(rsm|ram|udt):/g, '$1')],
  ])('may have %s', (_what, text) => {
    expect(termsIn(text)).toMatchObject({ 'BT-1': ['F-1'] });
  });

  it.each<[why: string, bytes: string | Uint8Array]>([
    ['encoding', latin1(xml)],
    ['encoding', xml.replace('?>', ' encoding="EBCDIC-X"?>')],
    ['doctype', '<!DOCTYPE Invoice><Invoice/>'],
    ['too-deep', `<Invoice>${'<a>'.repeat(64)}`],
    ['malformed', xml.slice(0, -1)],
    ['malformed', '<Invoice>&b;</Invoice>'],
    ['malformed', '<Invoice><cbc:ID>1</cbc:ID></Invoice>'],
    ['malformed', '<Invoice/><Invoice/>'],
  ])('is not read: %s', (why, bytes) => {
    expect(read(bytes)).toEqual({ kind: 'unreadable', why });
  });

  it.each([
    ['an order', '<SCRDMCCBDACIOMessageStructure/>', 'other-xml'],
    ['the first ZUGFeRD', '<CrossIndustryDocument/>', 'other-xml'],
    ['JSON', '{"invoice":1}', 'not-xml'],
    ['nothing', '', 'not-xml'],
  ])('is not %s', (_what, text, kind) => {
    expect(read(text).kind).toBe(kind);
  });
});

const megabytes = 1_000_000;

describe('XML that was made to keep us busy', () => {
  it.each<[what: string, text: () => string]>([
    ['nested without end', () => `<Invoice>${'<a>'.repeat(3 * megabytes)}`],
    ['an entity bomb', () => `<!DOCTYPE a [${'<!ENTITY b "&b;">'.repeat(100_000)}]><Invoice>&b;</Invoice>`],
    ['50,000 attributes', () => `<Invoice ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
    ['as many names', () => `<Invoice xmlns="a">${'<ID>1</ID>'.repeat(500_000)}</Invoice>`],
    ['one long text', () => `<Invoice><ID>${'1'.repeat(9 * megabytes)}</ID></Invoice>`],
    ['a text of small parts', () => `<Invoice><ID>${'1<!---->'.repeat(megabytes)}</ID></Invoice>`],
    ['10 MB of zeros', () => '\0'.repeat(10 * megabytes)],
  ])('%s: costs a second or so', (_what, text) => {
    const bytes = Buffer.from(text());
    expect(workOf(() => readEInvoice(bytes))).toBeLessThan(2_000);
  });
});

const examples = process.env['AIFE_EXAMPLES'];
const names = examples ? readdirSync(examples).filter((name) => /\.(xml|pdf)$/.test(name)) : [];

describe.skipIf(!examples)('AIFE’s own examples', () => {
  it.each(names)('%s is recognised, and held against its command', async (name) => {
    const bytes = readFileSync(join(examples ?? '', name));
    const content = readFlux(bytes);
    if (!('invoices' in content)) throw new Error(content.fault.message);
    const [own] = content.invoices;
    if (own?.due === undefined) throw new Error(`${name} has no invoice in it`);
    const format = name.endsWith('.pdf') ? 'factur-x' : 'cii';
    const invoice = {
      type: own.type === 'AVOIR' ? 'credit-note' : 'invoice',
      ...{ number: own.number, issueDate: own.date ?? '', currency: own.currency ?? '' },
      recipient: { siret: own.recipientSiret },
      totals: { due: own.due.toFixed(2) },
    } as const;
    const stated = { invoice, supplier: own.supplierSiret };
    const elsewhere = { recipient: { siret: RECIPIENTS.nothingMandatory }, issueDate: '2026-11-23', currency: 'CHF' };
    const other = { invoice: { ...invoice, ...elsewhere, number: 'X' }, supplier: SUPPLIERS.company };
    const codes = async (...[as, said]: [DocumentFormat, Stated]) =>
      (await faultsOfDocument({ name, bytes }, as, said)).map(({ code }) => code);
    expect(await codes(format, stated)).toEqual([]);
    // Some of the examples give no currency.
    const differing = await codes(format, other);
    expect(new Set(differing)).toEqual(new Set(['file-differs']));
    expect(differing.length).toBeGreaterThanOrEqual(4);
    expect(await codes(format === 'cii' ? 'ubl' : 'pdf', stated)).toEqual([
      format === 'cii' ? 'document-format' : 'e-invoice-in-pdf',
    ]);
  });
});
