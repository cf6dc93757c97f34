import { buildApp } from 'fauxqs';
import * as z from 'zod';
import { accountId } from '../arn.ts';
import type { Service, ServiceReply, ServiceRequest } from './service.ts';

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
  /** SQS, SNS, S3 and STS; opens no port of its own. */
  service: Service;
  counts: () => Promise<Map<string, QueueCounts>>;
  inFlight: (queue: string) => Promise<InFlight[]>;
  /** Bypasses the gateway: the passing of time is not a request that anyone made. */
  changeVisibility: (queue: string, receiptHandle: string, seconds: number) => Promise<void>;
  close: () => Promise<void>;
}

const countsSchema = z.array(
  z.object({
    name: z.string(),
    approximateMessageCount: z.number(),
    approximateInflightCount: z.number(),
    approximateDelayedCount: z.number(),
  }),
);
const queueSchema = z.object({
  messages: z.object({ inflight: z.array(z.object({ receiptHandle: z.string(), visibilityDeadline: z.number() })) }),
});
const inTransit = new Set(['transfer-encoding', 'expect', 'connection']);
const methodSchema = z.enum(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS']);
const headersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]).optional());

export function startMessaging(region: string): Messaging {
  const app = buildApp({ logger: false, defaultRegion: region });
  return {
    service: async ({ method, url, headers, body }) => {
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !inTransit.has(name)));
      const reply = await app.inject({ method: methodSchema.parse(method), url, headers: kept, payload: body });
      return { status: reply.statusCode, headers: headersSchema.parse(reply.headers), body: reply.rawPayload };
    },
    counts: async () => {
      const reply = await app.inject({ method: 'GET', url: '/_fauxqs/queues' });
      return new Map(
        countsSchema.parse(reply.json()).map((queue) => [
          queue.name,
          {
            visible: queue.approximateMessageCount,
            inFlight: queue.approximateInflightCount,
            delayed: queue.approximateDelayedCount,
          },
        ]),
      );
    },
    inFlight: async (queue) => {
      const reply = await app.inject({ method: 'GET', url: `/_fauxqs/queues/${encodeURIComponent(queue)}` });
      return queueSchema.parse(reply.json()).messages.inflight.map(({ receiptHandle, visibilityDeadline }) => ({
        receiptHandle,
        visibleAt: visibilityDeadline,
      }));
    },
    changeVisibility: async (queue, receiptHandle, seconds) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.ChangeMessageVisibility',
      };
      const payload = { QueueUrl: `/${accountId}/${queue}`, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
      await app.inject({ method: 'POST', url: '/', headers, payload: JSON.stringify(payload) });
    },
    close: async () => {
      await app.close();
    },
  };
}

const group = { MessageGroupId: z.string().optional() };
const sentSchema = z.looseObject(group);
const sentBatchSchema = z.looseObject({ Entries: z.array(z.looseObject({ Id: z.string(), ...group })) });
const sentReplySchema = z.looseObject({ MessageId: z.string() });
const sentBatchReplySchema = z.looseObject({
  Successful: z.array(z.looseObject({ Id: z.string(), MessageId: z.string() })),
});

const receiveSchema = z.looseObject({
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});
const receivedSchema = z.looseObject({
  Messages: z
    .array(z.looseObject({ MessageId: z.string(), Attributes: z.record(z.string(), z.string()).optional() }))
    .optional(),
});

/** AWS keeps the group of a message on a standard queue (fair queues) and returns it; fauxqs forgets it. */
export function withMessageGroups(service: Service): Service {
  const groups = new Map<string, string>();
  const remember = (messageId: string | undefined, name: string | undefined) => {
    if (messageId !== undefined && name !== undefined) groups.set(messageId, name);
  };

  const actions: Record<string, (request: ServiceRequest, reply: ServiceReply) => ServiceReply> = {
    SendMessage: (request, reply) => {
      remember(sentReplySchema.parse(json(reply.body)).MessageId, sentSchema.parse(json(request.body)).MessageGroupId);
      return reply;
    },
    SendMessageBatch: (request, reply) => {
      const { Entries } = sentBatchSchema.parse(json(request.body));
      const { Successful } = sentBatchReplySchema.parse(json(reply.body));
      for (const { Id, MessageGroupId } of Entries)
        remember(Successful.find((sent) => sent.Id === Id)?.MessageId, MessageGroupId);
      return reply;
    },
    ReceiveMessage: (request, reply) => {
      const { AttributeNames, MessageSystemAttributeNames } = receiveSchema.parse(json(request.body));
      const wanted = [...AttributeNames, ...MessageSystemAttributeNames];
      if (groups.size === 0 || !['All', 'MessageGroupId'].some((name) => wanted.includes(name))) return reply;
      const received = receivedSchema.parse(json(reply.body));
      for (const message of received.Messages ?? []) {
        const name = groups.get(message.MessageId);
        if (name !== undefined) message.Attributes = { ...message.Attributes, MessageGroupId: name };
      }
      return { ...reply, body: JSON.stringify(received) };
    },
  };

  return async (request) => {
    const reply = await service(request);
    const action = actions[String(request.headers['x-amz-target']).replace('AmazonSQS.', '')];
    return action && reply.status === 200 ? action(request, reply) : reply;
  };
}

const json = (body: Buffer | string): unknown => JSON.parse(body.toString());
