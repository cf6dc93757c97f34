/** Third-party emulators: dynalite for DynamoDB; fauxqs for SQS, SNS and S3. Both keep everything in memory. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import * as z from 'zod';
import { accountId, region } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import type { QueuedMessage } from '../monitoring/queue-metrics.ts';
import type { Service, ServiceReply } from './aws-service.ts';

/** Opens no port: its server is handed each request, as if it had come over the network. */
export function startDatabase(): Service {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return ({ method, url, headers, body }) => {
    const { promise, resolve } = Promise.withResolvers<ServiceReply>();
    const replied: OutgoingHttpHeaders = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: string | number) => {
        replied[name] = value;
      },
      end: (content = '') => resolve({ status: response.statusCode, headers: replied, body: content }),
    };
    server.emit('request', Object.assign(Readable.from([body]), { method, url, headers }), response);
    return promise;
  };
}

export interface QueueCounts {
  visible: number;
  inFlight: number;
  delayed: number;
}

export interface InFlight {
  receiptHandle: string;
  /** By the machine's own clock. */
  visibleAt: number;
}

export interface Messaging {
  /** SNS and S3 too; opens no port of its own. */
  service: Service;
  counts: () => Promise<Map<string, QueueCounts>>;
  inFlight: (queue: string) => Promise<InFlight[]>;
  /** Of every queue, with their instants by the cloud's clock. */
  messages: (clock: DrivenClock) => Promise<Map<string, QueuedMessage[]>>;
  /** Bypasses the gateway, as the next does: neither a service's own message nor passing time is a client's request. */
  send: (queue: string, body: string) => Promise<void>;
  changeVisibility: (queue: string, receiptHandle: string, seconds: number) => Promise<void>;
  close: () => Promise<void>;
}

const countsSchema = z.array(
  z
    .object({
      name: z.string(),
      approximateMessageCount: z.number(),
      approximateInflightCount: z.number(),
      approximateDelayedCount: z.number(),
    })
    .transform((queue): [string, QueueCounts] => [
      queue.name,
      {
        visible: queue.approximateMessageCount,
        inFlight: queue.approximateInflightCount,
        delayed: queue.approximateDelayedCount,
      },
    ]),
);
const inFlightSchema = z
  .object({ receiptHandle: z.string(), visibilityDeadline: z.number() })
  .transform(({ receiptHandle, visibilityDeadline }) => ({ receiptHandle, visibleAt: visibilityDeadline }));
const storedSchema = z.object({ sentTimestamp: z.number(), approximateReceiveCount: z.number() });
const contentsSchema = z
  .object({
    messages: z.object({
      ready: z.array(storedSchema),
      delayed: z.array(storedSchema),
      inflight: z.array(z.object({ message: storedSchema })),
    }),
  })
  .transform(({ messages: { ready, delayed, inflight } }) => ({
    visible: ready,
    hidden: [...delayed, ...inflight.map(({ message }) => message)],
  }));
const queueSchema = z.object({ messages: z.object({ inflight: z.array(inFlightSchema) }) });
const inTransit = new Set(['transfer-encoding', 'expect', 'connection']);
const methodSchema = z.enum(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']);
const headersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]).optional());

/** What SQS refuses in a message: all but the characters of XML 1.0. [AWS: SendMessage] */
const forbidden = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const sqsTypesSchema = z.object({ INVALID_MESSAGE_BODY_CHAR: z.instanceof(RegExp) });

/** fauxqs's own list ends at U+FFFD: it would refuse every emoji, which SQS takes. */
async function correctCharacters(): Promise<void> {
  const types: unknown = await import(new URL('sqs/sqsTypes.js', import.meta.resolve('fauxqs')).href);
  sqsTypesSchema.parse(types).INVALID_MESSAGE_BODY_CHAR.test = (body) => forbidden.test(body);
}

/** What S3 takes in one request. [AWS: PutObject] */
const longestUpload = 5 * 1024 ** 3;

