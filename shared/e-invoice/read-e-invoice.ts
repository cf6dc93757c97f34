/** Reads an e-invoice by its syntax's table. */
import { cii } from './cii.ts';
import { parseXml, type Unreadable, type XmlNode } from './parse-xml.ts';
import type { ElementRow, FixedRow, Row, Syntax, TermRow } from './syntax.ts';
import { first, terms, type Term, type Values } from './terms.ts';
import { ubl } from './ubl.ts';

const syntaxes = { cii, ubl } as const satisfies Record<string, Syntax>;
export type SyntaxName = keyof typeof syntaxes;

export interface EInvoice {
  syntax: SyntaxName;
  /** The name of the root element: UBL has one for credit notes. */
  root: string;
  values: Values;
  /** The first places with values that the table does not know, each once. They are no fault by themselves. */
  notRead: readonly string[];
  /** The first places of elements with nothing inside, each once. */
  empty: readonly string[];
  /** Dates that can be read, but are written in ISO form where the syntax has another, each term once. */
  isoDates: readonly Term[];
}

export type EInvoiceReading =
  | { kind: 'invoice'; invoice: EInvoice }
  | { kind: 'other-xml'; root: string }
  | { kind: 'not-xml' }
  | { kind: 'unreadable'; why: Unreadable };

const syntaxOfRoot = new Map<string, SyntaxName>([
  ...cii.roots.map((root) => [root, 'cii'] as const),
  ...ubl.roots.map((root) => [root, 'ubl'] as const),
]);

/** Reads an e-invoice to its end, so that a fault there is noticed too; of other XML only the beginning. */
export function readEInvoice(bytes: Uint8Array): EInvoiceReading {
  const reading = parseXml(bytes, (name) => syntaxOfRoot.has(name));
  if (reading.kind !== 'xml') return reading;
  const { root } = reading;
  const syntax = syntaxOfRoot.get(root.name);
  if (!syntax) return { kind: 'other-xml', root: root.name };
  const reader = new TableReader(syntaxes[syntax]);
  reader.read(root, syntaxes[syntax].rows, reader.invoice);
  const { invoice: values } = reader;
  const [notRead, empty] = placesOf(root, [(node) => reader.isLeft(node), (node) => reader.isEmpty(node)]);
  return {
    kind: 'invoice',
    invoice: { syntax, root: root.name, values, notRead, empty, isoDates: [...reader.isoDates] },
  };
}

/** More than a person reads; and a file that was made to keep us busy has names of megabytes. */
const mostPlaces = 1_000;
const longestPlace = 1_000;

type Kind = (node: XmlNode) => boolean;

/** The first places of the elements of each kind, each place once. They are gone over once, since there are many. */
function placesOf(root: XmlNode, [one, other]: readonly [Kind, Kind]): [string[], string[]] {
  const kinds = [
    { isMeant: one, places: new Set<string>() },
    { isMeant: other, places: new Set<string>() },
  ] as const;
  const visit = (node: XmlNode, path: string) => {
    for (const { isMeant, places } of kinds) if (places.size < mostPlaces && isMeant(node)) places.add(path);
    for (const child of node.children) {
      const place = path === '' ? child.name : `${path}/${child.name}`;
      if (place.length <= longestPlace) visit(child, place);
    }
  };
  visit(root, '');
  return [[...kinds[0].places], [...kinds[1].places]];
}

/** "ram:Name" and "cac:InvoiceLine|cac:CreditNoteLine" as the names that they stand for, step by step. */
const steps = (path: string): string[][] =>
  path === '.' ? [] : path.split('/').map((step) => step.split('|').map((name) => name.replace(/^\w+:/, '')));
const stepsOf = new Map<string, string[][]>();

/** The elements at a path, in the file's order. */
function elementsAt(node: XmlNode, path: string): readonly XmlNode[] {
  let parsed = stepsOf.get(path);
  if (!parsed) stepsOf.set(path, (parsed = steps(path)));
  let found: readonly XmlNode[] = [node];
  for (const names of parsed) {
    const [only] = found;
    found = found.length === 1 && only ? childrenOf(only, names) : found.flatMap((one) => childrenOf(one, names));
  }
  return found;
}

const none: readonly XmlNode[] = [];

/** Mostly no child has the name: nothing is made for that. */
function childrenOf({ children }: XmlNode, names: readonly string[]): readonly XmlNode[] {
  return children.some(({ name }) => names.includes(name)) ? children.filter(({ name }) => names.includes(name)) : none;
}

