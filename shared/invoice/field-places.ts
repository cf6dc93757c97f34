import * as z from 'zod';

/** Where a command has a field of each name, as `invoice.lines[].net`: who writes one at another place is told where it belongs. */
export function fieldPlaces(schema: z.ZodType): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { name, path } of fieldsOf(schema)) places.set(name, [...(places.get(name) ?? []), path]);
  return places;
}

function* fieldsOf(schema: unknown, at = ''): Generator<{ name: string; path: string }> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) yield* fieldsOf(schema.unwrap(), at);
  else if (schema instanceof z.ZodArray) yield* fieldsOf(schema.element, `${at}[]`);
  else if (schema instanceof z.ZodObject) {
    for (const [name, field] of Object.entries<unknown>(schema.shape)) {
      const path = at ? `${at}.${name}` : name;
      yield { name, path };
      yield* fieldsOf(field, path);
    }
  }
}
