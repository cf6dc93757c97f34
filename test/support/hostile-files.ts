/** Files that were made to keep us busy, and files that are not what they seem: each is made when it is asked for. */
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { DocumentFormat } from '../../shared/invoice/submit-command.ts';
import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { objectStream, pdfOf, pdfWithFile, streamObject, trailer } from './papers.ts';

/** Almost what Chorus Pro takes. */
const full = 9_900_000;
const repeated = (part: string, bytes = full): string => part.repeat(Math.floor(bytes / part.length));
const each = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join('');

const root = '<rsm:CrossIndustryInvoice xmlns:rsm="r" xmlns:ram="a" xmlns:udt="u"';
const inRoot = (content: string): string => `${root}>${content}</rsm:CrossIndustryInvoice>`;
const good = cii();
const withoutDeclaration = good.replace(/<\?.*?\?>/, '');
const before = (tag: string, more: string): string => good.replace(tag, `${more}${tag}`);
const breakdown = (rate: string, amount = '1.00') => `<ram:ApplicableTradeTax>
  <ram:CalculatedAmount>0.19</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
  <ram:BasisAmount>${amount}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
  <ram:RateApplicablePercent>${rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>`;
const totals = '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>';
const line = (id: number) => `<ram:IncludedSupplyChainTradeLineItem>
  <ram:AssociatedDocumentLineDocument><ram:LineID>${id}</ram:LineID></ram:AssociatedDocumentLineDocument>
  <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode>
  <ram:RateApplicablePercent>${id}</ram:RateApplicablePercent></ram:ApplicableTradeTax>
  <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>1.0001</ram:LineTotalAmount>
  </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>`;
const longNames = Array.from({ length: 60 }, (_, i) => `n${i}${repeated('n', 60_000)}`);

const xml = {
  'an entity bomb': () =>
    `<!DOCTYPE a [<!ENTITY b "b">${each(20, (i) => `<!ENTITY b${i} "&b;&b;">`)}]>${inRoot('&b9;')}`,
  'an external entity': () => `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>${inRoot('&b;')}`,
  'a DOCTYPE of 10 MB, behind a comment': () => `<!-- a --><!DOCTYPE a [${repeated('<!ENTITY b "&b;">')}]>${good}`,
  '200,000 nested elements': () => inRoot(`${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`),
  '50,000 attributes': () => `${root} ${each(50_000, (i) => `a${i}="1" `)}/>`,
  '50,000 namespaces': () => `${root} ${each(50_000, (i) => `xmlns:a${i}="1" `)}/>`,
  'elements with 39 attributes each': () => inRoot(repeated(`<b ${each(39, (i) => `a${i}="1" `)}/>`)),
  '1,000,000 tiny elements': () => inRoot('<b>1</b>'.repeat(1_000_000)),
  'as many empty elements as may be, each of another name': () => inRoot(each(299_000, (i) => `<b${i}/>`)),
  'names of 60 KB in each other': () =>
    inRoot(
      [
        ...longNames.map((name) => `<${name}>1`),
        each(100_000, (i) => `<b${i}/>`),
        ...longNames.toReversed().map((name) => `</${name}>`),
      ].join(''),
    ),
  'an invoice number of 10 MB': () => cii({ number: repeated('1') }),
  'a number of a million comments': () => cii({ number: repeated('1<!---->', 8_000_000) }),
  'amounts and rates of a million digits': () =>
    before(totals, breakdown(repeated('3', 4_000_000), repeated('7', 4_000_000))),
  'a comment of 10 MB': () => `<!--${repeated('x')}-->${withoutDeclaration}`,
  '20,000 VAT breakdowns': () =>
    before(
      totals,
      each(20_000, (i) => breakdown(`${i}`)),
    ),
  'lines and breakdowns, all of other rates': () =>
    before(
      totals,
      each(5_000, (i) => breakdown(`${i}`)),
    ).replace('<ram:ApplicableHeaderTradeAgreement>', `${each(10_000, line)}<ram:ApplicableHeaderTradeAgreement>`),
  'terms of the invoice that differ in each breakdown': () =>
    before(
      totals,
      each(
        60_000,
        (i) => `<ram:ApplicableTradeTax><ram:DueDateTypeCode>${i}</ram:DueDateTypeCode></ram:ApplicableTradeTax>`,
      ),
    ),
  '10 MB of zeros': () => Buffer.alloc(10_000_000),
  '10 MB of spaces': () => repeated(' '),
  'bytes that are no UTF-8': () => Buffer.from(cii({ number: 'É' }), 'latin1'),
  'UTF-8 that says UTF-16': () => good.replace('?>', ' encoding="UTF-16"?>'),
  'UTF-16, its mark first': () => Buffer.from(`\uFEFF${good}`, 'utf16le'),
  'UTF-16 without a mark': () => Buffer.from(good, 'utf16le'),
  'an archive': () => gzipSync(good),
  'an order (Order-X)': () => '<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn"/>',
  'ZUGFeRD 1': () => '<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"/>',
  'a web page': () => '<html><body>Facture</body></html>',
  'a web page with its DOCTYPE': () => '<!doctype html><html></html>',
} satisfies Record<string, () => string | Uint8Array>;

