import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, StandardFonts } from '@cantoo/pdf-lib';
import { extractXml } from '@stackforge-eu/factur-x';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../../shared/documents/pdf.ts';
import { embedFacturX, whyNotPdfA } from '../../../../shared/e-invoice/making/embed-factur-x.ts';
import { makeReadablePdf } from '../../../../shared/e-invoice/making/factur-x.ts';
import { contentOf, pagesOf } from '../../../support/pdf-pages.ts';
import { randomInvoices } from '../../../support/random-invoices.ts';

const [invoice] = fc.sample(randomInvoices, { seed: 7, numRuns: 1 });
if (!invoice) throw new Error('one was asked for');
const pdfA = await makeReadablePdf(invoice);
const xml = Buffer.from('<?xml version="1.0"?><a/>');

const changed = async (change: (document: PDFDocument) => void | Promise<void>): Promise<Uint8Array> => {
  const document = await PDFDocument.load(pdfA, { updateMetadata: false });
  await change(document);
  return document.save({ useObjectStreams: false });
};
const xmpOf = async (pdf: Uint8Array): Promise<string> => {
  const { catalog } = await PDFDocument.load(pdf);
  return Buffer.from(contentOf(catalog.lookup(PDFName.of('Metadata'))), 'latin1').toString('utf8');
};
const withXmp = (from: RegExp, to: string) =>
  changed(({ catalog, context }) => {
    const stream = catalog.lookup(PDFName.of('Metadata'));
    const text = Buffer.from(contentOf(stream), 'latin1').toString('utf8').replace(from, to);
    catalog.set(PDFName.of('Metadata'), context.register(context.stream(Buffer.from(text))));
  });

describe('a PDF of the ERP', () => {
  it('that is a PDF/A gets the e-invoice inside, and stays as it was to look at', async () => {
    expect(await whyNotPdfA(pdfA)).toBeUndefined();
    const made = await embedFacturX(pdfA, xml, '2026-10-31');
    expect(await extractXml(made)).toMatchObject({ xml: xml.toString(), filename: 'factur-x.xml' });
    expect(await pagesOf(made)).toEqual(await pagesOf(pdfA));
    const pdf = readPdf(made);
    expect(pdf.kind === 'whole' && pdf.embedded().map(({ name }) => name)).toEqual(['factur-x.xml']);
    const { catalog } = await PDFDocument.load(made);
    const file = catalog.lookup(PDFName.of('AF'), PDFArray).lookup(0, PDFDict);
    expect(file.get(PDFName.of('AFRelationship'))).toBe(PDFName.of('Alternative'));
    expect(Buffer.from(await embedFacturX(pdfA, xml, '2026-10-31')).equals(made)).toBe(true);
  });

  it('that is a PDF/A-1 or -2 says that it is a PDF/A-3 then', async () => {
    const older = await withXmp(/<pdfaid:part>3/, '<pdfaid:part>1');
    expect(await whyNotPdfA(older)).toBeUndefined();
    expect(await xmpOf(await embedFacturX(older, xml, '2026-10-31'))).toMatch(
      /<pdfaid:part>3<.*<fx:ConformanceLevel>EN 16931/s,
    );
  });

  it('that describes a schema of its own describes both', async () => {
    const own =
      '<rdf:Description xmlns:pdfaExtension="x"><pdfaExtension:schemas><rdf:Bag><rdf:li/></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>';
    const xmp = await xmpOf(await embedFacturX(await withXmp(/<\/rdf:RDF>/, own), xml, '2026-10-31'));
    expect(xmp.match(/<pdfaExtension:schemas>/g)).toHaveLength(1);
    expect(xmp).toMatch(/<rdf:Bag><rdf:li [^>]*>.*<pdfaSchema:prefix>fx.*<rdf:li\/><\/rdf:Bag>/s);
  });

  it.each<[lack: string, en: string, file: () => Promise<Uint8Array>]>([
    ['does not say that it is a PDF/A', 'it is no PDF/A', () => withXmp(/pdfaid/g, 'other')],
    ['has no metadata', 'it is no PDF/A', () => changed(({ catalog }) => void catalog.delete(PDFName.of('Metadata')))],
    [
      'has no colour profile',
      'it has no colour profile (OutputIntent)',
      () => changed(({ catalog }) => void catalog.delete(PDFName.of('OutputIntents'))),
    ],
    [
      'has a font of the reader’s',
      'not all its fonts are embedded',
      () =>
        changed(async (document) =>
          document.getPage(0).drawText('a', { font: await document.embedFont(StandardFonts.Helvetica) }),
        ),
    ],
    ['cannot be read', 'it is no PDF/A', () => Promise.resolve(Buffer.from('%PDF-1.7\n'))],
  ])('that %s gets none', async (_lack, en, file) => {
    expect((await whyNotPdfA(await file()))?.en).toBe(en);
  });

  it('has its metadata where a reader of PDF/A looks: uncompressed', async () => {
    const { catalog } = await PDFDocument.load(await embedFacturX(pdfA, xml, '2026-10-31'));
    const stream = catalog.lookup(PDFName.of('Metadata'));
    expect(stream instanceof PDFRawStream && stream.dict.has(PDFName.of('Filter'))).toBe(false);
  });
});
