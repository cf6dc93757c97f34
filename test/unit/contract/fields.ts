/** The fields that the code uses, from its own schemas. */
import * as z from 'zod';
import type { Exchange } from '../../../shared/chorus-pro/contract.ts';

/** JSON that is changed in place. */
export type Json = Record<string, unknown>;
export const json = z.custom<Json>((value) => typeof value === 'object' && value !== null);

/** A field that the code uses: where it is, its name, and what the code says of it. */
export interface Field {
  side: 'request' | 'response';
  place: string;
  schema: Json;
}

const branch = (schema: Json): Json =>
  z
    .array(json)
    .safeParse(schema['anyOf'])
    .data?.find(({ type }) => type !== 'null') ?? schema;

function fieldsIn(schema: Json, side: 'request' | 'response', at = ''): Field[] {
  const { items, properties } = branch(schema);
  if (items !== undefined) return fieldsIn(json.parse(items), side, `${at}[]`);
  return Object.entries(json.safeParse(properties).data ?? {}).flatMap(([name, value]) => {
    const place = at === '' ? name : `${at}.${name}`;
    const inner = json.parse(value);
    return [{ side, place, schema: branch(inner) }, ...fieldsIn(inner, side, place)];
  });
}

const jsonSchema = (schema: z.ZodType): Json =>
  json.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

export const fieldsOf = ({ request, responses }: Exchange): Field[] => {
  const all = [
    ...fieldsIn(jsonSchema(request), 'request'),
    ...responses.flatMap((response) => fieldsIn(jsonSchema(response), 'response')),
  ];
  return [...new Map(all.map((field) => [`${field.side} ${field.place}`, field])).values()];
};