class TableReader {
  readonly invoice: Values = {};
  /** Elements whose value was read: each belongs to one row only. */
  private readonly taken = new Set<XmlNode>();
  /** Elements that the syntax demands, even with nothing inside. */
  private readonly demanded = new Set<XmlNode>();
  readonly isoDates = new Set<Term>();
  private readonly syntax: Syntax;

  constructor(syntax: Syntax) {
    this.syntax = syntax;
  }

  read(node: XmlNode, rows: readonly Row[], values: Values): void {
    for (const row of rows) {
      if ('is' in row) this.readFixed(node, row, values);
      else if ('term' in row) for (const element of elementsAt(node, row.path)) this.readTerm(element, row, values);
      else for (const element of elementsAt(node, row.path)) this.readElement(element, row, values);
    }
  }

  private readFixed(node: XmlNode, { path, is, otherwise }: FixedRow, values: Values): void {
    const found = elementsAt(node, path);
    if (otherwise && found.length === 0) push(values, otherwise, '');
    for (const element of found) {
      this.taken.add(element);
      if (otherwise && element.text !== is) push(values, otherwise, element.text);
    }
  }

  private readElement(element: XmlNode, { group, rows, always }: ElementRow, values: Values): void {
    if (always) this.demanded.add(element);
    if (this.taken.has(element) || !rows.every((row) => !('is' in row) || isMeant(element, row))) return;
    // An element that is told apart by a fixed value belongs to one row only; any other is looked into again.
    if (group || rows.some((row) => 'is' in row)) this.taken.add(element);
    if (!group) {
      this.read(element, rows, values);
      return;
    }
    const own: Values = {};
    this.read(element, rows, own);
    (values[group] ??= []).push(own);
  }

  private readTerm(element: XmlNode, row: TermRow, around: Values): void {
    // A group's own text is taken with the group.
    if (row.path !== '.' && this.taken.has(element)) return;
    const { text, attributes } = element;
    const fits = Object.entries(row.attributes).every(([name, attribute]) => {
      const given = attributes[name] ?? '';
      if ('is' in attribute) return given === attribute.is;
      if ('sameAs' in attribute) return isSame(given, first(this.invoice, attribute.sameAs), attribute.needed);
      return attribute.given === 'maybe' || (given !== '') === (attribute.given === 'needed');
    });
    if (!fits) return;
    this.taken.add(element);
    if (text === '') return;
    const values = row.ofInvoice ? this.invoice : around;
    if (row.ofInvoice && values[row.term]?.at(-1) === text) return;
    const { subject, note } = row.subject ? noteOf(text) : { note: text };
    if (row.subject && subject) push(values, row.subject, subject);
    push(values, row.term, terms[row.term].kind === 'date' ? this.dateOf(note, row.term) : note);
    for (const [name, attribute] of Object.entries(row.attributes))
      if ('term' in attribute) align(values, row.term, attribute.term, attributes[name] ?? '');
  }

  private dateOf(text: string, name: Term): string {
    if (!this.syntax.hasIsoDates && /^\d{4}-\d\d-\d\d/.test(text)) this.isoDates.add(name);
    return this.syntax.readDate(text);
  }

  /** Whether an element has a value that no row took. */
  isLeft(node: XmlNode): boolean {
    return node.text !== '' && !this.taken.has(node);
  }

  /** Whether an element has nothing inside, though the syntax does not demand it so. */
  isEmpty(node: XmlNode): boolean {
    return node.text === '' && node.children.length === 0 && !this.demanded.has(node);
  }
}

const push = (values: Values, name: Term, value: string) => (values[name] ??= []).push(value);

/** Adds the attribute of the value that was pushed last. */
function align(values: Values, name: Term, attribute: Term, given: string): void {
  if (given === '' && !values[attribute]) return;
  const before = (values[name]?.length ?? 1) - 1;
  (values[attribute] ??= Array.from({ length: before }, () => '')).push(given);
}

const isSame = (given: string, expected: string | undefined, needed = false): boolean =>
  given === expected || (!needed && (given === '' || expected === undefined));

function isMeant(element: XmlNode, { path, is, needed = false, otherwise }: FixedRow): boolean {
  const found = otherwise ? [] : elementsAt(element, path);
  return found.length === 0 ? !needed : found.every(({ text }) => text === is);
}

/** "#AAB#No discount." has the subject AAB. */
function noteOf(text: string): { subject?: string; note: string } {
  const [, subject, note] = /^#(\w{3})#(.*)$/s.exec(text) ?? [];
  return subject === undefined || note === undefined ? { note: text } : { subject, note: note.trim() };
}
