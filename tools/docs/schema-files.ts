import * as z from 'zod';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { credentialsReminderSchema } from '../../shared/messaging/credentials-event.ts';
import { hiddenClass, spaces, spelledOurWay } from '../../shared/invoice/characters.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { cloudEventSchema, eventTypes, isEventType, typeOf, type EventType } from '../../shared/invoice/events.ts';

/**
 * JSON Schemas, for editors and for the ERP's own checks. The relay also checks what they cannot say (check digits,
 * sums).
 */
export const schemaFiles = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(commandSchemas).map(([type, { 1: schema }]) => [
      `schemas/${type}.v1.json`,
      text(commandSchemaOf(schema)),
    ]),
  ),
  'schemas/event.v1.json': text(jsonSchemaOf(cloudEventSchema, 'output')),
  ...Object.fromEntries(
    Object.keys(eventTypes)
      .filter(isEventType)
      .map((type) => [
        eventSchemaFile(type),
        text(
          jsonSchemaOf(
            cloudEventSchema.extend({
              type: z.literal(typeOf(type)).describe(`What happened: ${eventTypes[type].en}`),
            }),
            'output',
          ),
        ),
      ]),
  ),
  'schemas/credentials.reminder.v1.json': text(jsonSchemaOf(credentialsReminderSchema, 'output')),
  'schemas/connection.json': text(jsonSchemaOf(connectionSettingsSchema, 'input')),
});

export const eventSchemaFile = (type: EventType): string => `schemas/events/${type}.v1.json`;

export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const text = (schema: Schema): string => `${JSON.stringify(schema, undefined, 2)}\n`;

type Schema = z.core.JSONSchema.BaseSchema;

/** What JavaScript trims. Python's \s has some control characters too. */
const whiteSpace = String.raw`\t\n\v\f\r${spaces}\u2028\u2029\ufeff`;
const nothing: Schema = { $ref: '#/$defs/nothing' };
/** An empty list is not there either. */
const isThere: Schema = { not: { anyOf: [nothing, { type: 'array', maxItems: 0 }] } };

/** A command's schema says two things that zod's own translation does not: what counts as not there, and `meta`. */
export const commandSchemaOf = (schema: z.ZodType): Schema => ({
  ...withNothing(jsonSchemaOf(schema, 'input')),
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
  exactlyOneOf: z.array(z.string()).default([]),
});

/** Optional fields may be blank, at any depth; what `meta` says becomes JSON Schema's own keywords. */
function withNothing({ characters, someOf, exactlyOneOf, properties, items, pattern, ...schema }: Schema): Schema {
  const said = saidSchema.parse({ characters, someOf, exactlyOneOf });
  const fields = Object.entries(properties ?? {}).map(([name, field]): [string, Schema | boolean] => {
    const inside = typeof field === 'boolean' ? field : withNothing(field);
    return [name, schema.required?.includes(name) ? inside : orNothing(inside)];
  });
  const choice = [
    ...said.someOf.map((name) => ({ required: [name], properties: { [name]: isThere } })),
    ...said.exactlyOneOf.map((name) => ({
      required: [name],
      properties: Object.fromEntries(said.exactlyOneOf.map((other) => [other, other === name ? isThere : nothing])),
    })),
  ];
  return {
    ...schema,
    // Python's \d has the digits of all scripts.
    ...(pattern === undefined ? {} : { pattern: pattern.replaceAll(String.raw`\d`, '[0-9]') }),
    ...(said.characters ? { $ref: `#/$defs/${said.characters}` } : {}),
    ...(properties ? { properties: Object.fromEntries(fields) } : {}),
    ...(isSchema(items) ? { items: withNothing(items) } : {}),
    ...(choice.length > 0 ? { anyOf: choice } : {}),
  };
}

const isSchema = (items: Schema['items']): items is Schema => typeof items === 'object' && !Array.isArray(items);

/** The description and the default stay outside, where editors show them. */
function orNothing(field: Schema | boolean): Schema | boolean {
  if (typeof field === 'boolean') return field;
  const isShown = (key: string) => key === 'description' || key === 'default';
  const [shown, given] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries<unknown>(field).filter(([key]) => isShown(key) === wanted)),
  );
  return { ...shown, anyOf: [given ?? {}, nothing] };
}
