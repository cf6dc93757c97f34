import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { accountId, lastPart } from '../arn.ts';
import type { Provisioner } from './context.ts';

const queueAttributes = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
] as const;

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export const queue: Provisioner = async ({ logicalId, properties }, { clients, arns, endpoint }) => {
  const name = z.string().optional().parse(properties['QueueName']) ?? logicalId;
  const given = queueAttributes.flatMap((attribute) => {
    const value = properties[attribute];
    return value === undefined ? [] : [[attribute, asText(value)] as const];
  });
  await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: Object.fromEntries(given) }));
  const url = `${endpoint}/${accountId}/${name}`;
  return { name, ref: url, attributes: { Arn: arns.queue(name), QueueName: name, QueueUrl: url } };
};

const topicSchema = z.object({ TopicName: z.string().optional() });

export const topic: Provisioner = async ({ logicalId, properties }, { clients, arns }) => {
  const { TopicName: name = logicalId } = topicSchema.parse(properties);
  await clients.sns.send(new CreateTopicCommand({ Name: name }));
  const TopicArn = arns.topic(name);
  return { name, ref: TopicArn, attributes: { TopicArn, TopicName: name } };
};

const subscriptionSchema = z.object({
  Protocol: z.string(),
  Endpoint: z.string(),
  TopicArn: z.string(),
  FilterPolicy: z.unknown().optional(),
  FilterPolicyScope: z.string().optional(),
  RawMessageDelivery: z.unknown().optional(),
});

/** Only queues receive messages; an e-mail address or a pager gets nothing. */
export const topicSubscription: Provisioner = async ({ logicalId, properties }, { clients }) => {
  const { TopicArn, Protocol, Endpoint, ...attributes } = subscriptionSchema.parse(properties);
  const ref = `${TopicArn}:${logicalId}`;
  if (Protocol !== 'sqs') return { name: `${Protocol}:${Endpoint}`, ref, attributes: { Arn: ref } };
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, asText(value)] as const],
  );
  const Attributes = Object.fromEntries(given);
  const { SubscriptionArn = ref } = await clients.sns.send(
    new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }),
  );
  return { name: lastPart(Endpoint, ':'), ref: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
};