export async function startMessaging(): Promise<Messaging> {
  await correctCharacters();
  const app = buildApp({ logger: false, defaultRegion: region });
  // fauxqs takes 11 MiB. Its other bodies have parsers of their own.
  app.removeContentTypeParser('*');
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: longestUpload }, (_request, body, done) =>
    done(null, body),
  );
  const inspect = async (path: string): Promise<unknown> => (await app.inject(`/_fauxqs/${path}`)).json();
  const callSqs = async (action: string, queue: string, parameters: Record<string, unknown>): Promise<boolean> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
    const payload = { QueueUrl: `/${accountId}/${queue}`, ...parameters };
    return (await app.inject({ method: 'POST', url: '/', headers, payload })).statusCode === 200;
  };
  const counts = async () => new Map(countsSchema.parse(await inspect('queues')));
  return {
    service: async ({ method, url, headers, body }) => {
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !inTransit.has(name)));
      const reply = await app.inject({ method: methodSchema.parse(method), url, headers: kept, payload: body });
      return { status: reply.statusCode, headers: headersSchema.parse(reply.headers), body: reply.rawPayload };
    },
    counts,
    messages: async (clock) => {
      const found = new Map<string, QueuedMessage[]>();
      for (const name of (await counts()).keys()) {
        const { visible, hidden } = contentsSchema.parse(await inspect(`queues/${name}`));
        const told = (isVisible: boolean) => (message: z.infer<typeof storedSchema>) => ({
          sentAt: clock.shownAt(message.sentTimestamp),
          receives: message.approximateReceiveCount,
          isVisible,
        });
        found.set(name, [...visible.map(told(true)), ...hidden.map(told(false))]);
      }
      return found;
    },
    inFlight: async (queue) => queueSchema.parse(await inspect(`queues/${queue}`)).messages.inflight,
    send: async (queue, body) => {
      if (!(await callSqs('SendMessage', queue, { MessageBody: body }))) throw new Error(`${queue} took no message`);
    },
    // The message may be gone by now.
    changeVisibility: async (queue, receiptHandle, seconds) => {
      await callSqs('ChangeMessageVisibility', queue, { ReceiptHandle: receiptHandle, VisibilityTimeout: seconds });
    },
    close: async () => {
      await app.close();
    },
  };
}

const group = z.string().optional();
const sentSchema = z.object({
  MessageGroupId: group,
  Entries: z.array(z.object({ Id: z.string(), MessageGroupId: group })).default([]),
});
const sentReplySchema = z.object({
  MessageId: z.string().default(''),
  Successful: z.array(z.object({ Id: z.string(), MessageId: z.string() })).default([]),
});
const receivedSchema = z.object({
  Messages: z
    .array(z.looseObject({ MessageId: z.string(), Attributes: z.record(z.string(), z.string()).optional() }))
    .default([]),
});

/** On a standard queue AWS returns the group that a message was sent with (fair queues). fauxqs forgets it. */
export function withMessageGroups(service: Service): Service {
  const groups = new Map<string, string>();
  const remember = (body: Buffer, reply: ServiceReply) => {
    const sent = sentSchema.parse(JSON.parse(body.toString()));
    const { MessageId, Successful } = sentReplySchema.parse(JSON.parse(reply.body.toString()));
    if (sent.MessageGroupId !== undefined) groups.set(MessageId, sent.MessageGroupId);
    for (const { Id, MessageGroupId } of sent.Entries) {
      const accepted = Successful.find((one) => one.Id === Id);
      if (accepted && MessageGroupId !== undefined) groups.set(accepted.MessageId, MessageGroupId);
    }
  };
  const addGroups = (reply: ServiceReply): ServiceReply => {
    const { Messages } = receivedSchema.parse(JSON.parse(reply.body.toString()));
    for (const message of Messages) {
      const name = groups.get(message.MessageId);
      if (name !== undefined) message.Attributes = { ...message.Attributes, MessageGroupId: name };
    }
    return { ...reply, headers: {}, body: JSON.stringify({ Messages }) };
  };
  return async (request) => {
    const reply = await service(request);
    if (reply.status !== 200) return reply;
    const target = String(request.headers['x-amz-target']);
    if (/\.SendMessage(Batch)?$/.test(target)) remember(request.body, reply);
    return target.endsWith('.ReceiveMessage') ? addGroups(reply) : reply;
  };
}
