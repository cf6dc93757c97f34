import { PublishBatchCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { EventPublisher, RelayEvent } from './event-publisher.ts';

/** SNS takes ten messages a batch. */
const batchSize = 10;

/** CloudEvents as JSON; the message attributes are for the subscribers' filters. */
export function snsEventPublisher(client: SNSClient, topicArn: string): EventPublisher<RelayEvent> {
  return async (events) => {
    for (let from = 0; from < events.length; from += batchSize) {
      const batch = events.slice(from, from + batchSize);
      if (batch.length === 1 && batch[0]) {
        await client.send(new PublishCommand({ TopicArn: topicArn, ...messageOf(batch[0]) }));
        continue;
      }
      const entries = batch.map((event, i) => ({ Id: String(i), ...messageOf(event) }));
      const { Failed = [] } = await client.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }),
      );
      if (Failed.length > 0)
        throw new Error(`SNS refused ${Failed.length} of ${batch.length} events: ${Failed[0]?.Code}`);
    }
  };
}

const messageOf = (event: RelayEvent) => ({
  Message: JSON.stringify(event),
  MessageAttributes: {
    connection: { DataType: 'String', StringValue: event.data.connection },
    type: { DataType: 'String', StringValue: event.type },
    'action-needed': { DataType: 'String', StringValue: String(event.data.actionNeeded) },
  },
});
