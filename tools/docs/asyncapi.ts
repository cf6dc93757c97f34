/** The messages between the ERP and the relay as AsyncAPI 3, for the tools that read it: docs/asyncapi.json. */
import { physicalName } from '../../infra/names.ts';
import { eventTypes, isEventType, typeOf } from '../../shared/invoice/events.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { otherEvents } from './other-events.ts';
import { eventSchemaFile } from './schema-files.ts';

interface Message {
  name: string;
  summary: string;
  contentType: 'application/json';
  payload: { $ref: string };
}

const message = (name: string, summary: string, schemaFile: string): Message => ({
  name,
  summary,
  contentType: 'application/json',
  payload: { $ref: `./${schemaFile}` },
});

const commands = Object.entries(commandSchemas).map(([type, { 1: schema }]) =>
  message(type, schema.description ?? '', `schemas/${type}.v1.json`),
);

const events = [
  ...Object.keys(eventTypes)
    .filter(isEventType)
    .map((type) => message(typeOf(type), eventTypes[type].en, eventSchemaFile(type))),
  ...otherEvents.map(({ type, en, file }) => message(type, en, file)),
];

const byName = <Value>(messages: readonly Message[], value: (message: Message) => Value): Record<string, Value> =>
  Object.fromEntries(messages.map((one) => [one.name, value(one)]));

const queue = (name: string, description: string, messages: readonly Message[]) => ({
  address: physicalName('{stage}', name),
  description,
  parameters: { stage: { description: 'The stage of the deployment: `qualification` or `production`, for example.' } },
  messages: byName(messages, ({ name }) => ({ $ref: `#/components/messages/${name}` })),
});

export const asyncApi = (): string =>
  `${JSON.stringify(
    {
      asyncapi: '3.0.0',
      info: {
        title: 'chorus-relay',
        version: '1.0.0',
        description:
          'What an ERP sends to chorus-relay, and what it is told, as the relay sees it: it receives the commands and sends the events.',
        license: { name: 'Apache-2.0' },
      },
      defaultContentType: 'application/json',
      servers: {
        sqs: {
          host: 'sqs.{region}.amazonaws.com',
          protocol: 'sqs',
          description: 'Amazon SQS. The stack’s outputs have the URLs of the queues.',
          variables: { region: { description: 'The AWS region of the deployment: `eu-west-3`, for example.' } },
        },
      },
      channels: {
        invoices: queue('invoices', 'The commands: invoices, and what is to be done about them.', commands),
        'erp-inbox': queue(
          'erp-inbox',
          'The events, as CloudEvents 1.0 in JSON, each at least once: ignore an `id` that you have seen, and sort by `data.sequence` within a `subject`. Those of a connection with the setting `inbox`: `own` are in a queue of its own, whose address ends with `-<connection>`.',
          events,
        ),
      },
      operations: {
        receiveCommands: {
          action: 'receive',
          channel: { $ref: '#/channels/invoices' },
          summary: 'Carries out each command once, and tells how it ended.',
        },
        sendEvents: {
          action: 'send',
          channel: { $ref: '#/channels/erp-inbox' },
          summary: 'Tells the ERP what happens to its invoices.',
        },
      },
      components: { messages: byName([...commands, ...events], (one) => one) },
    },
    undefined,
    2,
  )}\n`;
