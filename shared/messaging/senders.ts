import { PublishBatchCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { ServiceUnavailable } from '../aws/runtime.ts';
import type { InvoiceEvent } from '../invoice/events.ts';
import type { CredentialsReminder } from './credentials-event.ts';
import { gathered } from './gathered.ts';
import type { OrderNotified } from './order-event.ts';
import type { RetentionDue } from './retention-event.ts';
import type { WorksDocumentEvent } from './works-event.ts';
import type { ValidationEvent } from './validation-event.ts';

/** What the relay sends through SNS: events, and mails to the operators. */

/** Everything that is published on the topic of events. */
export type RelayEvent =
  InvoiceEvent | CredentialsReminder | OrderNotified | RetentionDue | ValidationEvent | WorksDocumentEvent;

/** Publishes at least once. @throws Error if an event may not have been published; all may then be published again */
export type EventPublisher<Event extends RelayEvent = InvoiceEvent> = (events: readonly Event[]) => Promise<void>;

/** What SNS accepts in one batch; it counts the attributes with the messages. */
const batchLimits = { items: 10, bytes: 262_144, bytesOf: ({ bytes }: Sized) => bytes };

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

/**
 * CloudEvents as JSON; the message attributes are for the subscribers' filters. Invoices of one batch of the queue are
 * done at about the same time: their events leave together.
 */
export function snsEventPublisher({ client, topicArn, hasOwnInbox }: EventTopics): EventPublisher<RelayEvent> {
  const topics = new Map<string, (entries: readonly Sized[]) => Promise<void>>();
  const publishTo = (topic: string) => {
    const known =
      topics.get(topic) ?? gathered((entries: readonly Sized[]) => publishBatch(client, topic, entries), batchLimits);
    topics.set(topic, known);
    return known;
  };
  return async (events) => {
    for (const [connection, its] of Map.groupBy(events, ({ data }) => data.connection)) {
      const topic = (await hasOwnInbox(connection)) ? ownEventsTopic(topicArn, connection) : topicArn;
      await publishTo(topic)(its.map(entryOf));
    }
  };
}

async function publishBatch(client: SNSClient, TopicArn: string, batch: readonly Sized[]) {
  const PublishBatchRequestEntries = batch.map(({ entry }, i) => ({ Id: String(i), ...entry }));
  const { Failed = [] } = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  const faults = new Map(Failed.map(({ Id, Code, SenderFault }) => [Id, faultOf(Code, SenderFault)]));
  return batch.map((_, i) => faults.get(String(i)));
}

function faultOf(code: string | undefined, isOurs: boolean | undefined): Error {
  const why = `SNS did not take an event: ${code}`;
  return isOurs ? new Error(why) : new ServiceUnavailable(why);
}

const saidOf = ({ type, data: { connection, actionNeeded } }: RelayEvent) => ({
  ...{ connection, type, 'action-needed': String(actionNeeded) },
});

const entryOf = (event: RelayEvent) => {
  const [Message, said] = [JSON.stringify(event), saidOf(event)];
  const bytes = Buffer.byteLength(Message) + attributeBytes(said);
  return { bytes, entry: { Message, MessageAttributes: attributesOf(said) } };
};
type Sized = ReturnType<typeof entryOf>;

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

/** As SNS and SQS call what is not a number or bytes. */
const attributeType = 'String';

/** SQS counts an attribute's name, type and value. */
export const attributeBytes = (said: Readonly<Record<string, string>>): number =>
  Object.entries(said).reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${attributeType}${value}`), 0);

export const attributesOf = (said: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: attributeType, StringValue }]),
  );