/** Blocks of 10 MB of zeros, joined: each is 9.7 KB. */
function gigabyte(): Buffer {
  const block = deflateRawSync(Buffer.alloc(10_000_000), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: 100 }, () => block)]);
}

const specification = '2 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 3 0 R>>>>endobj\n';
const embedded = (content: string | Uint8Array, length?: string): Buffer =>
  streamObject(3, '/Type/EmbeddedFile/Filter/FlateDecode', deflateSync(content), length);
/** Four streams of objects, as far as such streams are inflated at all. */
const objectStreams = (content: string): Buffer[] => {
  const deflated = deflateSync(content);
  return [4, 5, 6, 7].map((n) => streamObject(n, '/Type/ObjStm/First 0/Filter/FlateDecode', deflated));
};

const pdf = {
  'an e-invoice that inflates to 1 GB': () =>
    pdfOf(specification, streamObject(3, '/Type/EmbeddedFile/Filter/FlateDecode', gigabyte()), trailer()),
  'objects that inflate to 1 GB': () =>
    pdfOf(specification, streamObject(4, '/Type/ObjStm/First 0/Filter/FlateDecode', gigabyte()), trailer()),
  'objects of nothing but arrays': () => pdfOf(...objectStreams(`/EF${'[]'.repeat(4_900_000)}`), trailer()),
  'objects of nothing but dictionaries': () => pdfOf(...objectStreams(`/EF${'<<>>'.repeat(2_400_000)}`), trailer()),
  'an object of nothing but dictionaries': () => pdfOf(`2 0 obj<</EF[${repeated('<<>>')}]>>endobj\n`, trailer()),
  'a trailer of nothing but arrays': () => pdfOf(`trailer<</Root 1 0 R/A[${repeated('[]')}]>>%%EOF`),
  'object streams in each other': () => pdfOf(objectStream(5, new Map([[6, '<</Type/ObjStm/EF 1>>']])), trailer()),
  '100,000 tiny objects before it': () =>
    pdfOf(
      each(100_000, (i) => `${i + 9} 0 obj 1 endobj\n`),
      specification,
      embedded(good),
      trailer(),
    ),
  '60,000 names of files': () =>
    pdfOf(
      each(60_000, (i) => `${i + 9} 0 obj<</EF<</F 3 0 R>>/F(a.xml)>>endobj\n`),
      embedded('<a/>'),
      trailer(),
    ),
  'a name of 10 MB': () =>
    pdfOf(`2 0 obj<</F(${repeated('\\101')}.xml)/EF<</F 3 0 R>>>>endobj\n`, embedded(good), trailer()),
  'references that run in a circle': () =>
    pdfOf('2 0 obj<</EF 2 0 R/F 2 0 R>>endobj\n3 0 obj<</EF<</F 3 0 R>>/F(factur-x.xml)>>endobj\n', trailer('/Prev 0')),
  'a length that is itself, and trailers in a circle': () =>
    pdfOf(specification, embedded(good, '3 0 R'), trailer('/Prev 9')),
  'a length of 10^20': () => pdfOf(specification, embedded(good, '99999999999999999999'), trailer()),
  'a negative length': () => pdfOf(specification, embedded(good, '-5'), trailer()),
  'three large e-invoices, none with the usual name': () =>
    pdfOf(
      ...[3, 5, 7].flatMap((n) => [
        `${n + 1} 0 obj<</F(a.xml)/EF<</F ${n} 0 R>>>>endobj\n`,
        streamObject(n, '/Filter/FlateDecode', deflateSync(`${root}>${'<b>1</b>'.repeat(250_000)}`)),
      ]),
      trailer(),
    ),
  'several attachments': () =>
    pdfOf(
      '4 0 obj<</F(rib.pdf)/EF<</F 5 0 R>>>>endobj\n',
      streamObject(5, '', '%PDF-'),
      specification,
      embedded(good),
      trailer(),
    ),
  'a page of 10 MB': () => pdfOf(streamObject(8, '', Buffer.alloc(full, 7)), specification, embedded(good), trailer()),
  'a password': () => pdfOf(specification, embedded(good), trailer('/Encrypt 9 0 R')),
  'as many elements as may be': () => pdfWithFile(inRoot('<b>1</b>'.repeat(290_000))),
  'no PDF but 10 MB of zeros': () => Buffer.alloc(10_000_000),
  'no PDF but a web page': () => '<!DOCTYPE html><html></html>',
} satisfies Record<string, () => string | Uint8Array>;

export interface HostileFile {
  what: string;
  format: DocumentFormat;
  make: () => string | Uint8Array;
}

const of = (format: DocumentFormat, files: Readonly<Record<string, () => string | Uint8Array>>): HostileFile[] =>
  Object.entries(files).map(([what, make]) => ({ what, format, make }));

export const hostileFiles: readonly HostileFile[] = [...of('cii', xml), ...of('factur-x', pdf)];
