import type { Message } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { DrivenClock } from './clock.ts';
import type { Outcome } from './lambda/execution-environment.ts';

export interface EventRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  messageAttributes: Record<string, object>;
  md5OfBody: string;
  md5OfMessageAttributes?: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
}

/** A message as Lambda passes it to a function, with timestamps from the cloud's clock. */
export function eventRecord(message: Message, queueArn: string, region: string, clock: DrivenClock): EventRecord {
  const attributes: Record<string, string> = { ...message.Attributes };
  for (const name of ['SentTimestamp', 'ApproximateFirstReceiveTimestamp']) {
    const stamp = attributes[name];
    if (stamp !== undefined) attributes[name] = String(clock.shownAt(Number(stamp)));
  }
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue, BinaryValue, DataType }]) => [
        name,
        {
          ...(StringValue === undefined ? {} : { stringValue: StringValue }),
          ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    ...(message.MD5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

/** Splits records into batches that fit into one invocation: Lambda's limit is 6 MB. */
export function splitBySize(records: readonly EventRecord[], limit = 6 * 1024 * 1024 - 1024): EventRecord[][] {
  const batches: EventRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    const batch = batches.at(-1);
    if (batch && size <= room) {
      batch.push(record);
      room -= size;
    } else {
      batches.push([record]);
      room = limit - size;
    }
  }
  return batches;
}

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * The messages of a batch that must be delivered again, by Lambda's own rules: none when the response or its list is
 * null or empty; all after an error, or when an identifier is empty, unknown or not a string.
 */
export function failuresOf(outcome: Outcome, messageIds: readonly string[], reportsItemFailures: boolean): Set<string> {
  const all = new Set(messageIds);
  if ('error' in outcome) return all;
  if (!reportsItemFailures) return new Set();
  const response = responseSchema.safeParse(outcome.payload);
  if (!response.success) return all;
  const failed = new Set(response.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? []);
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
