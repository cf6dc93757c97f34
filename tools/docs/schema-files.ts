import * as z from 'zod';
import exampleConnection from '../../connections/example.json' with { type: 'json' };
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { hiddenClass, spaces, spelledOurWay } from '../../shared/invoice/characters.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { cloudEventSchema, eventTypes, isEventType, typeOf, type EventType } from '../../shared/invoice/events.ts';
import { commandExamples } from './command-examples.ts';
import { eventExamples } from './event-examples.ts';
import { otherEvents } from './other-events.ts';
import { conditionsOf, isThere, nothing, orNothing, type Schema } from './schema-rules.ts';

/**
 * JSON Schemas, for editors and for the ERP's own checks. The relay also checks what they cannot say, which
 * schema-coverage.ts lists.
 */
export const schemaFiles = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(commandSchemas).map(([type, { 1: schema }]) => [
      `schemas/${type}.v1.json`,
      text({
        ...named(`${type}.v1.json`, `Command ${type}, version 1`),
        ...commandSchemaOf(schema, type),
        examples: Object.entries(commandExamples).flatMap(([command, one]) => (command === type ? [one] : [])),
      }),
    ]),
  ),
  'schemas/event.v1.json': text({
    ...named('event.v1.json', 'Any event about an invoice, version 1'),
    ...messageSchemaOf(cloudEventSchema),
    examples: [eventExamples['submitted']],
  }),
  ...Object.fromEntries(
    Object.keys(eventTypes)
      .filter(isEventType)
      .map((type) => [
        eventSchemaFile(type),
        text({
          ...named(`events/${type}.v1.json`, `Event ${typeOf(type)}`),
          ...messageSchemaOf(
            cloudEventSchema.extend({
              type: z.literal(typeOf(type)).describe(`What happened: ${eventTypes[type].en}`),
            }),
          ),
          examples: [eventExamples[type]],
        }),
      ]),
  ),
  ...Object.fromEntries(
    otherEvents.map(({ type, file, schema, example }) => [
      file,
      text({
        ...named(file.replace('schemas/', ''), `Event ${type}`),
        ...messageSchemaOf(schema),
        examples: [example],
      }),
    ]),
  ),
  'schemas/connection.json': text({
    ...named('connection.json', 'The settings of a connection'),
    ...everywhere(jsonSchemaOf(connectionSettingsSchema, 'input'), plainDigits),
    examples: [exampleConnection],
  }),
});

export const eventSchemaFile = (type: EventType): string => `schemas/events/${type}.v1.json`;

/** A name, not an address: validators tell schemas apart by it, and nothing is fetched from there. */
const named = (file: string, title: string) => ({ $id: `https://chorus-relay.example/schemas/${file}`, title });

export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

/** An event may get further fields without a new version: its schema does not forbid them. */
const messageSchemaOf = (schema: z.ZodType): Schema =>
  everywhere(jsonSchemaOf(schema, 'output'), ({ additionalProperties, ...open }) =>
    plainDigits(additionalProperties === false ? open : { ...open, additionalProperties }),
  );

/** Python's \d has the digits of all scripts. */
const plainDigits = ({ pattern, ...schema }: Schema): Schema =>
  pattern === undefined ? schema : { ...schema, pattern: pattern.replaceAll(String.raw`\d`, '[0-9]') };

/** Changes a schema and every schema in it. */
function everywhere(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const inside = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(inside);
    const found = subschema.safeParse(part);
    return found.success ? everywhere(found.data, change) : part;
  };
  return change(Object.fromEntries(Object.entries<unknown>(schema).map(([key, part]) => [key, inside(part)])));
}
const subschema = z.custom<Schema>((part) => typeof part === 'object' && part !== null && !Array.isArray(part));

const text = (schema: Schema): string => `${JSON.stringify(schema, undefined, 2)}\n`;

/** What JavaScript trims. Python's \s has some control characters too. */
const whiteSpace = String.raw`\t\n\v\f\r${spaces}\u2028\u2029\ufeff`;

/**
 * A command's schema says three things that zod's own translation does not: what counts as not there, `meta`, and the
 * rules between fields.
 */
export const commandSchemaOf = (schema: z.ZodType, type: string): Schema => ({
  ...withNothing(jsonSchemaOf(schema, 'input')),
  ...(conditionsOf(type).length > 0 ? { allOf: conditionsOf(type) } : {}),
  $defs: {
    nothing: {
      description: 'Not there: `null`, an empty text or white space. An optional field may have it.',
      anyOf: [{ type: 'null' }, { type: 'string', pattern: `^[${whiteSpace}]*$` }],
    },
    oneLine: {
      description: 'No control character, no line break, nothing that is not shown: shared/invoice/characters.ts.',
      type: 'string',
      not: { pattern: `[${hiddenClass()}]` },
    },
    words: {
      description: 'As `oneLine`, but line breaks and tabs may be in it.',
      type: 'string',
      not: { pattern: `[${hiddenClass(spelledOurWay)}]` },
    },
  },
});

/**
 * From `meta` of the schema: what characters a text may have, and which fields an object needs beside those that are
 * required.
 */
const saidSchema = z.object({
  characters: z.enum(['oneLine', 'words']).optional(),
  someOf: z.array(z.string()).default([]),
  /** Of each way, the first field is required; the others may be there. */
  exactlyOneOf: z.array(z.tuple([z.string()], z.string())).default([]),
});

/** Optional fields may be blank, at any depth; what `meta` says becomes JSON Schema's own keywords. */
function withNothing({ characters, someOf, exactlyOneOf, properties, items, pattern, ...schema }: Schema): Schema {
  const said = saidSchema.parse({ characters, someOf, exactlyOneOf });
  const fields = Object.entries(properties ?? {}).map(([name, field]): [string, Schema | boolean] => {
    const inside = typeof field === 'boolean' ? field : withNothing(field);
    return [name, schema.required?.includes(name) ? inside : optional(inside)];
  });
  const choice = [
    ...said.someOf.map((name) => ({ required: [name], properties: { [name]: isThere } })),
    ...said.exactlyOneOf.map(([name, ...more]) => ({
      required: [name],
      properties: Object.fromEntries(
        said.exactlyOneOf
          .flat()
          .filter((other) => !more.includes(other))
          .map((other) => [other, other === name ? isThere : nothing]),
      ),
    })),
  ];
  return {
    ...schema,
    ...plainDigits(pattern === undefined ? {} : { pattern }),
    ...(said.characters ? { $ref: `#/$defs/${said.characters}` } : {}),
    ...(properties ? { properties: Object.fromEntries(fields) } : {}),
    ...(isSchema(items) ? { items: withNothing(items) } : {}),
    ...(choice.length > 0 ? { anyOf: choice } : {}),
  };
}

const isSchema = (items: Schema['items']): items is Schema => typeof items === 'object' && !Array.isArray(items);

/** The description and the default stay outside, where editors show them. */
function optional(field: Schema | boolean): Schema | boolean {
  if (typeof field === 'boolean') return field;
  const isShown = (key: string) => key === 'description' || key === 'default';
  const [shown, given] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries<unknown>(field).filter(([key]) => isShown(key) === wanted)),
  );
  return { ...shown, ...orNothing(given ?? {}) };
}
