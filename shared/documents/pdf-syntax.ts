/** The syntax of PDF (ISO 32000-1, 7.2 and 7.3): as much of it as finds what a file has inside. */

export type Value = string | number | null | Text | Reference | Value[] | Dictionary;
export type Dictionary = ReadonlyMap<string, Value>;
/** A string object. A name is a plain string, without its slash. */
interface Text {
  text: string;
}
export interface Reference {
  object: number;
}

export const isDictionary = (value: Value | undefined): value is Dictionary => value instanceof Map;
export const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null && 'object' in value;

type Token = '<<' | '>>' | '[' | ']' | 'name' | 'text' | 'hex' | 'word' | 'end';

/** A table is read faster than a set, and every byte of a file may have to be looked up. */
const tableOf = (characters: string): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => Number(characters.includes(String.fromCharCode(code))));
const spaces = tableOf('\0\t\n\f\r ');
const delimiters = tableOf('()<>[]{}/%');
const [open, close, escape, less, greater, slash, percent, bracket, unbracket] = Buffer.from('()\\<>/%[]');

export const isSpace = (byte: number | undefined): boolean => byte !== undefined && spaces[byte] === 1;

/** How many more tokens of a file become values, each of which takes far more memory than in the file. */
export interface TokensLeft {
  count: number;
}

/** All that tells what is embedded in a file, many times over. */
export const mostTokens = (): TokensLeft => ({ count: 500_000 });

/** Goes over the tokens of a file without copying it: `start` and `end` are those of the last token. */
export class Tokens {
  start = 0;
  private readonly bytes: Buffer;
  private readonly left: TokensLeft | undefined;
  end: number;

  /** @param left none to look only where something ends */
  constructor(bytes: Buffer, at: number, left?: TokensLeft) {
    this.bytes = bytes;
    this.end = at;
    this.left = left;
  }

  next(): Token {
    if (this.left && --this.left.count < 0) return 'end';
    this.skipSpace();
    const { bytes, start } = this;
    const first = bytes[start];
    const second = bytes[start + 1];
    if (first === undefined) return 'end';
    if (first === less && second === less) return this.ends(start + 2, '<<');
    if (first === greater && second === greater) return this.ends(start + 2, '>>');
    if (first === less) return this.ends(this.after('>'), 'hex');
    if (first === open) return this.ends(this.afterText(), 'text');
    if (first === slash) return this.ends(this.afterWord(start + 1), 'name');
    if (delimiters[first] === 1)
      return this.ends(start + 1, first === bracket ? '[' : first === unbracket ? ']' : 'word');
    return this.ends(this.afterWord(start + 1), 'word');
  }

  slice(): string {
    return this.bytes.toString('latin1', this.start, this.end);
  }

  private ends(end: number, token: Token): Token {
    this.end = end;
    return end > this.bytes.length ? 'end' : token;
  }

  private after(what: string): number {
    const found = this.bytes.indexOf(what, this.start, 'latin1');
    return found < 0 ? this.bytes.length + 1 : found + what.length;
  }

  private skipSpace(): void {
    const { bytes } = this;
    let at = this.end;
    for (;;) {
      if (isSpace(bytes[at])) at += 1;
      else if (bytes[at] === percent) while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
      else break;
    }
    this.start = at;
  }

  private afterWord(at: number): number {
    let end = at;
    for (let byte = this.bytes[end]; byte !== undefined; byte = this.bytes[end]) {
      if (spaces[byte] === 1 || delimiters[byte] === 1) break;
      end += 1;
    }
    return end;
  }

  private afterText(): number {
    let depth = 0;
    for (let at = this.start; at < this.bytes.length; at += 1) {
      const byte = this.bytes[at];
      if (byte === escape) at += 1;
      else if (byte === open) depth += 1;
      else if (byte === close && --depth === 0) return at + 1;
    }
    return this.bytes.length + 1;
  }
}

/** @returns where the dictionary or array that starts here ends; `lost`: where the `obj` is that it runs into */
export function endOfValue(bytes: Buffer, at: number): { end: number } | { lost: number } | 'cut-off' {
  const tokens = new Tokens(bytes, at);
  let depth = 0;
  for (;;) {
    const token = tokens.next();
    if (token === 'end') return 'cut-off';
    if (token === '<<' || token === '[') depth += 1;
    else if (token === '>>' || token === ']') depth -= 1;
    // A dictionary that does not end must not hide the next object.
    else if (token === 'word' && tokens.end - tokens.start > 2 && /^(end)?obj$/.test(tokens.slice()))
      return { lost: tokens.end - 3 };
    if (depth <= 0) return { end: tokens.end };
  }
}

const deepest = 64;

/** No name of a file is as long. */
const isLong = ({ start, end }: Tokens): boolean => end - start > 10_000;

/** Reads the value that begins with the next token. What is nested too deeply reads as null. */
export function readValue(tokens: Tokens, token: Token = tokens.next(), depth = 0): Value {
  switch (token) {
    case '<<':
      return depth > deepest ? skip(tokens) : dictionaryOf(readAll(tokens, '>>', depth));
    case '[':
      return depth > deepest ? skip(tokens) : readAll(tokens, ']', depth);
    case 'name':
      return tokens.slice().slice(1);
    case 'text':
      return { text: isLong(tokens) ? '' : textOf(literal(tokens.slice().slice(1, -1))) };
    case 'hex':
      return {
        text: isLong(tokens) ? '' : textOf(Buffer.from(tokens.slice().replace(/[^\dA-Fa-f]/g, ''), 'hex')),
      };
    case 'word': {
      const number = Number(tokens.slice());
      return Number.isFinite(number) ? number : null;
    }
    case '>>':
    case ']':
    case 'end':
      return null;
  }
}

/** Goes on behind the value that has just begun. */
function skip(tokens: Tokens): null {
  for (let depth = 1; depth > 0;) {
    const token = tokens.next();
    if (token === 'end') break;
    if (token === '<<' || token === '[') depth += 1;
    else if (token === '>>' || token === ']') depth -= 1;
  }
  return null;
}

function readAll(tokens: Tokens, closing: Token, depth: number): Value[] {
  const values: Value[] = [];
  for (let token = tokens.next(); token !== closing && token !== 'end'; token = tokens.next()) {
    const isReferring = token === 'word' && tokens.slice() === 'R';
    const object = isReferring ? values.splice(-2)[0] : undefined;
    values.push(typeof object === 'number' ? { object } : readValue(tokens, token, depth + 1));
  }
  return values;
}

function dictionaryOf(values: readonly Value[]): Dictionary {
  const dictionary = new Map<string, Value>();
  for (let i = 0; i + 1 < values.length; i += 2) {
    const [key, value] = [values[i], values[i + 1]];
    if (typeof key === 'string' && value !== undefined) dictionary.set(key, value);
  }
  return dictionary;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const literal = (raw: string): Buffer =>
  Buffer.from(
    raw.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, code: string) =>
      /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8) & 0xff) : (escapes[code] ?? code.trim()),
    ),
    'latin1',
  );

/** UTF-16 if it says so, else bytes as Latin-1 has them, which is near enough to find a name. */
const textOf = (bytes: Buffer): string =>
  bytes[0] === 0xfe && bytes[1] === 0xff
    ? new TextDecoder('utf-16be').decode(bytes.subarray(2))
    : bytes.toString('latin1');
