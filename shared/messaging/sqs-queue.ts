import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { sqsClient } from '../aws/runtime.ts';
import type { Queue } from './batch-runner.ts';
import { attributeBytes, attributesOf } from './senders.ts';

/** What SQS takes in one message, its attributes included: bytes. */
const longestMessage = 1_048_576;

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

/** The same with a client of its own. */
export const openQueue = (options: Omit<SqsQueueOptions, 'client'>): Queue =>
  sqsQueue({ client: sqsClient(), ...options });
