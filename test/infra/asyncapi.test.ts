/** docs/asyncapi.json: every message of the contract is in it, and all that it refers to is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { physicalName } from '../../infra/names.ts';
import { eventTypes, isEventType, typeOf } from '../../shared/invoice/events.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { credentialsReminderSchema } from '../../shared/messaging/credentials-event.ts';
import { orderNotifiedSchema } from '../../shared/messaging/order-event.ts';
import { retentionDueSchema } from '../../shared/messaging/retention-event.ts';
import { worksDocumentSchema } from '../../shared/messaging/works-event.ts';
import { isValidationEventType, validationEventTypes, validationTypeOf } from '../../shared/validations/event.ts';
import { asyncApi } from '../../tools/docs/asyncapi.ts';

const refSchema = z.strictObject({ $ref: z.string() });
const text = z.string().min(1);
const messageSchema = z.strictObject({
  name: text,
  summary: text,
  contentType: z.literal('application/json'),
  payload: refSchema,
});
/** As much of AsyncAPI 3.0 as the document uses. */
const documentSchema = z.strictObject({
  asyncapi: z.literal('3.0.0'),
  info: z.strictObject({ title: text, version: text, description: text, license: z.strictObject({ name: text }) }),
  defaultContentType: z.literal('application/json'),
  servers: z.record(z.string(), z.looseObject({ host: text, protocol: text })),
  channels: z.record(
    z.string(),
    z.strictObject({
      address: text,
      description: text,
      parameters: z.record(z.string(), z.strictObject({ description: text })),
      messages: z.record(z.string(), refSchema),
    }),
  ),
  operations: z.record(
    z.string(),
    z.strictObject({ action: z.enum(['send', 'receive']), channel: refSchema, summary: text }),
  ),
  components: z.strictObject({ messages: z.record(z.string().regex(/^[\w.-]+$/), messageSchema) }),
});

const anything = z.record(z.string(), z.unknown());
const content = anything.parse(JSON.parse(asyncApi()));
const document = documentSchema.parse(content);

/** What a reference within the document leads to. */
const at = (ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, name) => anything.safeParse(node).data?.[name], content);

const refsIn = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(refsIn);
  return Object.entries(anything.safeParse(node).data ?? {}).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : refsIn(value),
  );
};

const messagesOf = (channel: string) =>
  Object.values(document.channels[channel]?.messages ?? {}).map(({ $ref }) => messageSchema.parse(at($ref)));

/** The type that a published schema demands of its messages. */
const typeIn = (file: string): unknown => {
  const schema = z.looseObject({ properties: z.looseObject({ type: z.looseObject({ const: z.unknown() }) }) });
  return schema.parse(JSON.parse(readFileSync(join(projectRoot, 'docs', file), 'utf8'))).properties.type.const;
};

describe('the AsyncAPI document', () => {
  it('refers only to what is there', () => {
    const refs = refsIn(content);
    expect(refs.length).toBeGreaterThan(40);
    const isThere = (ref: string) =>
      ref.startsWith('#/') ? at(ref) !== undefined : existsSync(join(projectRoot, 'docs', ref));
    expect(refs.filter((ref) => !isThere(ref))).toEqual([]);
  });

  it('has every command on the queue for invoices, and every event on the ERP’s inbox', () => {
    const names = (channel: string) => messagesOf(channel).map(({ name }) => name);
    expect(names('invoices')).toEqual(Object.keys(commandSchemas));
    expect(names('erp-inbox')).toEqual([
      ...Object.keys(eventTypes).filter(isEventType).map(typeOf),
      credentialsReminderSchema.shape.type.value,
      ...Object.keys(validationEventTypes).filter(isValidationEventType).map(validationTypeOf),
      retentionDueSchema.shape.type.value,
      worksDocumentSchema.shape.type.value,
      orderNotifiedSchema.shape.type.value,
    ]);
  });

  it.each(['docs/events.md', 'docs/fr/evenements.md'])('names every event of the inbox in the table of %s', (page) => {
    const rows = readFileSync(join(projectRoot, page), 'utf8').split('\n');
    const named = rows.flatMap((row) => /^\| \[`(chorus-relay\.[^`]+)`\]/.exec(row)?.[1] ?? []);
    expect(named).toEqual(messagesOf('erp-inbox').map(({ name }) => name));
  });

  it('gives each message the schema of its own type', () => {
    const messages = Object.keys(document.channels).flatMap(messagesOf);
    expect(messages.map(({ payload }) => typeIn(payload.$ref))).toEqual(messages.map(({ name }) => name));
  });

  it('names the queues as they are deployed, and every part of a name that varies', () => {
    const named = Object.entries(document.channels).map(([name, { address, parameters }]) => {
      expect([...address.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)).toEqual(Object.keys(parameters));
      return [name, address.replace('{stage}', 'production')];
    });
    const deployed = ['invoices', 'erp-inbox'].map((name) => [name, physicalName('production', name)]);
    expect(named).toEqual(deployed);
  });

  it('says who sends: the relay receives commands and sends events', () => {
    const { operations } = document;
    expect(Object.values(operations).map(({ action, channel }) => [action, channel.$ref])).toEqual([
      ['receive', '#/channels/invoices'],
      ['send', '#/channels/erp-inbox'],
    ]);
  });
});
