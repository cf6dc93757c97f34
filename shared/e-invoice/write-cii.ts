/** Writes an invoice as CII, by the same table by which it is read. */
import { cii } from './cii.ts';
import type { AttributeRow, ElementRow, FixedRow, Row, TermRow } from './syntax.ts';
import { first, terms, type Values } from './terms.ts';

/** An element to be written. `filled`: it has a value of the invoice somewhere inside, not only fixed ones. */
interface Written {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: string | readonly Written[];
  filled: boolean;
}

const standard = 'urn:un:unece:uncefact:data:standard';
const namespaces = {
  'xmlns:rsm': `${standard}:CrossIndustryInvoice:100`,
  'xmlns:ram': `${standard}:ReusableAggregateBusinessInformationEntity:100`,
  'xmlns:qdt': `${standard}:QualifiedDataType:100`,
  'xmlns:udt': `${standard}:UnqualifiedDataType:100`,
};

/** UNTDID 2379: a year, a month and a day, without anything between them. */
const dateFormat = { format: '102' };

/**
 * @param invoice its texts have no characters that XML forbids
 * @returns the XML in UTF-8
 */
export function writeCii(invoice: Values): Buffer {
  const [root = ''] = cii.roots;
  const content = written(cii.rows, invoice, invoice);
  const document = textOf({ name: `rsm:${root}`, attributes: namespaces, content, filled: true }, '');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${document}`);
}

const written = (rows: readonly Row[], values: Values, invoice: Values): Written[] =>
  rows.flatMap((row) => {
    if ('is' in row) return [fixedElement(row)];
    return 'term' in row ? termElements(row, values, invoice) : elements(row, values, invoice);
  });

const fixedElement = ({ path, is }: FixedRow): Written => nested(path, { attributes: {}, content: is, filled: false });

function termElements(row: TermRow, around: Values, invoice: Values): Written[] {
  if (row.alternative) return [];
  const values = row.ofInvoice ? invoice : around;
  const isDate = terms[row.term].kind === 'date';
  return (values[row.term] ?? []).flatMap((value, i) => {
    const attributes: Record<string, string> = isDate ? { ...dateFormat } : {};
    for (const [name, attribute] of Object.entries(row.attributes)) {
      const given = attributeValue(attribute, values, i, invoice);
      if ('given' in attribute && attribute.given !== 'maybe' && (given !== '') !== (attribute.given === 'needed'))
        return [];
      if (given !== '') attributes[name] = given;
    }
    return [nested(row.path, { attributes, content: isDate ? value.replaceAll('-', '') : value, filled: true })];
  });
}

function attributeValue(attribute: AttributeRow, values: Values, i: number, invoice: Values): string {
  if ('is' in attribute) return attribute.is;
  return ('sameAs' in attribute ? first(invoice, attribute.sameAs) : values[attribute.term]?.[i]) ?? '';
}

/** An element that would have nothing but fixed values is left out, unless the syntax demands it. */
const elements = ({ path, group, rows, always }: ElementRow, values: Values, invoice: Values): Written[] =>
  (group ? (values[group] ?? []) : [values]).flatMap((own) => {
    const content = written(rows, own, invoice);
    return always || content.some(({ filled }) => filled)
      ? [nested(path, { attributes: {}, content, filled: true })]
      : [];
  });

/** The element at the end of a path, in those that lead there. */
function nested(path: string, innermost: Omit<Written, 'name'>): Written {
  const [last = '', ...around] = path.split('/').reverse();
  return around.reduce<Written>(
    (inside, name) => ({ name, attributes: {}, content: [inside], filled: inside.filled }),
    { name: last, ...innermost },
  );
}

function textOf({ name, attributes, content }: Written, indent: string): string {
  const given = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`);
  const inside =
    typeof content === 'string'
      ? escaped(content)
      : `\n${content.map((child) => textOf(child, `${indent}  `)).join('')}${indent}`;
  return `${indent}<${name}${given.join('')}>${inside}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
