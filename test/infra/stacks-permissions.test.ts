import { beforeAll, expect, it } from 'vitest';
import { statementsOf, type Statement } from './policy-statements.ts';
import { ofType, stacksOf, written, type Stacks } from './stacks-fixture.ts';

let stacks: Stacks;
let allowed: Statement[];
beforeAll(async () => {
  stacks = await stacksOf('test');
  allowed = statementsOf(stacks.all).filter(({ effect }) => effect === 'Allow');
});

const actionsOf = (part: string): string[] =>
  allowed
    .filter((statement) => statement.in.includes(part) && statement.type.startsWith('AWS::IAM::'))
    .flatMap(({ actions }) => actions)
    .filter((action) => !/^(logs|xray|kms|sts):/.test(action))
    .sort();

it('each function may do what it does and nothing else', () => {
  expect(actionsOf('FunctionsSubmitInvoice')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    's3:GetObject',
    's3:GetObjectVersion',
    's3:ListBucket',
    's3:PutObject',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ]);
  expect(actionsOf('FunctionsGiveTurns')).toEqual(['dynamodb:GetItem', 'sqs:SendMessage']);
  expect(actionsOf('FunctionsTakeTurns')).toEqual([
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'secretsmanager:GetSecretValue',
    'sns:GetTopicAttributes',
    'sns:Publish',
    'sns:Publish',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ]);
  expect(actionsOf('FunctionsCheckConnection')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'secretsmanager:GetSecretValue',
  ]);
  expect(actionsOf('FunctionsDesk')).toEqual([
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'sqs:SendMessage',
  ]);
  expect(actionsOf('FunctionsWatchCredentials')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
  ]);
  expect(actionsOf('FunctionsRotateCredentials')).toEqual([
    'dynamodb:GetItem',
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecretVersionStage',
    'sns:Publish',
  ]);
});

it('the ERP may send, upload, read its events and what was fetched for it, and nothing else', () => {
  expect(actionsOf('exampleErp')).toEqual([
    's3:GetObject',
    's3:PutObject',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ]);
});

it('the ERP of a connection reaches its own folders, and take-turns the indexes and not the table', () => {
  const resourcesOf = (part: string, action: RegExp) =>
    allowed
      .filter((statement) => statement.in.includes(part) && statement.actions.some((one) => action.test(one)))
      .flatMap(({ resources }) => resources.map((arn) => /"(\/[^"]*)"\]\]\}$/.exec(arn)?.[1] ?? arn));
  expect(resourcesOf('exampleErp', /^s3:Put/)).toEqual(['/incoming/example/*']);
  expect(resourcesOf('exampleErp', /^s3:Get/)).toEqual(['/fetched/example/*']);
  expect(resourcesOf('exampleErp', /^sqs:GetQueueUrl$/)).toHaveLength(2);
  expect(resourcesOf('FunctionsDesk', /^s3:Put/)).toEqual(['/incoming/*/desk/*']);
  expect(resourcesOf('FunctionsDesk', /^s3:Get/)).toEqual(['/documents/*', '/received/*']);
  expect(resourcesOf('FunctionsTakeTurns', /^dynamodb:Query$/)).toEqual([
    '/index/due',
    '/index/list',
    '/index/open',
    '/index/watch',
  ]);
});

it('only this account’s schedules may wear the role that calls the functions', () => {
  const role = ofType(stacks.relay.resources, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Schedules'));
  const trust = written(role?.Properties['AssumeRolePolicyDocument']);
  expect(trust).toContain('"aws:SourceAccount"');
  expect(trust).toContain(':schedule-group/chorus-relay-test');
});

it('secrets are reached by the names of this stage’s connections, whichever they are', () => {
  const secrets = allowed.filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
  for (const { resources } of secrets) {
    expect(resources).toHaveLength(1);
    expect(resources[0]).toMatch(/:secret:chorus-relay\/test\/\*"/);
  }
});

it('Secrets Manager may call the function that rotates, and the desk’s address its pages, and nobody anything else', () => {
  const permissions = ofType(stacks.relay.resources, 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
  expect(permissions).toMatchObject([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^FunctionsDesk/), 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
    },
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^FunctionsRotateCredentials/), 'Arn'] },
      Principal: 'secretsmanager.amazonaws.com',
    },
  ]);
});

it('the key serves topics, schedules, logs and what S3 tells', () => {
  const principals = allowed.filter(({ type }) => type === 'AWS::KMS::Key').map(({ principal }) => principal);
  const services = principals.flatMap((principal) => /(sns|scheduler|logs|events)\./.exec(principal)?.[1] ?? []);
  expect(services.toSorted()).toEqual(['events', 'logs', 'scheduler', 'sns']);
  expect(principals.filter((principal) => principal.includes('"Service"'))).toHaveLength(services.length);
});
