import { beforeAll, describe, expect, it } from 'vitest';
import { ofType, stacksOf, statementsOf, written, type Resource, type Stacks } from './stacks-fixture.ts';

const anything: unknown = expect.anything();
const aNumber: unknown = expect.any(Number);
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
const policyFor = (policyType: string, target: Resource) =>
  statementsOf(ofType(stacks.all, policyType)).filter((statement) =>
    statement.resources.some((arn) => arn.includes(target.id)),
  );

describe('every queue', () => {
  it('has a dead-letter queue or is one, and an alarm watches those', () => {
    const queues = all('AWS::SQS::Queue');
    const alarms = all('AWS::CloudWatch::Alarm').map((alarm) => written(alarm.Properties));
    for (const queue of queues.filter(({ Properties }) => Properties['RedrivePolicy'] === undefined)) {
      expect(queue.Properties['QueueName']).toMatch(/-dead-letters$/);
      expect(alarms.some((alarm) => alarm.includes(queue.id) && alarm.includes('NumberOfMessagesVisible'))).toBe(true);
    }
    expect(queues.filter(({ Properties }) => Properties['RedrivePolicy'] !== undefined)).toHaveLength(2);
  });

  it('is encrypted under our key, keeps for 14 days, refuses plain HTTP', () => {
    for (const queue of all('AWS::SQS::Queue')) {
      expect(written(queue.Properties['KmsMasterKeyId'])).toContain('Key');
      expect(queue.Properties['MessageRetentionPeriod']).toBe(14 * 86_400);
      expect(policyFor('AWS::SQS::QueuePolicy', queue)).toContainEqual(
        expect.objectContaining({ effect: 'Deny', condition: '{"Bool":{"aws:SecureTransport":"false"}}' }),
      );
    }
  });

  it('named invoices leaves time for retries and takes 1 MiB', () => {
    const invoices = all('AWS::SQS::Queue').find(
      ({ Properties }) => Properties['QueueName'] === 'chorus-relay-test-invoices',
    );
    expect(invoices?.Properties).toMatchObject({ MaximumMessageSize: 1_048_576, VisibilityTimeout: 360 });
    expect(written(invoices?.Properties['RedrivePolicy'])).toContain('"maxReceiveCount":200');
  });
});

describe('every topic', () => {
  it('is encrypted under our key and refuses plain HTTP', () => {
    for (const topic of all('AWS::SNS::Topic')) {
      expect(written(topic.Properties['KmsMasterKeyId'])).toContain('Key');
      expect(policyFor('AWS::SNS::TopicPolicy', topic)).toContainEqual(
        expect.objectContaining({ effect: 'Deny', condition: '{"Bool":{"aws:SecureTransport":"false"}}' }),
      );
    }
  });

  it('of alarms lets CloudWatch publish, and so does the key', () => {
    const says = (policy: string) =>
      statementsOf(all(policy)).some((statement) => statement.principal.includes('cloudwatch.amazonaws.com'));
    expect(says('AWS::SNS::TopicPolicy')).toBe(true);
    expect(says('AWS::KMS::Key')).toBe(true);
  });

  it('has its subscribers: the queue of the ERP, raw, and a person for each address', () => {
    const subscriptions = all('AWS::SNS::Subscription').map(({ Properties }) => Properties);
    expect(subscriptions).toContainEqual(
      expect.objectContaining({ Protocol: 'sqs', RawMessageDelivery: true, RedrivePolicy: anything }),
    );
    expect(subscriptions.filter(({ Protocol }) => Protocol === 'email').map(({ Endpoint }) => Endpoint)).toEqual([
      'a@example.org',
      'b@example.org',
    ]);
  });
});

describe('every function', () => {
  it('has a timeout, the runtime, the processor, traces, and a log with an end and our key', () => {
    const logs = ofType(stacks.all, 'AWS::Logs::LogGroup');
    for (const { Properties } of all('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: aNumber,
        TracingConfig: { Mode: 'Active' },
        FunctionName: like(/^chorus-relay-test-/),
        Environment: {
          Variables: { POWERTOOLS_SERVICE_NAME: 'chorus-relay', POWERTOOLS_METRICS_NAMESPACE: 'ChorusRelay' },
        },
      });
      const log = logs.find(({ id }) => written(Properties['LoggingConfig']).includes(id));
      expect(log?.Properties).toMatchObject({
        LogGroupName: `/aws/lambda/${written(Properties['FunctionName'])}`,
        RetentionInDays: 90,
        KmsKeyId: anything,
      });
    }
  });

  it('finishes well before its message is shown again', () => {
    const mapping = all('AWS::Lambda::EventSourceMapping')[0];
    expect(mapping?.Properties).toMatchObject({
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
    const submit = all('AWS::Lambda::Function').find(({ id }) =>
      written(mapping?.Properties['FunctionName']).includes(id),
    );
    expect(submit?.Properties['Timeout']).toBe(60);
  });
});

it('what must not be lost outlives its stack', () => {
  const kept = ['AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret'];
  for (const resource of kept.flatMap(all)) expect(resource.DeletionPolicy, resource.id).toBe('Retain');
  expect(all('AWS::DynamoDB::Table')[0]?.Properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEType: 'KMS' },
  });
  expect(all('AWS::S3::Bucket')[0]?.Properties).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
  expect(all('AWS::KMS::Key')[0]?.Properties).toMatchObject({ EnableKeyRotation: true });
});

it('a secret is made without a value', () => {
  for (const { Properties } of all('AWS::SecretsManager::Secret')) {
    expect(Properties).toMatchObject({ Name: 'chorus-relay/example' });
    expect(Object.keys(Properties)).not.toContain('SecretString');
    expect(Object.keys(Properties)).not.toContain('GenerateSecretString');
  }
});

it('each connection is polled by its own schedule, which tells its name', () => {
  const schedules = all('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
  expect(schedules).toContainEqual(
    expect.objectContaining({
      Name: 'poll-statuses-example',
      ScheduleExpression: 'rate(15 minutes)',
      Target: having({ Input: '{"connection":"example"}', DeadLetterConfig: anything }),
    }),
  );
  for (const schedule of schedules) expect(schedule['FlexibleTimeWindow']).toEqual({ Mode: 'OFF' });
});

it('the outputs have the names that guides and the local cloud use', () => {
  expect(stacks.relay.outputs.sort()).toEqual(
    [
      'InvoicesQueueUrl',
      'DeadLettersQueueUrl',
      'ErpInboxQueueUrl',
      'EventsTopicArn',
      'OperationsTopicArn',
      'DocumentsBucket',
      'LedgerTable',
      'SubmitInvoiceFunction',
      'PollStatusesFunction',
      'WatchCredentialsFunction',
      'CheckConnectionFunction',
      'RotateCredentialsFunctionArn',
    ].sort(),
  );
});

describe('the document store', () => {
  const rules = (stage: Stacks) =>
    JSON.stringify(ofType(stage.all, 'AWS::S3::Bucket')[0]?.Properties['LifecycleConfiguration']);

  it('keeps what was sent and received for ten years, or as long as the context says, and the rest for a quarter', async () => {
    for (const folder of ['documents', 'received'])
      expect(rules(stacks)).toMatch(new RegExp(`"ExpirationInDays":3653,"Id":"kept-${folder}"`));
    expect(rules(stacks)).toMatch(/"ExpirationInDays":90,"Id":"passing-incoming"/);
    expect(rules(await stacksOf('test', { retentionYears: '2' }))).toMatch(
      /"ExpirationInDays":731,"Id":"kept-documents"/,
    );
  });
});
