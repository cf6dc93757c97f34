import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stale } from '../../tools/docs/generate.ts';
import { jsonSchemaOf, schemaFiles } from '../../tools/docs/schema-files.ts';

describe('the pages made from the code', () => {
  it('say what the code says now (else: npm run docs)', async () => {
    expect(await stale()).toEqual([]);
  });
});

const isObject = z.record(z.string(), z.unknown());

/**
 * The properties without a description, at any depth of a JSON Schema. A part without a type, or with a comment, only
 * sets a condition for properties that are described elsewhere.
 */
function undescribed(schema: unknown, at = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => undescribed(part, at));
  const parts = isObject.safeParse(schema).data ?? {};
  if ('$comment' in parts) return [];
  const declared = parts['type'] === 'object' ? parts['properties'] : {};
  const properties = isObject.safeParse(declared).data ?? {};
  return [
    ...Object.entries(properties).flatMap(([name, property]) => {
      const { description } = isObject.parse(property);
      const silent = typeof description !== 'string' || description.trim() === '';
      return [...(silent ? [`${at}${name}`] : []), ...undescribed(property, `${at}${name}.`)];
    }),
    ...Object.entries(parts).flatMap(([key, part]) => (key === 'properties' ? [] : undescribed(part, at))),
  ];
}

describe('the published schemas', () => {
  it.each(Object.entries(schemaFiles()))('%s describes each of its properties', (_file, text) => {
    expect(text).toContain('"properties"');
    expect(undescribed(JSON.parse(text))).toEqual([]);
  });

  it('would be found out by a property without a description, wherever it is', () => {
    const silent = z.string();
    const said = z.string().describe('said');
    const schema = z.object({
      said,
      silent,
      blank: z.string().describe(' '),
      list: z.array(z.object({ silent, said })).default([]).describe('a list'),
      choice: z.union([z.object({ silent }), said]).describe('a choice'),
      part: z.object({ said: z.object({ silent }).optional().describe('said') }).describe('a part'),
      words: z.record(z.string(), z.object({ silent })).describe('words'),
    });
    expect(undescribed(jsonSchemaOf(schema, 'input'))).toEqual([
      ...['silent', 'blank', 'list.silent', 'choice.silent', 'part.said.silent', 'words.silent'],
    ]);
  });
});
