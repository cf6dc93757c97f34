import { buildApp } from 'fauxqs';
import * as z from 'zod';
import { accountId } from '../arn.ts';
import type { Service } from './service.ts';

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
  /** Behind the gateway's back: what time does is nobody's request. */
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
