import fc from 'fast-check';
import { cii } from '../../shared/e-invoice/cii.ts';
import type { Row, TermRow } from '../../shared/e-invoice/syntax.ts';
import { groupNames, termNames, terms, type TermKind, type Values } from '../../shared/e-invoice/terms.ts';

/** Invoices with any terms that CII can have, made from its table. Their sums do not add up. */

const inUnits = (units: fc.Arbitrary<number>, digits: number) => units.map((n) => (n / 10 ** digits).toFixed(digits));
const dates = { min: new Date('2017-01-01'), max: new Date('2035-12-31'), noInvalidDate: true };

const kinds: Readonly<Record<TermKind, fc.Arbitrary<string>>> = {
  text: fc.stringMatching(/^[A-Za-zÀ-ÿ0-9&<>"'’€]{1,12}$/),
  identifier: fc.stringMatching(/^[A-Z0-9/_-]{1,12}$/),
  code: fc.stringMatching(/^[A-Z0-9]{1,3}$/),
  date: fc.date(dates).map((date) => date.toISOString().slice(0, 10)),
  amount: inUnits(fc.integer({ min: -9_999_999, max: 9_999_999 }), 2),
  price: inUnits(fc.nat(9_999_999), 4),
  quantity: inUnits(fc.integer({ min: -99_999, max: 99_999 }), 3),
  rate: fc.constantFrom('20', '10', '5.5', '2.1', '0'),
  file: fc.base64String({ minLength: 4, maxLength: 40 }),
};

/** A term with one value, and its attributes. */
function valueOf({ term, attributes }: TermRow): fc.Arbitrary<Values> {
  const given = Object.values(attributes).flatMap((attribute): fc.Arbitrary<Values>[] => {
    if (!('term' in attribute)) return [];
    const absent = fc.constant('');
    const value = { never: absent, needed: kinds.code, maybe: fc.oneof(absent, kinds.code) }[attribute.given];
    return [value.map((one) => ({ [attribute.term]: [one] }))];
  });
  return merged([kinds[terms[term].kind].map((value) => ({ [term]: [value] })), ...given]);
}

/** The values of several parts together; of a term that two of them have, the values of both. */
const merged = (parts: readonly fc.Arbitrary<Values>[]): fc.Arbitrary<Values> =>
  fc.tuple(...parts).map((several) => {
    const all: Values = {};
    for (const part of several) {
      for (const term of termNames) if (part[term]) all[term] = [...(all[term] ?? []), ...part[term]];
      for (const group of groupNames) if (part[group]) all[group] = [...(all[group] ?? []), ...part[group]];
    }
    return all;
  });

/** An attribute that no value of its term has is not a key. */
function tidy(values: Values): Values {
  const kept: Values = {};
  for (const term of termNames) {
    const list = values[term];
    if (list?.some((value) => value !== '')) kept[term] = list;
  }
  for (const group of groupNames) if (values[group]) kept[group] = values[group];
  return kept;
}

const sometimes = (values: fc.Arbitrary<Values>): fc.Arbitrary<Values> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: values });

const partOf = (row: Row): fc.Arbitrary<Values> => {
  if ('is' in row || 'alternative' in row) return fc.constant({});
  if ('term' in row) return row.ofInvoice ? fc.constant({}) : sometimes(valueOf(row));
  const inside = merged(row.rows.map(partOf));
  const { group } = row;
  if (!group) return inside;
  const filled = inside.map(tidy).filter((values) => Object.keys(values).length > 0);
  return fc.array(filled, { maxLength: 2 }).map((list) => (list.length > 0 ? { [group]: list } : {}));
};

/** Always with both currencies, since the totals of VAT are told apart by them. */
export const randomEInvoices = merged(cii.rows.map(partOf)).map((values) =>
  tidy({ ...values, 'BT-5': ['EUR'], 'BT-6': ['CHF'] }),
);
