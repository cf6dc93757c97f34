import * as z from 'zod';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { credentialsReminderSchema } from '../../shared/messaging/credentials-event.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { cloudEventSchema, eventTypes, isEventType, typeOf, type EventType } from '../../shared/invoice/events.ts';

/**
 * JSON Schemas, for editors and for the ERP's own checks. The relay also checks what they cannot say (check digits,
 * sums).
 */
export const schemaFiles = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(commandSchemas).map(([type, { 1: schema }]) => [`schemas/${type}.v1.json`, text(schema, 'input')]),
  ),
  'schemas/event.v1.json': text(cloudEventSchema, 'output'),
  ...Object.fromEntries(
    Object.keys(eventTypes)
      .filter(isEventType)
      .map((type) => [
        eventSchemaFile(type),
        text(
          cloudEventSchema.extend({ type: z.literal(typeOf(type)).describe(`What happened: ${eventTypes[type].en}`) }),
          'output',
        ),
      ]),
  ),
  'schemas/credentials.reminder.v1.json': text(credentialsReminderSchema, 'output'),
  'schemas/connection.json': text(connectionSettingsSchema, 'input'),
});

export const eventSchemaFile = (type: EventType): string => `schemas/events/${type}.v1.json`;

export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const text = (schema: z.ZodType, io: 'input' | 'output'): string =>
  `${JSON.stringify(jsonSchemaOf(schema, io), undefined, 2)}\n`;
