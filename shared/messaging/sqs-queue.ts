import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from './batch-runner.ts';

interface SqsQueueOptions {
  client: SQSClient;
  queueUrl: string;
  deadLettersUrl: string;
}

export const sqsQueue = ({ client, queueUrl, deadLettersUrl }: SqsQueueOptions): Queue => ({
  async hide({ receiptHandle }, seconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
  async moveToDeadLetters({ body, messageId, attributes }, why) {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLettersUrl,
        MessageBody: body,
        MessageAttributes: {
          reason: text(why),
          originalMessageId: text(messageId),
          originallySent: text(attributes.SentTimestamp),
        },
        ...(attributes.MessageGroupId ? { MessageGroupId: attributes.MessageGroupId } : {}),
      }),
    );
  },
});
