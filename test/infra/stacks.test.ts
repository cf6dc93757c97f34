import { beforeAll, describe, expect, it } from 'vitest';
import { statementsOf } from './policy-statements.ts';
import { ofType, stacksOf, written, type Resource, type Stacks } from './stacks-fixture.ts';

const anything: unknown = expect.anything();
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const having = (part: Record<string, unknown>): unknown => expect.objectContaining(part);

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test', { alarmEmails: 'a@example.org,b@example.org', maximumConcurrency: '7' });
});

const all = (type: string): Resource[] => {
  const found = ofType(stacks.all, type);
  expect(found, type).not.toHaveLength(0);
  return found;
};

it('the queue of invoices leaves time for retries and takes 1 MiB', () => {
  const invoices = all('AWS::SQS::Queue').find(
    ({ Properties }) => Properties['QueueName'] === 'chorus-relay-test-invoices',
  );
  expect(invoices?.Properties).toMatchObject({ MaximumMessageSize: 1_048_576, VisibilityTimeout: 360 });
  expect(written(invoices?.Properties['RedrivePolicy'])).toContain('"maxReceiveCount":1000');
});

it('a service that puts messages on a queue may use the key of its queue', () => {
  const allowed = (type: string, action: string) =>
    statementsOf(all(type)).filter(({ effect, actions }) => effect === 'Allow' && actions.includes(action));
  const sending = allowed('AWS::SQS::QueuePolicy', 'sqs:SendMessage').map(({ principal }) => principal);
  const ofKey = allowed('AWS::KMS::Key', 'kms:GenerateDataKey').map(({ principal }) => principal);
  expect(sending.join()).toContain('events.amazonaws.com');
  expect(ofKey).toEqual(expect.arrayContaining(sending));
});

describe('the topics', () => {
  it('of operations lets alarms and rules publish, and hangs on no key', () => {
    const services = statementsOf(all('AWS::SNS::TopicPolicy')).flatMap(({ effect, principal }) =>
      effect === 'Allow' ? (/"(\w+)\.amazonaws\.com"/.exec(principal)?.[1] ?? []) : [],
    );
    // The operators’ topic alone: no service publishes on that of a connection's contacts.
    expect(services.toSorted()).toEqual(['cloudwatch', 'events']);
    const encrypted = all('AWS::SNS::Topic').filter(({ Properties }) => Properties['KmsMasterKeyId'] !== undefined);
    expect(encrypted.map(({ Properties }) => Properties['TopicName'])).toEqual(['chorus-relay-test-invoice-events']);
  });

  it('have their subscribers: the queue of the ERP, raw, and a person for each address', () => {
    const subscriptions = all('AWS::SNS::Subscription').map(({ Properties }) => Properties);
    expect(subscriptions).toContainEqual(
      expect.objectContaining({ Protocol: 'sqs', RawMessageDelivery: true, RedrivePolicy: anything }),
    );
    expect(subscriptions.filter(({ Protocol }) => Protocol === 'email').map(({ Endpoint }) => Endpoint)).toEqual([
      'a@example.org',
      'b@example.org',
      // Of the example's morning mail.
      'compta@duval.example',
    ]);
  });
});

it('functions and alarms are named after the stage, and logs are kept for a quarter', () => {
  for (const { Properties } of all('AWS::Lambda::Function'))
    expect(Properties).toMatchObject({
      FunctionName: like(/^chorus-relay-test-/),
      Environment: { Variables: { METRICS_NAMESPACE: 'ChorusRelay' } },
    });
  for (const { Properties } of all('AWS::Logs::LogGroup')) expect(Properties).toMatchObject({ RetentionInDays: 90 });
  for (const { Properties } of all('AWS::CloudWatch::Alarm'))
    expect(Properties).toMatchObject({ AlarmName: like(/^chorus-relay-test-/) });
});

it('submit-invoice takes five messages at a time, so many times at once as the context says', () => {
  expect(all('AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties)).toMatchObject([
    { BatchSize: 5, ScalingConfig: { MaximumConcurrency: 7 } },
    { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 25 } },
  ]);
});

it('the ledger has indexes for what is due, what is open and what people list, which tell keys only', () => {
  const keys = (sortKey: string, key: string) => [
    { AttributeName: key, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
  const index = (IndexName: string, sortKey: string, key = 'connection') =>
    having({ IndexName, KeySchema: keys(sortKey, key), Projection: { ProjectionType: 'KEYS_ONLY' } });
  expect(all('AWS::DynamoDB::Table').map(({ Properties }) => Properties['GlobalSecondaryIndexes'])).toEqual([
    [index('due', 'dueAt'), index('watch', 'watchAt'), index('open', 'openSince'), index('list', 'listedAt', 'list')],
  ]);
});

it('a connection’s secret is in no stack, whose name for it nobody else could have for a month', () => {
  expect(ofType(stacks.all, 'AWS::SecretsManager::Secret')).toEqual([]);
});

it('one schedule gives the turns of all connections, and tells the minute for which it is called', () => {
  const schedules = all('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
  expect(schedules).toContainEqual(
    expect.objectContaining({
      Name: 'give-turns',
      ScheduleExpression: 'rate(1 minute)',
      Target: having({ Input: '{"time":"<aws.scheduler.scheduled-time>"}', DeadLetterConfig: anything }),
    }),
  );
  for (const schedule of schedules) expect(schedule['FlexibleTimeWindow']).toEqual({ Mode: 'OFF' });
});

it('turns are taken one by one, beside each other, and are not kept for long', () => {
  expect(all('AWS::SQS::Queue').map(({ Properties }) => Properties)).toContainEqual(
    expect.objectContaining({
      QueueName: 'chorus-relay-test-turns',
      VisibilityTimeout: 6 * 60,
      MessageRetentionPeriod: 15 * 60,
    }),
  );
});

it('the outputs have the names that guides and the local cloud use', () => {
  expect(stacks.relay.outputs.toSorted()).toEqual(
    [
      'InvoicesQueueUrl',
      'DeadLettersQueueUrl',
      'ErpInboxQueueUrl',
      'EventsTopicArn',
      'OperationsTopicArn',
      'DocumentsBucket',
      'LedgerTable',
      'SubmitInvoiceFunction',
      'TurnsQueueUrl',
      'GiveTurnsFunction',
      'TakeTurnsFunction',
      'WatchCredentialsFunction',
      'CheckConnectionFunction',
      'RotateCredentialsFunctionArn',
      'DeskUrl',
    ].sort(),
  );
});

it('a stage has no desk unless its context says who signs people in', async () => {
  const { all } = await stacksOf('bare', { desk: undefined });
  expect(all.filter(({ id }) => /desk/i.test(id))).toEqual([]);
  expect(all.filter(({ Type }) => Type.startsWith('AWS::ApiGateway'))).toEqual([]);
});
