import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

/** What a person reads in an e-mail: a subject of a hundred ASCII characters at most, as SNS wants it, and plain text. */
export interface OperationsMessage {
  subject: string;
  text: string;
}

/** Tells the people of the topic `operations`, at least once. */
export type TellOperations = (message: OperationsMessage) => Promise<void>;

export const operationsTopic =
  (client: SNSClient, topicArn: string): TellOperations =>
  async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
  };
