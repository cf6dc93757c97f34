/** The objects of a PDF that say whether it is locked, and what is embedded in it. */
import {
  endOfValue,
  isDictionary,
  isReference,
  isSpace,
  mostTokens,
  readValue,
  Tokens,
  type Dictionary,
  type Value,
} from './pdf-syntax.ts';

/** An object of a kind that matters here. */
export interface PdfObject {
  number: number;
  type: Value | undefined;
  value: Value;
  stream: Buffer | undefined;
}

export interface Scanned {
  /** Also the dictionaries of cross-reference streams, which take the place of trailers. */
  trailers: Dictionary[];
  objects: PdfObject[];
}

/** More than any invoice has in 10 MB: a file with more was made to keep us busy. */
const mostObjects = 100_000;

/** Names that an object must contain to be of interest here; all others are passed over. */
const telling = ['/EF', '/Catalog'] as const;

/**
 * Goes over the objects of a file from the first to the last, as readers do that repair a file: a wrong cross-reference
 * table, one in a stream, or none makes no difference. What is inside a stream is not taken for a part of the file.
 */
export function scan(bytes: Buffer, start: number): Scanned {
  const scanned: Scanned = { trailers: [], objects: [] };
  const keywords = new Keywords(bytes);
  const lengths = lengthsOf(bytes);
  const [left, leftForTrailers] = [mostTokens(), mostTokens()];
  let tail: number | undefined = tailOf(bytes);
  let at = start;
  for (let count = 1; ; count += 1) {
    const found = keywords.next(at);
    if (!found) return scanned;
    at = found.end;
    const value = count === mostObjects ? 'cut-off' : endOfValue(bytes, at);
    if (value === 'cut-off') {
      // A string without its end, perhaps: what matters most stands at the end of the file, and is looked at once.
      if (tail === undefined || tail <= at) return scanned;
      at = tail;
      tail = undefined;
      continue;
    }
    if ('lost' in value) {
      at = value.lost;
      continue;
    }
    if (found.number === undefined) {
      const trailer = readValue(new Tokens(bytes, at, leftForTrailers));
      if (isDictionary(trailer)) scanned.trailers.push(trailer);
      at = value.end;
      continue;
    }
    const begins = streamStart(bytes, value.end);
    const isTelling = telling.some((name) => bytes.subarray(at, value.end).includes(name));
    if (begins === undefined && !isTelling) {
      at = value.end;
      continue;
    }
    const content = readValue(new Tokens(bytes, at, left));
    const dictionary = isDictionary(content) ? content : undefined;
    const ends = begins === undefined ? undefined : streamEnd(bytes, begins, dictionary?.get('Length'), lengths);
    const type = dictionary?.get('Type');
    if (type === 'XRef' && dictionary) scanned.trailers.push(dictionary);
    const stream = begins === undefined ? undefined : bytes.subarray(begins, ends ?? bytes.length);
    scanned.objects.push({ number: found.number, type, value: content, stream });
    // Without its end, nothing behind it can be told from its content.
    if (begins !== undefined && ends === undefined) return scanned;
    at = ends ?? value.end;
  }
}

/** Where the last trailer is, or the last cross-reference stream. */
function tailOf(bytes: Buffer): number {
  const startxref = bytes.lastIndexOf('startxref', undefined, 'latin1');
  const offset = /^startxref\s+(\d{1,10})/.exec(bytes.toString('latin1', startxref, startxref + 30))?.[1];
  return Math.max(bytes.lastIndexOf('trailer', undefined, 'latin1'), startxref < 0 ? -1 : Number(offset ?? -1));
}

/** Finds `12 0 obj` and `trailer`, each place once. */
class Keywords {
  private readonly bytes: Buffer;
  private object = -1;
  private trailer = -1;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** @returns where the keyword ends, and the object's number */
  next(from: number): { end: number; number?: number } | undefined {
    const { bytes } = this;
    for (let at = from; ; at = this.object + 3) {
      if (this.object < at) this.object = indexOf(bytes, 'obj', at);
      if (this.trailer < at) this.trailer = indexOf(bytes, 'trailer', at);
      if (this.trailer < this.object) return { end: this.trailer + 7 };
      if (this.object === Infinity) return undefined;
      const number = numberBefore(bytes, this.object);
      if (number !== undefined) return { end: this.object + 3, number };
    }
  }
}

const indexOf = (bytes: Buffer, what: string, from: number): number => {
  const found = bytes.indexOf(what, from, 'latin1');
  return found < 0 ? Infinity : found;
};

/** `12 0 obj`: the object's number stands before its generation. */
function numberBefore(bytes: Buffer, at: number): number | undefined {
  const number = /(?:^|\D)(\d{1,10})\s+\d{1,5}\s+$/.exec(bytes.toString('latin1', Math.max(0, at - 24), at))?.[1];
  return number === undefined ? undefined : Number(number);
}

function streamStart(bytes: Buffer, from: number): number | undefined {
  const tokens = new Tokens(bytes, from);
  if (tokens.next() !== 'word' || tokens.slice() !== 'stream') return undefined;
  const at = tokens.end;
  if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) return at + 2;
  return at + (isSpace(bytes[at]) ? 1 : 0);
}

/** A stream may have any bytes in it, also a whole other PDF: its length says where it ends, if that is true. */
function streamEnd(
  bytes: Buffer,
  start: number,
  length: Value | undefined,
  lengths: (object: number) => readonly number[],
): number | undefined {
  const possible = typeof length === 'number' ? [length] : isReference(length) ? lengths(length.object) : [];
  for (const one of possible) {
    const behind = bytes.toString('latin1', start + one, start + one + 12);
    if (/^\s{0,3}endstream/.test(behind)) return start + one;
  }
  const end = bytes.indexOf('endstream', start, 'latin1');
  return end < 0 ? undefined : end;
}

/** The whole numbers that are objects of their own, found when the first is asked for. */
function lengthsOf(bytes: Buffer): (object: number) => readonly number[] {
  let found: Map<number, number[]> | undefined;
  const all = (): Map<number, number[]> => {
    const numbers = new Map<number, number[]>();
    let left = mostObjects;
    for (let at = bytes.indexOf('obj'); at >= 0 && left > 0; at = bytes.indexOf('obj', at + 3)) {
      const value = /^\s*(\d{1,8})\s+endobj/.exec(bytes.toString('latin1', at + 3, at + 24))?.[1];
      const number = value === undefined ? undefined : numberBefore(bytes, at);
      if (number === undefined) continue;
      numbers.set(number, [...(numbers.get(number) ?? []).slice(-9), Number(value)]);
      left -= 1;
    }
    return numbers;
  };
  return (object) => (found ??= all()).get(object) ?? [];
}
