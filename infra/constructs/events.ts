import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { deliveryLimits } from '../../shared/messaging/retry-reasons.ts';
import { ownEventsTopic } from '../../shared/messaging/senders.ts';
import { ownDeadLetters, ownInbox, physicalName, stageNames } from '../names.ts';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';

interface EventsProps {
  stage: string;
  key: IKey;
  /** Whose own they are; those that connections share if absent. */
  connection?: string;
}

/** The events about invoices: a topic that anyone may subscribe to, and a queue that keeps them for the ERP. */
export class Events extends Construct {
  readonly topic: Topic;
  readonly erpInbox: QueueWithDeadLetters;

  constructor(scope: Construct, id: string, { stage, key, connection }: EventsProps) {
    super(scope, id);
    const topicName = physicalName(stage, stageNames.events);
    const isShared = connection === undefined;
    this.topic = new Topic(this, 'Topic', {
      topicName: isShared ? topicName : ownEventsTopic(topicName, connection),
      masterKey: key,
      enforceSSL: true,
    });
    this.erpInbox = new QueueWithDeadLetters(this, 'ErpInbox', {
      stage,
      key,
      ...(isShared
        ? { name: stageNames.erpInbox }
        : { name: ownInbox(connection), deadLetters: ownDeadLetters(connection) }),
      visibilityTimeout: Duration.minutes(5),
      maxReceiveCount: deliveryLimits.erpReceives.value,
    });
    const { queue, deadLetters } = this.erpInbox;
    // Not SqsSubscription: it would write this topic into the policy of a key that belongs to the other stack.
    new Subscription(this, 'Subscription', {
      topic: this.topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: deadLetters,
    });
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TopicDelivers',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
  }
}
