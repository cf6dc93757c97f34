import { DescribeTableCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalCloud } from '../../tools/local-cloud/index.ts';
import { clientsOf, cloudOf, writeAssembly } from './local-fixture.ts';

test('an unknown type is an error that names it and the resource', async () => {
  const resources = { Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: {} } };
  await expect(cloudOf(resources)).rejects.toThrow(/Distribution \(AWS::CloudFront::Distribution\)/);
});

test.each([
  ['AWS::S3::Bucket', 'NotificationConfiguration', { QueueConfigurations: [] }],
  ['AWS::Lambda::EventInvokeConfig', 'DestinationConfig', {}],
])('%s: %s, which would change what happens, is an error', async (Type, property, value) => {
  await expect(cloudOf({ Resource: { Type, Properties: { [property]: value } } })).rejects.toThrow(property);
});

test('a condition, which no template of ours has, is an error', async () => {
  const resources = { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } };
  await expect(cloudOf(resources)).rejects.toThrow('the local cloud knows no conditions');
});

test('a resource without effect has a name and an ARN, and policies name what they grant', async () => {
  const cloud = await cloudOf({
    Key: { Type: 'AWS::KMS::Key' },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    },
  });
  const policy = cloud.resources.find(({ type }) => type === 'AWS::IAM::Policy');
  expect(policy?.properties).toEqual({ PolicyDocument: { Resource: 'arn:aws:sqs:eu-west-3:000000000000:Queue' } });
});

test('a queue has the attributes of the template', async () => {
  const cloud = await cloudOf({
    Dead: { Type: 'AWS::SQS::Queue' },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'invoices',
        VisibilityTimeout: 180,
        MessageRetentionPeriod: 345_600,
        MaximumMessageSize: 1_048_576,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 7 },
      },
    },
  });
  const QueueUrl = `${cloud.endpoint}/000000000000/invoices`;
  expect(cloud.resources.find(({ logicalId }) => logicalId === 'Queue')).toMatchObject({
    name: 'invoices',
    ref: QueueUrl,
  });
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  expect((await clientsOf(cloud).sqs.send(command)).Attributes).toMatchObject({
    VisibilityTimeout: '180',
    MessageRetentionPeriod: '345600',
    MaximumMessageSize: '1048576',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-3:000000000000:Dead',
      maxReceiveCount: 7,
    }),
  });
});

test('a topic reaches the queues whose filter allows it, and no e-mail address', async () => {
  const subscription = (properties: object) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Inbox', 'Arn'] },
      ...properties,
    },
  });
  const cloud = await cloudOf({
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'events' } },
    Inbox: { Type: 'AWS::SQS::Queue' },
    Paid: subscription({ RawMessageDelivery: true, FilterPolicy: { type: ['paid'] } }),
    Mail: subscription({ Protocol: 'email', Endpoint: 'someone@example.org' }),
  });
  const { sns, sqs } = clientsOf(cloud);
  for (const type of ['sent', 'paid']) {
    const MessageAttributes = { type: { DataType: 'String', StringValue: type } };
    const TopicArn = 'arn:aws:sns:eu-west-3:000000000000:events';
    await sns.send(new PublishCommand({ TopicArn, Message: `{"${type}":1}`, MessageAttributes }));
  }
  const QueueUrl = `${cloud.endpoint}/000000000000/Inbox`;
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"paid":1}']);
});

test('a table with its index', async () => {
  const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });
  const cloud = await cloudOf({
    Ledger: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [key('pk')],
        AttributeDefinitions: ['pk', 'connection', 'dueAt'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [key('connection'), key('dueAt', 'RANGE')],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    },
  });
  const { dynamodb } = clientsOf(cloud);
  const Item = { pk: { S: 'one' }, connection: { S: 'example' }, dueAt: { S: '2026' }, body: { S: 'x' } };
  await dynamodb.send(new PutItemCommand({ TableName: 'Ledger', Item }));
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: 'Ledger',
      IndexName: 'due',
      KeyConditionExpression: '#connection = :connection',
      ExpressionAttributeNames: { '#connection': 'connection' },
      ExpressionAttributeValues: { ':connection': { S: 'example' } },
    }),
  );
  expect(Items).toEqual([{ pk: { S: 'one' }, connection: { S: 'example' }, dueAt: { S: '2026' } }]);
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Ledger' }));
  expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
  expect(cloud.wire.count({ action: 'Query', resource: 'table/Ledger/index/due' })).toBe(1);
});

test('resources come up after those they depend on, whatever their order', async () => {
  const cloud = await cloudOf({
    First: { Type: 'AWS::SQS::Queue', DependsOn: 'Second' },
    Second: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Third', 'TopicName'] } } },
    Third: { Type: 'AWS::SNS::Topic' },
  });
  expect(cloud.resources.map(({ logicalId }) => logicalId)).toEqual(['Third', 'Second', 'First']);
});

test('one stack imports what another exports', async () => {
  const assembly = await writeAssembly({
    stacks: [
      {
        name: 'relay',
        dependencies: ['data'],
        template: {
          Parameters: { BootstrapVersion: { Type: 'String', Default: '/cdk/version' } },
          Resources: {
            Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'data:bucket' } } },
          },
          Outputs: { Url: { Value: { Ref: 'Queue' } }, Version: { Value: { Ref: 'BootstrapVersion' } } },
        },
      },
      {
        name: 'data',
        template: {
          Resources: { Store: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'documents' } } },
          Outputs: { ExportStore: { Value: { Ref: 'Store' }, Export: { Name: 'data:bucket' } } },
        },
      },
    ],
  });
  const cloud = await startLocalCloud({ assembly });
  onTestFinished(() => cloud.stop());
  expect(cloud.outputs).toEqual({
    ExportStore: 'documents',
    Url: `${cloud.endpoint}/000000000000/documents`,
    Version: '/cdk/version',
  });
});
