import { GetTopicAttributesCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { wasRefused } from '../aws/runtime.ts';
import { markOf } from '../connection/morning-mail.ts';
import type { OperationsMessage } from './senders.ts';

/**
 * Mail to one person. Each addressee of a connection's morning mail has a topic of its own: a topic that is not there,
 * or that nobody has confirmed, shows; what a filter drops does not (docs/adr/0037-the-morning-mail.md).
 */
export interface Mailbox {
  /** Whether it can be reached: its topic is deployed, and whoever reads it has confirmed the address. */
  isOpen(connection: string, address: string): Promise<boolean>;
  /**
   * @returns `refused`: it has certainly not left
   * @throws Error if nobody knows whether it has left
   */
  send(connection: string, address: string, message: OperationsMessage): Promise<'sent' | 'refused'>;
}

/** No address is in it: a topic's name is seen by many. @param operations the name or ARN of the operators' topic */
export const morningTopic = (operations: string, connection: string, address: string): string =>
  `${operations}-morning-${connection}-${markOf(address)}`;

/** @param client one that never tries again by itself: a mail whose reply was lost would come twice */
export const snsMailbox = (client: SNSClient, operations: string): Mailbox => ({
  async isOpen(connection, address) {
    const TopicArn = morningTopic(operations, connection, address);
    try {
      const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
      return Number(Attributes['SubscriptionsConfirmed']) > 0;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundException') return false;
      throw error;
    }
  },
  async send(connection, address, { subject, text }) {
    const TopicArn = morningTopic(operations, connection, address);
    try {
      await client.send(new PublishCommand({ TopicArn, Subject: subject, Message: text }));
      return 'sent';
    } catch (error) {
      if (wasRefused(error)) return 'refused';
      throw error;
    }
  },
});
