/**
 * Puts an e-invoice into a PDF of the ERP, if that is a PDF/A already: nobody could make it one afterwards. It is
 * loaded only when there is one.
 */
import { AFRelationship, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFObject } from '@cantoo/pdf-lib';
import { inflateSync } from 'node:zlib';
import { description, fileName, schemaOfFacturX, termsOfFacturX } from './factur-x-metadata.ts';

interface Bilingual {
  fr: string;
  en: string;
}

const name = (text: string): PDFName => PDFName.of(text);

const lacks = {
  metadata: { fr: 'ce n’est pas un PDF/A', en: 'it is no PDF/A' },
  intent: { fr: 'il n’a pas de profil de couleurs (OutputIntent)', en: 'it has no colour profile (OutputIntent)' },
  fonts: { fr: 'certaines de ses polices ne sont pas incorporées', en: 'not all its fonts are embedded' },
} as const satisfies Record<string, Bilingual>;

/** Nothing in the file's own data is changed, so that the same file gives the same bytes. */
const open = (pdf: Uint8Array): Promise<PDFDocument> => PDFDocument.load(pdf, { updateMetadata: false });

/** More than any packet has. */
const longestXmp = 1_000_000;

/** The XMP packet; empty if there is none that can be read. */
function xmpOf({ catalog }: PDFDocument): string {
  const stream = catalog.lookup(name('Metadata'));
  if (!(stream instanceof PDFRawStream) || stream.contents.length > longestXmp) return '';
  const filter = stream.dict.lookup(name('Filter'));
  if (filter === undefined) return Buffer.from(stream.contents).toString('utf8');
  return filter === name('FlateDecode')
    ? inflateSync(stream.contents, { maxOutputLength: longestXmp }).toString('utf8')
    : '';
}

function hasIntent({ catalog }: PDFDocument): boolean {
  const intents = catalog.lookup(name('OutputIntents'));
  return (
    intents instanceof PDFArray &&
    intents.asArray().some((_, i) => {
      const intent = intents.lookup(i);
      return intent instanceof PDFDict && intent.get(name('S')) === name('GTS_PDFA1');
    })
  );
}

const kindsWithFile = ['Type1', 'MMType1', 'TrueType', 'CIDFontType0', 'CIDFontType2'].map(name);

/** A font of another kind is drawn in the file itself, or is made of others. */
function isEmbedded(font: PDFDict): boolean {
  const kind = font.get(name('Subtype'));
  if (!kindsWithFile.some((one) => one === kind)) return true;
  const descriptor = font.lookup(name('FontDescriptor'));
  return (
    descriptor instanceof PDFDict && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(name(key)))
  );
}

const isFont = (object: PDFObject): object is PDFDict =>
  object instanceof PDFDict && object.get(name('Type')) === name('Font');

/** @returns why no e-invoice is put into it; undefined if one can be */
export const whyNotPdfA = (pdf: Uint8Array): Promise<Bilingual | undefined> =>
  // What cannot be read does not say that it is one.
  whyNot(pdf).catch(() => lacks.metadata);

async function whyNot(pdf: Uint8Array): Promise<Bilingual | undefined> {
  const document = await open(pdf);
  if (!/pdfaid:part(>|=["'])\s*[123]/.test(xmpOf(document))) return lacks.metadata;
  if (!hasIntent(document)) return lacks.intent;
  const fonts = document.context.enumerateIndirectObjects().flatMap(([, object]) => (isFont(object) ? [object] : []));
  return fonts.every(isEmbedded) ? undefined : lacks.fonts;
}

/** Says PDF/A-3b, whatever part it said, and what is inside. A schema is described beside those that are there. */
function withFacturX(xmp: string): string {
  const said = xmp
    .replace(/(pdfaid:part(?:>|=["']))\s*[123]/, '$13')
    .replace(/(pdfaid:conformance(?:>|=["']))\s*[ABUabu]/, '$1B');
  const described = /(<pdfaExtension:schemas[^>]*>\s*<rdf:Bag[^>]*>)/;
  const [schema, terms] = [schemaOfFacturX, termsOfFacturX];
  return described.test(said)
    ? said.replace(described, `$1${schema.item}`).replace('</rdf:RDF>', `${terms}</rdf:RDF>`)
    : said.replace('</rdf:RDF>', `${schema.whole}${terms}</rdf:RDF>`);
}

/**
 * @param pdf a PDF/A
 * @param day the invoice's, ISO: the same invoice gives the same bytes
 */
export async function embedFacturX(pdf: Uint8Array, xml: Uint8Array, day: string): Promise<Uint8Array> {
  const document = await open(pdf);
  const date = new Date(`${day}T00:00:00Z`);
  await document.attach(xml, fileName, {
    ...{ mimeType: 'text/xml', description, creationDate: date, modificationDate: date },
    afRelationship: AFRelationship.Alternative,
  });
  const xmp = Buffer.from(withFacturX(xmpOf(document)), 'utf8');
  const { context, catalog } = document;
  catalog.set(name('Metadata'), context.register(context.stream(xmp, { Type: 'Metadata', Subtype: 'XML' })));
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}
