/**
 * Looks into a PDF: whether it is whole and open to everyone, and which files are embedded in it. The work is bounded:
 * each byte is read a few times at most, and only so much is inflated.
 */
import { constants, inflateSync } from 'node:zlib';
import { scan, type PdfObject } from './pdf-objects.ts';
import {
  isDictionary,
  isReference,
  isSpace,
  mostTokens,
  readValue,
  Tokens,
  type Dictionary,
  type TokensLeft,
  type Value,
} from './pdf-syntax.ts';

export type Pdf = { kind: 'no-pdf' | 'cut-off' | 'locked' } | { kind: 'whole'; embedded(): EmbeddedFile[] };

interface EmbeddedFile {
  name: string;
  /** Its content, unless it is missing, too large, or compressed in another way than by Flate. */
  read(): Buffer | undefined;
}

/** Readers accept the header and the end of a file this far from its first and last byte. [ISO 32000-1, annex H] */
const margin = 1_024;
/** Of one stream, and of all object streams of a file. */
const mostInflated = { stream: 10_000_000, file: 40_000_000 } as const;

/** @param given the whole file, 10 MB at most */
export function readPdf(given: Uint8Array): Pdf {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const start = bytes.subarray(0, margin + 5).indexOf('%PDF-');
  if (start < 0) return { kind: 'no-pdf' };
  const { trailers, objects } = scan(bytes, start);
  if (trailers.some((trailer) => (trailer.get('Encrypt') ?? null) !== null)) return { kind: 'locked' };
  const hasCatalogue =
    trailers.some((trailer) => isReference(trailer.get('Root'))) || objects.some(({ type }) => type === 'Catalog');
  return hasCatalogue && hasEnd(bytes) && !isShort(bytes, start)
    ? { kind: 'whole', embedded: () => embeddedIn(objects) }
    : { kind: 'cut-off' };
}

/** Some programs fill the file up with zeros or empty lines. */
function hasEnd(bytes: Buffer): boolean {
  const marker = bytes.lastIndexOf('%%EOF');
  let end = bytes.length;
  while (isSpace(bytes[end - 1])) end -= 1;
  return marker >= 0 && end - marker <= margin + 5;
}

/** A file made for the web has an end marker near its beginning too, but says how long it is. */
function isShort(bytes: Buffer, start: number): boolean {
  const header = /\/Linearized\b[^>]*\/L\s+(\d{1,10})/.exec(bytes.toString('latin1', start, start + margin));
  return header !== null && Number(header[1]) > bytes.length;
}

/** The last object of a number counts: a file may have been changed by adding to it. */
function embeddedIn(objects: readonly PdfObject[]): EmbeddedFile[] {
  const current = new Map(objects.map((object) => [object.number, object]));
  let left: number = mostInflated.file;
  const tokensLeft = mostTokens();
  const values = [...current.values()].flatMap(({ type, value, stream }) => {
    if (!stream) return [value];
    if (type !== 'ObjStm') return [];
    const limit = Math.min(left, mostInflated.stream);
    const content = contentOf(value, stream, limit);
    left -= content?.length ?? limit;
    return content?.includes('/EF') ? valuesIn(content, value, tokensLeft) : [];
  });
  return values.flatMap(fileSpecifications).map(({ name, object }) => ({
    name,
    read: () => {
      const file = object === undefined ? undefined : current.get(object);
      return file?.stream && contentOf(file.value, file.stream, mostInflated.stream);
    },
  }));
}

/** What is compressed line by line, as images are: no XML is. */
function isPredicted(dictionary: Dictionary): boolean {
  const parameters = dictionary.get('DecodeParms') ?? null;
  const [first = null] = Array.isArray(parameters) ? parameters : [parameters];
  const predictor = isDictionary(first) ? first.get('Predictor') : undefined;
  return typeof predictor === 'number' && predictor > 1;
}

function contentOf(dictionary: Value, stream: Buffer, maxOutputLength: number): Buffer | undefined {
  if (!isDictionary(dictionary)) return undefined;
  const filter = dictionary.get('Filter') ?? null;
  const [only = null, ...more] = Array.isArray(filter) ? filter : [filter];
  if (only === null) return stream;
  const isFlate = (only === 'FlateDecode' || only === 'Fl') && more.length === 0 && !isPredicted(dictionary);
  if (!isFlate || maxOutputLength <= 0) return undefined;
  try {
    return inflateSync(stream, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** The objects in an object stream: first their numbers and places, then one value after the other. */
function valuesIn(content: Buffer, dictionary: Value, left: TokensLeft): Value[] {
  const first = isDictionary(dictionary) ? dictionary.get('First') : undefined;
  const tokens = new Tokens(content, typeof first === 'number' ? first : 0, left);
  const values: Value[] = [];
  for (let token = tokens.next(); token !== 'end'; token = tokens.next()) values.push(readValue(tokens, token));
  return values;
}

interface FileSpecification {
  name: string;
  /** The number of the object that has the file. */
  object: number | undefined;
}

/** File specifications stand alone, or inside the tree of names or a list of associated files. */
function fileSpecifications(value: Value): FileSpecification[] {
  if (Array.isArray(value)) return value.flatMap(fileSpecifications);
  if (!isDictionary(value)) return [];
  if (!value.has('EF')) return [...value.values()].flatMap(fileSpecifications);
  const files = value.get('EF');
  const file = isDictionary(files) ? [files.get('F'), files.get('UF')].find(isReference) : undefined;
  return [{ name: nameOf(value.get('UF')) ?? nameOf(value.get('F')) ?? '', object: file?.object }];
}

const nameOf = (value: Value | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'text' in value ? value.text : undefined;
