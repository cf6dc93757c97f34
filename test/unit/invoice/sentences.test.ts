import { describe, expect, it } from 'vitest';
import { commandSchemas, readCommand } from '../../../shared/invoice/read-command.ts';
import { isReasonCode, type Reason } from '../../../shared/invoice/reasons.ts';
import { jsonSchemaOf } from '../../../tools/docs/schema-files.ts';
import { fullCommands, isRead, placesIn, replaced } from '../../support/full-commands.ts';
import type * as z from 'zod';

/** Every kind of thing that a program may put where another belongs. */
const wrong: readonly unknown[] = [
  ...[20261105, 12.5, -1, 0, 1e21, true, false, [], [[]], ['a'], [1], [null], {}, { a: 1 }, { a: null }],
  ...['zzz', '€', '-', 'a\u0000b', 'a\nb', '2026-02-30', '1 000,00', 'é', 'x'.repeat(3000), '12345678200051x'],
];

function reasonsFor(command: unknown): Reason[] {
  const reading = readCommand(JSON.stringify(command));
  return reading.kind === 'invalid' ? reading.reasons : [];
}

const ofZod = /Invalid|[Ee]xpected|[Rr]eceived|Too (big|small)|Unrecognized|undefined|NaN|\[object|must (be|match)/;
const english = /\b(the|is|not|of|at|an|and|or|must|least|most|text|list|whole|items?|characters?|one|field|value)\b/;
const french = /[àéèêçîôù’]|\b(le|la|les|un|une|de|du|ou|champ|valeur|au|plus|moins)\b/;

/** Without what is quoted or named: paths, codes, the given values and those of a closed list. */
const prose = (sentence: string, path: string): string =>
  sentence
    .replaceAll(path, '')
    .replaceAll(/«[^»]*»|"[^"]*"|\([^)]*\)|\b(true|false)\b|[\w$]+(\[\])?\.[\w.[\]]+/g, '')
    .replaceAll(/\b[a-z]+(-[a-z]+)+\b/g, '');

describe.each(Object.entries(fullCommands))('a reason why %s cannot be read', (_type, full) => {
  const places = placesIn(full);
  const faulty = places.flatMap((path) => [
    ...wrong.map((value) => replaced(full, path, value)),
    replaced(full, path, undefined),
    replaced(full, [...path], { ...{ unexpected: 1 } }),
  ]);

  it('comes for every field, in our own words, all French or all English', () => {
    expect(isRead(full)).toBe(true);
    const reasons = new Map(faulty.flatMap(reasonsFor).map((reason) => [`${reason.code} ${reason.path}`, reason]));
    expect(reasons.size).toBeGreaterThan(10);
    for (const { code, path, fr, en } of reasons.values()) {
      expect(isReasonCode(code)).toBe(true);
      expect(`${fr} ${en}`).not.toMatch(/\{\w+\}/);
      expect(`${fr} ${en}`).not.toMatch(/une autre valeur|another value/);
      expect(prose(fr, path)).not.toMatch(ofZod);
      expect(prose(fr, path)).not.toMatch(english);
      expect(prose(en, path).replace('Expected: ', '')).not.toMatch(ofZod);
      expect(prose(en, path).replaceAll('’s', '')).not.toMatch(french);
    }
  });

  it('comes for a number, a list or an object where another belongs', () => {
    const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
    for (const path of places) {
      const taken = wrong.filter((value) => isRead(replaced(full, path, value)));
      expect([path.join('.'), new Set(taken.map(kindOf)).size]).toEqual([path.join('.'), Math.min(1, taken.length)]);
    }
  });
});

/** `invoice.lines[].net` for every field of a JSON Schema. */
function fieldsOf({ properties = {}, items }: z.core.JSONSchema.BaseSchema, at = ''): string[] {
  const ofItems = typeof items === 'object' && !Array.isArray(items) ? fieldsOf(items, `${at}[]`) : [];
  return [
    ...ofItems,
    ...Object.entries(properties).flatMap(([name, field]) => {
      const path = at ? `${at}.${name}` : name;
      return [path, ...(typeof field === 'boolean' ? [] : fieldsOf(field, path))];
    }),
  ];
}

describe('the commands that the tests walk through', () => {
  it.each(Object.entries(commandSchemas))('%s has every field that its schema has', (type, { 1: schema }) => {
    const [, full] = Object.entries(fullCommands).find(([known]) => known === type) ?? [];
    const named = placesIn(full).map((path) => path.join('.').replaceAll(/\.\d+/g, '[]'));
    // The document has its key, so it may not have its content, nor may the supplier, by its name, have its SIRET.
    const others = ['document.content', 'supplier.siret'];
    const fields = fieldsOf(jsonSchemaOf(schema, 'input')).filter((path) => !others.includes(path));
    expect([...new Set(named)].filter((path) => !path.endsWith('[]')).sort()).toEqual(fields.sort());
  });
});
