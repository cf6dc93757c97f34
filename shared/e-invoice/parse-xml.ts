/** Reads XML into plain nodes, within limits. Namespaces are resolved but not compared: Chorus Pro does that. */
import { SaxesParser } from 'saxes';

export interface XmlNode {
  /** Without prefix. */
  name: string;
  /** Without prefixes. */
  attributes: Readonly<Record<string, string>>;
  /** Its own text, trimmed. */
  text: string;
  /** In the file's order. */
  children: readonly XmlNode[];
}

export type Unreadable = 'packed' | 'encoding' | 'doctype' | 'too-deep' | 'too-many' | 'malformed';

export type XmlReading =
  | { kind: 'xml'; root: XmlNode }
  | { kind: 'other-xml'; root: string }
  | { kind: 'not-xml' }
  | { kind: 'unreadable'; why: Unreadable };

/** No invoice needs more; the parser's own time grows with the square of the depth, and with that of the attributes. */
const deepest = 64;
const mostAttributes = 40;
/** Elements and attributes together: 5,000 lines with all that a line can have. */
const mostParts = 300_000;

/** Ends the reading of a file of which enough is known. */
class Stopped extends Error {
  readonly reading: XmlReading;

  constructor(reading: XmlReading) {
    super(reading.kind);
    this.reading = reading;
  }
}

/** @param isKnownRoot of other XML only the beginning is read */
export function parseXml(bytes: Uint8Array, isKnownRoot: (name: string) => boolean): XmlReading {
  const text = decode(bytes);
  if (text === undefined) return hasMarkup(bytes) ? { kind: 'unreadable', why: 'encoding' } : { kind: 'not-xml' };
  if (!/^\s*</.test(text)) return { kind: 'not-xml' };
  // The parser would read all of it first.
  const doctype = doctypeOf(text);
  if (doctype?.toLowerCase() === 'html') return { kind: 'other-xml', root: doctype };
  if (doctype !== undefined) return { kind: 'unreadable', why: 'doctype' };
  try {
    return { kind: 'xml', root: parse(text, isKnownRoot) };
  } catch (error) {
    return error instanceof Stopped ? error.reading : { kind: 'unreadable', why: 'malformed' };
  }
}

/** What a DOCTYPE says of the root, if one comes behind the declaration and the comments that may stand before it. */
function doctypeOf(text: string): string | undefined {
  for (let at = 0; ;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const closing = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (closing === undefined) return /^<!doctype\s*([\w:.-]*)/i.exec(text.slice(at, at + 100))?.[1];
    const end = text.indexOf(closing, at);
    if (end < 0) return undefined;
    at = end + closing.length;
  }
}

interface OpenNode extends XmlNode {
  children: XmlNode[];
}

/** Most elements have neither children nor attributes: these are shared. */
const childless: XmlNode[] = [];
const bare: XmlNode['attributes'] = {};

function addChild(parent: OpenNode, child: XmlNode): void {
  if (parent.children === childless) parent.children = [child];
  else parent.children.push(child);
}

/** @throws Stopped, or Error if the XML is not well-formed */
function parse(text: string, isKnownRoot: (name: string) => boolean): XmlNode {
  const open: OpenNode[] = [];
  let root: XmlNode | undefined;
  let [parts, attributes] = [0, 0];
  const parser = new SaxesParser({ xmlns: true });
  const stop = (why: Unreadable) => {
    throw new Stopped({ kind: 'unreadable', why });
  };
  parser.on('opentagstart', () => {
    attributes = 0;
    parts += 1;
    if (open.length >= deepest) stop('too-deep');
    if (parts > mostParts) stop('too-many');
  });
  parser.on('attribute', () => {
    attributes += 1;
    parts += 1;
    if (attributes > mostAttributes) stop('too-many');
  });
  // The parser cuts each name out of the text: one text for all elements of a name takes less, and compares at once.
  const names = new Map<string, string>();
  parser.on('opentag', ({ name: whole, local: cut, attributes: given }) => {
    const local = names.get(whole) ?? cut;
    if (local === cut) names.set(whole, cut);
    if (open.length === 0 && !isKnownRoot(local)) throw new Stopped({ kind: 'other-xml', root: local });
    const named = Object.values(given).map(({ local: name, value }) => [name, value.trim()] as const);
    const own = named.length > 0 ? Object.fromEntries(named) : bare;
    const node: OpenNode = { name: local, attributes: own, text: '', children: childless };
    const parent = open.at(-1);
    if (parent) addChild(parent, node);
    else root = node;
    open.push(node);
  });
  const append = (part: string) => {
    const node = open.at(-1);
    if (node) node.text += part;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const node = open.pop();
    if (node) node.text = node.text.trim();
  });
  parser.write(text).close();
  if (!root) throw new Error('there is no element');
  return root;
}

/** A ZIP or an image has none at its beginning: it is not XML in a wrong encoding. */
const hasMarkup = (bytes: Uint8Array): boolean =>
  /^(\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?[\s\0]*</.test(Buffer.from(bytes.subarray(0, 400)).toString('latin1'));

const declared = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})["']/;

/** By its first bytes, as XML has it, else by what the file says of itself. */
function decode(bytes: Uint8Array): string | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 400)).toString('latin1');
  const isLittle = /^(\xFF\xFE|<\0)/.test(beginning);
  const isBig = /^(\xFE\xFF|\0<)/.test(beginning);
  const said = declared.exec(beginning)?.[1] ?? 'utf-8';
  // What can be read byte by byte is no UTF-16.
  if (!isLittle && !isBig && /^utf-?16/i.test(said)) return undefined;
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : said;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
