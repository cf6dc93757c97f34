import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { PublishBatchCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ServiceUnavailable } from '../aws/runtime.ts';
import type { InvoiceEvent } from '../invoice/events.ts';
import type { Queue } from './batch-runner.ts';
import type { CredentialsReminder } from './credentials-event.ts';
import type { OrderNotified } from './order-event.ts';
import type { RetentionDue } from './retention-event.ts';
import type { WorksDocumentEvent } from './works-event.ts';
import type { ValidationEvent } from './validation-event.ts';

/** What the relay sends through AWS: events and operators' mails through SNS, and what it does with SQS messages. */

/** Everything that is published on the topic of events. */
export type RelayEvent =
  InvoiceEvent | CredentialsReminder | OrderNotified | RetentionDue | ValidationEvent | WorksDocumentEvent;

/** Publishes at least once. @throws Error if an event may not have been published; all may then be published again */
export type EventPublisher<Event extends RelayEvent = InvoiceEvent> = (events: readonly Event[]) => Promise<void>;

/** SNS accepts ten messages per batch. */
const batchSize = 10;

/**
 * Where the events of a connection with an inbox of its own go, and nowhere else. A topic and not a filter: a topic
 * that is not there yet is an error, and the events wait in the outbox; what a filter drops is lost.
 * @param events the name or ARN of the topic that the other connections share
 */
export const ownEventsTopic = (events: string, connection: string): string => `${events}-${connection}`;

interface EventTopics {
  client: SNSClient;
  /** The topic that connections share. */
  topicArn: string;
  hasOwnInbox: (connection: string) => Promise<boolean>;
}

/** CloudEvents as JSON; the message attributes are for the subscribers' filters. */
export function snsEventPublisher({ client, topicArn, hasOwnInbox }: EventTopics): EventPublisher<RelayEvent> {
  return async (events) => {
    for (const [connection, its] of Map.groupBy(events, ({ data }) => data.connection)) {
      const topic = (await hasOwnInbox(connection)) ? ownEventsTopic(topicArn, connection) : topicArn;
      for (let from = 0; from < its.length; from += batchSize)
        await publishBatch(client, topic, its.slice(from, from + batchSize));
    }
  };
}

async function publishBatch(client: SNSClient, TopicArn: string, batch: readonly RelayEvent[]): Promise<void> {
  if (batch.length === 1 && batch[0]) {
    await client.send(new PublishCommand({ TopicArn, ...messageOf(batch[0]) }));
    return;
  }
  const entries = batch.map((event, i) => ({ Id: String(i), ...messageOf(event) }));
  const { Failed = [] } = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
  const [failed] = Failed;
  if (!failed) return;
  const why = `SNS did not take ${Failed.length} of ${batch.length} events: ${failed.Code}`;
  throw failed.SenderFault ? new Error(why) : new ServiceUnavailable(why);
}

const messageOf = (event: RelayEvent) => ({
  Message: JSON.stringify(event),
  MessageAttributes: {
    connection: { DataType: 'String', StringValue: event.data.connection },
    type: { DataType: 'String', StringValue: event.type },
    'action-needed': { DataType: 'String', StringValue: String(event.data.actionNeeded) },
  },
});

/** An e-mail: a subject of at most 100 ASCII characters, as SNS requires, and plain text. */
export interface OperationsMessage {
  subject: string;
  text: string;
}

export const longestSubject = 100;

/** A subject as SNS takes it: without accents, and cut. */
export const inAscii = (subject: string): string =>
  subject.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").slice(0, longestSubject);

/** The French without its accents, then the English where both fit. */
export function mailSubject(connection: string, { fr, en }: { fr: string; en: string }): string {
  const french = `chorus-relay ${connection} : ${fr}`;
  const both = `${french} / ${en}`;
  return inAscii(both.length <= longestSubject ? both : french);
}

/** Sends a mail about a connection to the operators and to its contacts, at least once. */
export type TellOperations = (connection: string, message: OperationsMessage) => Promise<void>;

/** The contacts of a connection have a topic of their own. @param operations the name or ARN of the operators' topic */
export const contactsTopic = (operations: string, connection: string): string => `${operations}-contacts-${connection}`;

export const operationsTopic =
  (client: SNSClient, topicArn: string): TellOperations =>
  async (connection, { subject, text }) => {
    const mail = (TopicArn: string) => client.send(new PublishCommand({ TopicArn, Subject: subject, Message: text }));
    await mail(topicArn);
    await mail(contactsTopic(topicArn, connection)).catch((error: unknown) => {
      // A connection whose stack is not deployed has nobody else to tell: the operators know.
      if (!(error instanceof Error && error.name === 'NotFoundException')) throw error;
    });
  };

/** What SQS takes in one message, its attributes included: bytes. */
const longestMessage = 1_048_576;
const attributeType = 'String';

/** SQS counts an attribute's name, type and value. */
const attributeBytes = (said: Readonly<Record<string, string>>): number =>
  Object.entries(said).reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${attributeType}${value}`), 0);

const attributesOf = (said: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: attributeType, StringValue }]),
  );

/** Where a dead letter's body is kept that leaves no room for its attributes. */
const keptBodySchema = z.strictObject({ type: z.literal('relay.kept-body'), bucket: z.string(), key: z.string() });
export type KeptBody = Omit<z.infer<typeof keptBodySchema>, 'type'>;

/** What a dead letter's body refers to; undefined if it is the message itself. */
export const keptBodyIn = (json: unknown): KeptBody | undefined => keptBodySchema.safeParse(json).data;

interface SqsQueueOptions {
  client: SQSClient;
  queueUrl: string;
  deadLettersUrl: string;
  /** Stores the body of a message. */
  keepBody: (record: SQSRecord) => Promise<KeptBody>;
}

export const sqsQueue = ({ client, queueUrl, deadLettersUrl, keepBody }: SqsQueueOptions): Queue => ({
  async hide({ receiptHandle }, seconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
  async moveToDeadLetters(record, why) {
    const { body, messageId, attributes } = record;
    const said = { reason: why, originalMessageId: messageId, originallySent: attributes.SentTimestamp };
    const fits = Buffer.byteLength(body) + attributeBytes(said) <= longestMessage;
    const byReference = async () => JSON.stringify({ type: 'relay.kept-body', ...(await keepBody(record)) });
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLettersUrl,
        MessageBody: fits ? body : await byReference(),
        MessageAttributes: attributesOf(said),
        ...(attributes.MessageGroupId ? { MessageGroupId: attributes.MessageGroupId } : {}),
      }),
    );
  },
});
