/** What a file is by its first bytes, and which extensions of Chorus Pro's list may have that content. */

/** How each kind of content is named to a person. */
export const contents = {
  pdf: { fr: 'un PDF', en: 'a PDF' },
  png: { fr: 'une image PNG', en: 'a PNG image' },
  jpeg: { fr: 'une image JPEG', en: 'a JPEG image' },
  gif: { fr: 'une image GIF', en: 'a GIF image' },
  bmp: { fr: 'une image BMP', en: 'a BMP image' },
  tiff: { fr: 'une image TIFF', en: 'a TIFF image' },
  zip: { fr: 'une archive ZIP ou un document Office récent', en: 'a ZIP archive or a recent Office document' },
  ole: { fr: 'un document Office ancien ou protégé', en: 'an old or protected Office document' },
  gzip: { fr: 'une archive GZIP', en: 'a GZIP archive' },
  bzip2: { fr: 'une archive BZIP2', en: 'a BZIP2 archive' },
  rtf: { fr: 'un document RTF', en: 'an RTF document' },
  markup: { fr: 'un fichier XML ou HTML', en: 'an XML or HTML file' },
  other: { fr: 'd’un autre type', en: 'of another kind' },
} as const;

export type Content = keyof typeof contents;

/** The first bytes of each kind, as Latin-1. They are chosen so that a text does not begin so by chance. */
const beginnings: readonly (readonly [Content, RegExp])[] = [
  ['pdf', /^%PDF-/],
  ['png', /^\x89PNG\r\n\x1A\n/],
  ['jpeg', /^\xFF\xD8\xFF/],
  ['gif', /^GIF8[79]a/],
  ['bmp', /^BM[\s\S]{4}\0{4}/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['zip', /^PK(\x03\x04|\x05\x06|\x07\x08)/],
  ['ole', /^\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1/],
  ['gzip', /^\x1F\x8B/],
  ['bzip2', /^BZh[1-9]/],
  ['rtf', /^\{\\rt/],
  // With or without a byte order mark, and in UTF-16 too.
  ['markup', /^(\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?(\s|\0)*</],
];

export const contentOf = (bytes: Uint8Array): Content => {
  const beginning = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  return beginnings.find(([, pattern]) => pattern.test(beginning))?.[0] ?? 'other';
};

/** Programs write tables and letters as HTML, RTF or text under the names of old Office, which opens them. */
const oldOffice: readonly Content[] = ['ole', 'markup', 'rtf', 'other'];
const text: readonly Content[] = ['other', 'markup'];

/** PDF is not here: it is looked into (pdf.ts). What is not here has no content of its own: FAX. */
const fitting: Readonly<Record<string, readonly Content[]>> = {
  PNG: ['png'],
  JPG: ['jpeg'],
  JPEG: ['jpeg'],
  GIF: ['gif'],
  BMP: ['bmp'],
  TIF: ['tiff'],
  TIFF: ['tiff'],
  ZIP: ['zip'],
  DOCX: ['zip'],
  XLSX: ['zip'],
  PPTX: ['zip'],
  ODT: ['zip'],
  ODS: ['zip'],
  ODP: ['zip'],
  DOC: oldOffice,
  XLS: oldOffice,
  XLC: oldOffice,
  XLM: oldOffice,
  PPT: oldOffice,
  PPS: oldOffice,
  GZ: ['gzip'],
  GZIP: ['gzip'],
  TGZ: ['gzip'],
  BZ2: ['bzip2'],
  RTF: ['rtf'],
  XML: ['markup'],
  SVG: ['markup'],
  XHTML: ['markup'],
  HTM: text,
  HTML: text,
  CSV: text,
  TXT: text,
  P7S: ['other'],
};

/** @param extension in capitals, without its point */
export const contentFits = (content: Content, extension: string): boolean =>
  fitting[extension]?.includes(content) ?? true;
