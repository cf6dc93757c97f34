/** The text of a PDF's pages, as a reader finds it: through each font's table of characters. */
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  type PDFObject,
} from '@cantoo/pdf-lib';

export const contentOf = (stream: PDFObject | undefined): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : '';

const codes = (hex: string): number[] => (hex.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 16));

/** From the font's codes to Unicode. */
function charactersOf(font: PDFDict): Map<number, string> {
  const table = contentOf(font.lookup(PDFName.of('ToUnicode')));
  const found = new Map<number, string>();
  for (const [, first = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], i) => {
      found.set((codes(first)[0] ?? 0) + i, String.fromCharCode(...codes(hex.replaceAll(' ', ''))));
    });
  return found;
}

function fontsOf(resources: PDFDict): Map<string, Map<number, string>> {
  const fonts = resources.lookup(PDFName.of('Font'), PDFDict);
  return new Map(fonts.keys().map((name) => [name.decodeText(), charactersOf(fonts.lookup(name, PDFDict))]));
}

/** @returns the text of each page, a line for each piece that was written */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(pdf);
  return document.getPages().map(({ node }) => {
    const resources = node.Resources();
    const contents = node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    const text = streams.map((one) => contentOf(document.context.lookup(one))).join('\n');
    if (!resources) return '';
    const fonts = fontsOf(resources);
    return [...text.matchAll(/\/(\w+) [\d.]+ Tf\s*\[([^\]]*)\] TJ/g)]
      .map(([, font = '', shown = '']) =>
        [...shown.matchAll(/<([0-9a-f]*)>/g)]
          .flatMap(([, hex = '']) => codes(hex))
          .map((code) => fonts.get(font)?.get(code) ?? '\u{fffd}')
          .join(''),
      )
      .join('\n');
  });
}
