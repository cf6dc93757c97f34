import { beforeAll, expect, it } from 'vitest';
import { ofType, stacksOf, statementsOf, written, type Stacks, type Statement } from './stacks-fixture.ts';

let stacks: Stacks;
let allowed: Statement[];
beforeAll(async () => {
  stacks = await stacksOf('test');
  allowed = statementsOf(stacks.all).filter(({ effect }) => effect === 'Allow');
});

/** The only stars that an identity or a resource may have, and why. */
const exceptions: { why: string; holds: (statement: Statement) => boolean }[] = [
  {
    why: 'in a policy of a key, the star is that key; kms:* is the account itself, without which nobody could mend the policy',
    holds: ({ type, principal, actions, condition }) =>
      type === 'AWS::KMS::Key' && (principal.includes(':root') ? actions.join() === 'kms:*' : condition !== 'null'),
  },
  {
    why: 'X-Ray has no resources',
    holds: ({ actions }) => actions.every((action) => action.startsWith('xray:')),
  },
  {
    why: 'objects are named by their folder',
    holds: ({ actions, resources }) =>
      actions.every((action) => /^s3:(Get|Put)Object$/.test(action)) &&
      resources.every((arn) => /\/((incoming|fetched)(\/example)?|documents|received)\/\*"/.test(arn)),
  },
];

it('no policy allows a star but for the exceptions above', () => {
  const stars = allowed.filter(({ actions, resources }) =>
    [...actions, ...resources].some((text) => text.includes('*')),
  );
  expect(stars.filter((statement) => !exceptions.some(({ holds }) => holds(statement)))).toEqual([]);
  for (const { why, holds } of exceptions) expect(stars.some(holds), why).toBe(true);
});

it('no role takes a policy that AWS writes', () => {
  for (const { Properties } of ofType(stacks.all, 'AWS::IAM::Role'))
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
});

const actionsOf = (part: string): string[] =>
  allowed
    .filter((statement) => statement.in.includes(part) && statement.type.startsWith('AWS::IAM::'))
    .flatMap(({ actions }) => actions)
    .filter((action) => !/^(logs|xray|kms):/.test(action))
    .sort();

it('each function may do what it does and nothing else', () => {
  expect(actionsOf('FunctionsSubmitInvoice')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    's3:GetObject',
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
  expect(actionsOf('FunctionsPollStatuses')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
    'sqs:SendMessage',
  ]);
  expect(actionsOf('FunctionsCheckConnection')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'secretsmanager:GetSecretValue',
  ]);
  expect(actionsOf('FunctionsWatchCredentials')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
  ]);
  expect(actionsOf('FunctionsRotateCredentials')).toEqual([
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecretVersionStage',
    'sns:Publish',
  ]);
});

it('the ERP may send, upload and read its events, and nothing else', () => {
  expect(actionsOf('InvoiceSender')).toEqual([
    's3:GetObject',
    's3:PutObject',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ]);
});

it('only this account’s schedules may wear the role that calls the functions', () => {
  const role = ofType(stacks.relay.resources, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Schedules'));
  const trust = written(role?.Properties['AssumeRolePolicyDocument']);
  expect(trust).toContain('"aws:SourceAccount"');
  expect(trust).toContain(':schedule-group/chorus-relay-test');
});

it('secrets are reached by the names of this deployment’s connections', () => {
  const secrets = allowed.filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
  for (const { resources } of secrets) {
    expect(resources).toHaveLength(1);
    expect(resources[0]).toContain(':secret:chorus-relay/example-??????');
  }
});

it('only this account’s Secrets Manager may call the function that rotates', () => {
  const permissions = ofType(stacks.relay.resources, 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
  expect(permissions).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^FunctionsRotateCredentials/), 'Arn'] },
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    },
  ]);
});

it('the key serves alarms, topics, schedules and logs of this account only', () => {
  const services = allowed.filter(({ type, principal }) => type === 'AWS::KMS::Key' && principal.includes('Service'));
  expect(services).toHaveLength(4);
  for (const { condition } of services) expect(condition).toContain('AWS::AccountId');
});
