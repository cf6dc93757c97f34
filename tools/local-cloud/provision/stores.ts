/** Brings up what keeps or passes on something: queues, topics, the bucket, its rule, the table, and the key of all. */
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { ConfirmSubscriptionCommand, CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { arns, lastPart, queueUrl } from '../arn.ts';
import type { Provisioner } from './stack.ts';

/** Attributes of SQS and SNS are texts: numbers as digits, anything else as JSON. */
const asTexts = (properties: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const],
    ),
  );

/** What is not listed here, such as the key, has no effect on one machine. */
const queueSchema = z
  .object({
    VisibilityTimeout: z.unknown(),
    MessageRetentionPeriod: z.unknown(),
    MaximumMessageSize: z.unknown(),
    DelaySeconds: z.unknown(),
    ReceiveMessageWaitTimeSeconds: z.unknown(),
    RedrivePolicy: z.unknown(),
  })
  .partial();

export const queue: Provisioner = async ({ logicalId, properties }, { clients, endpoint }) => {
  const name = z.string().default(logicalId).parse(properties['QueueName']);
  const Attributes = asTexts(queueSchema.parse(properties));
  await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  const url = queueUrl(endpoint, name);
  return { name, ref: url, attributes: { Arn: arns.queue(name), QueueName: name, QueueUrl: url } };
};

export const topic: Provisioner = async ({ logicalId, properties }, { clients }) => {
  const name = z.string().default(logicalId).parse(properties['TopicName']);
  await clients.sns.send(new CreateTopicCommand({ Name: name }));
  const TopicArn = arns.topic(name);
  return { name, ref: TopicArn, attributes: { TopicArn, TopicName: name } };
};

const subscriptionSchema = z.object({
  Protocol: z.string(),
  Endpoint: z.string(),
  TopicArn: z.string(),
  FilterPolicy: z.unknown().optional(),
  FilterPolicyScope: z.unknown().optional(),
  RawMessageDelivery: z.unknown().optional(),
});

/** Only queues receive messages. A mail is kept (services/mails.ts): whoever reads it has confirmed the address. */
export const topicSubscription: Provisioner = async ({ logicalId, properties }, { clients, mails }) => {
  const { TopicArn, Protocol, Endpoint, ...attributes } = subscriptionSchema.parse(properties);
  const subscription = { TopicArn, Protocol, Endpoint, Attributes: asTexts(attributes) };
  const { SubscriptionArn: Token } = await clients.sns.send(new SubscribeCommand(subscription));
  if (Protocol === 'email') {
    await clients.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    mails.subscribe(TopicArn, Endpoint);
  }
  const ref = `${TopicArn}:${logicalId}`;
  return { name: lastPart(Endpoint, ':'), ref, attributes: { Arn: ref } };
};

const bucketSchema = z.object({
  BucketName: z.string().optional(),
  NotificationConfiguration: z
    .strictObject({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.literal(true) }) })
    .optional(),
});

export const bucket: Provisioner = async ({ logicalId, properties }, { clients, objectEvents }) => {
  const { BucketName: name = logicalId.toLowerCase(), NotificationConfiguration } = bucketSchema.parse(properties);
  await clients.s3.send(new CreateBucketCommand({ Bucket: name }));
  if (NotificationConfiguration) objectEvents.tellOf(name);
  return { name, ref: name, attributes: { Arn: arns.bucket(name) } };
};

const objectRuleSchema = z.object({
  Name: z.string(),
  EventPattern: z.object({
    source: z.tuple([z.literal('aws.s3')]),
    'detail-type': z.tuple([z.literal('Object Created')]),
    detail: z.strictObject({
      bucket: z.strictObject({ name: z.array(z.string()) }),
      object: z.strictObject({ key: z.array(z.strictObject({ wildcard: z.string() })) }),
    }),
  }),
  Targets: z.tuple([z.object({ Arn: z.string().includes(':sqs:'), Input: z.never().optional() })]),
});
const aboutObjects = z.object({
  EventPattern: z.object({ source: z.array(z.string()).refine((all) => all.includes('aws.s3')) }),
});

/** Of rules, only one about objects has an effect: nothing else here tells EventBridge. */
export const rule: Provisioner = ({ logicalId, properties }, { objectEvents }) => {
  const named = { name: logicalId, ref: logicalId, attributes: { Arn: arns.rule(logicalId) } };
  if (!aboutObjects.safeParse(properties).success) return named;
  const { Name: name, EventPattern, Targets } = objectRuleSchema.parse(properties);
  const { bucket: inBucket, object } = EventPattern.detail;
  objectEvents.addRule({
    buckets: inBucket.name,
    wildcards: object.key.map(({ wildcard }) => wildcard),
    queueArn: Targets[0].Arn,
  });
  return { name, ref: name, attributes: { Arn: arns.rule(name) } };
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const tableSchema = z.object({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
});

/** Always on demand, without a stream. */
export const table: Provisioner = async ({ logicalId, properties }, { clients: { dynamodb } }) => {
  const { TableName = logicalId, ...shape } = tableSchema.parse(properties);
  await dynamodb.send(new CreateTableCommand({ TableName, ...shape, BillingMode: 'PAY_PER_REQUEST' }));
  const status = async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  while ((await status()) !== 'ACTIVE');
  return { name: TableName, ref: TableName, attributes: { Arn: arns.table(TableName) } };
};

export const key: Provisioner = ({ logicalId }, { keys }) => {
  const arn = keys.create(logicalId);
  return { name: logicalId, ref: logicalId, attributes: { Arn: arn, KeyId: logicalId } };
};

const aliasSchema = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

export const keyAlias: Provisioner = ({ properties }, { keys }) => {
  const { AliasName: name, TargetKeyId } = aliasSchema.parse(properties);
  keys.name(name, TargetKeyId);
  return { name, ref: name, attributes: {} };
};
