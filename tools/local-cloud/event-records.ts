import type { Message } from '@aws-sdk/client-sqs';
import type { DrivenClock } from './clock.ts';

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

/** A message as Lambda hands it to a function, its time stamps by the cloud's clock. */
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

/** Batches that fit into an invocation: Lambda ends one before it grows larger than 6 MB. */
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
