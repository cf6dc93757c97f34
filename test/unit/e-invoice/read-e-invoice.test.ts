import { describe, expect, it } from 'vitest';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { workOf } from '../../support/papers.ts';

const read = (xml: string | Uint8Array) => readEInvoice(Buffer.from(xml));
const termsIn = (xml: string | Uint8Array) => {
  const reading = read(xml);
  return reading.kind === 'invoice' ? reading.invoice.values : reading;
};
const xml = cii({ number: 'Î-1' });
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('an e-invoice', () => {
  it('in CII has its terms read, and nothing else', () => {
    expect(termsIn(cii({ number: 'F-1' }))).toEqual({
      'BT-1': ['F-1'],
      'BT-2': ['2026-11-20'],
      'BT-3': ['380'],
      'BT-5': ['EUR'],
      'BT-30': [SUPPLIERS.company],
      'BT-30-1': ['0002'],
      'BT-47': [RECIPIENTS.nothingMandatory],
      'BT-47-1': ['0002'],
      'BG-16': [{ 'BT-81': ['30'] }],
      'BG-23': [{ 'BT-116': ['1000.00'], 'BT-117': ['200.00'], 'BT-118': ['S'], 'BT-119': ['20'] }],
      'BT-109': ['1000.00'],
      'BT-110': ['200.00'],
      'BT-112': ['1200.00'],
      'BT-115': ['1200.00'],
    });
  });

  it('in UBL has its terms read, not those of what it refers to', () => {
    expect(termsIn(UBL)).toEqual({
      'BT-1': ['U-1'],
      'BT-2': ['2026-11-20'],
      'BT-3': ['380'],
      'BT-13': ['E1'],
      'BT-23': ['A1'],
      'BT-30': [SUPPLIERS.company],
      'BT-46': [RECIPIENTS.nothingMandatory],
      'BG-16': [{ 'BT-81': ['30'] }],
      'BG-23': [{ 'BT-116': ['1000.00'], 'BT-117': ['200.00'], 'BT-118': ['S'], 'BT-119': ['20'] }],
      'BT-109': ['1000.00'],
      'BT-110': ['200.00'],
      'BT-112': ['1200.00'],
      'BT-115': ['1200.00'],
    });
  });

  it('in UBL has the subjects of its notes, and tells apart what has one name', () => {
    const text = UBL.replace(
      '<cac:OrderReference>',
      `<cbc:Note>#AAB#Pas d’escompte.</cbc:Note><cbc:Note>Merci.</cbc:Note>
      <cac:AdditionalDocumentReference><cbc:ID>L1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
      <cac:AdditionalDocumentReference><cbc:ID>P1</cbc:ID></cac:AdditionalDocumentReference><cac:OrderReference>`,
    );
    expect(termsIn(text)).toMatchObject({
      'BG-1': [{ 'BT-21': ['AAB'], 'BT-22': ['Pas d’escompte.'] }, { 'BT-22': ['Merci.'] }],
      'BT-18': ['L1'],
      'BG-24': [{ 'BT-122': ['P1'] }],
    });
  });

  it('says where it has values that are not read, each place once', () => {
    const text = cii().replaceAll('<ram:ID schemeID', '<ram:Role>x</ram:Role><ram:Role>y</ram:Role><ram:ID schemeID');
    const reading = read(text);
    const party = (name: string) =>
      `SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/${name}TradeParty/SpecifiedLegalOrganization/Role`;
    expect(reading.kind === 'invoice' && reading.invoice.notRead).toEqual([party('Seller'), party('Buyer')]);
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
