import * as z from 'zod';
import { statementsOf, type Statement } from './policy-statements.ts';
import { deadLettersOf } from './template-rules-messages.ts';
import { references, written, type Resource } from './stacks-fixture.ts';
import { acknowledgedStars, hasStar, isStar } from './template-rules-stars.ts';
import { at, having, refersTo, unless, where, without, type Rule, type Spoil } from './template-rule.ts';

/** The statements of a resource, none of which may be so. */
const none =
  (bad: (statement: Statement) => boolean): Rule['holds'] =>
  (resource) => {
    const found = statementsOf([resource]).find(bad);
    return found && `a statement allows ${found.actions.join()} on ${found.resources.join()} to ${found.principal}`;
  };

const givesUpTo = (queue: Resource, deadLetters: Resource): boolean => refersTo(deadLettersOf(queue), deadLetters);

const takesFromQueue: Parameters<typeof where>[0] = (deadLetters, template) =>
  template.some((one) => one.Type === deadLetters.Type && givesUpTo(one, deadLetters));

/** A condition that shuts others out; `StringNotEquals` would let all of them in. */
const shuttingOut = ['StringEquals', 'ArnEquals', 'ArnLike'];
/** Functions wear their roles; all other services act for many accounts, and may be made to act for another one. */
const actsForAnybody = ({ effect, principal, actions, condition }: Statement): boolean =>
  effect === 'Allow' &&
  principal.includes('"Service"') &&
  !(principal === '{"Service":"lambda.amazonaws.com"}' && actions.join() === 'sts:AssumeRole') &&
  !(
    Object.keys(z.record(z.string(), z.unknown()).parse(conditionOf(condition) ?? {})).every((key) =>
      shuttingOut.includes(key),
    ) &&
    /"(aws:Source(Account|Arn)|kms:EncryptionContext:aws:logs:arn)"/.test(condition) &&
    (condition.includes('"AWS::AccountId"') || references(conditionOf(condition)).length > 0)
  );
const conditionOf = (condition: string): unknown => JSON.parse(condition);
const statement = 'Properties.PolicyDocument.Statement.0';
const trust = 'Properties.AssumeRolePolicyDocument.Statement.0';

const statementsSchema = z.array(z.record(z.string(), z.unknown()));

/** Changes every statement that has a condition. */
const inStatement =
  (change: (statement: Record<string, unknown>) => Record<string, unknown>): Spoil =>
  (resource, template) => {
    const path = 'Properties.PolicyDocument.Statement';
    const statements = statementsSchema.parse(at(resource, path));
    return having(
      path,
      statements.map((one) => ('Condition' in one ? change(one) : one)),
    )(resource, template);
  };
const lists = (policy: Resource): boolean => written(policy.Properties).includes('s3:ListBucket');

const isOfAnotherAccount = ({ effect, principal }: Statement): boolean =>
  effect === 'Allow' && principal.includes('"AWS"') && !principal.includes('{"Ref":"AWS::AccountId"}');

/** Who may do what: named actions on named resources. */
export const permissionRules: readonly Rule[] = [
  {
    name: 'allows no star but an acknowledged one',
    of: 'all',
    holds: none(
      (one) => isStar(one) && (hasStar([one.principal]) || !acknowledgedStars.some(({ holds }) => holds(one))),
    ),
    brokenBy: {
      'every action': having(statement, { Effect: 'Allow', Action: '*', Resource: 'arn' }),
      'every action of a service': having(statement, {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:*'],
        Resource: 'a',
      }),
      'every resource': having(statement, { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: '*' }),
      'every object': having(statement, {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', ['arn', '/*']] },
      }),
      'every secret': having(statement, { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
      'every alarm changed': having(statement, { Effect: 'Allow', Action: 'cloudwatch:PutMetricAlarm', Resource: '*' }),
      'a policy inside a role': where(
        ({ Type }) => Type === 'AWS::IAM::Role',
        having('Properties.Policies', [
          { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
        ]),
      ),
      everybody: having(`${trust}.Principal`, { AWS: '*' }),
      'everybody, of the key': having('Properties.KeyPolicy.Statement.1.Principal', '*'),
    },
  },
  {
    name: 'says what is allowed, not what is not',
    of: 'all',
    holds: none(({ effect, inverted }) => effect === 'Allow' && inverted.length > 0),
    brokenBy: Object.fromEntries(
      ['NotAction', 'NotResource', 'NotPrincipal'].map((name) => [
        name,
        having(statement, { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn', [name]: 'x' }),
      ]),
    ),
  },
  {
    name: 'lets a service in for this account alone',
    of: 'all',
    holds: none(actsForAnybody),
    brokenBy: {
      'a role for whoever calls': where(
        ({ Properties }) => !written(Properties).includes('lambda.amazonaws.com'),
        without(`${trust}.Condition`),
      ),
      'a queue or topic for whoever calls': without('Properties.PolicyDocument.Statement.1.Condition'),
      'a key for whoever calls': without('Properties.KeyPolicy.Statement.1.Condition'),
      'all but this account': having('Properties.KeyPolicy.Statement.1.Condition', {
        StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      }),
      'another account': having('Properties.KeyPolicy.Statement.1.Condition', {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      }),
    },
  },
  {
    name: 'lets nobody in from another account',
    of: 'all',
    holds: none(isOfAnotherAccount),
    brokenBy: {
      'another account, of the key': having('Properties.KeyPolicy.Statement.0.Principal.AWS', 'arn:aws:iam::1:root'),
      'another account, of a role': having(`${trust}.Principal`, { AWS: '123456789012' }),
    },
  },
  {
    name: 'lets a service call for this account alone',
    of: ['AWS::Lambda::Permission'],
    holds: ({ Properties: { SourceAccount } }) =>
      unless(written(SourceAccount) === '{"Ref":"AWS::AccountId"}', 'its SourceAccount is not this account'),
    brokenBy: { 'whoever calls': without('Properties.SourceAccount') },
  },
  {
    name: 'uses the key through named services alone, if it is for people and programs outside',
    of: ['AWS::IAM::ManagedPolicy'],
    holds: none(
      ({ actions, condition }) =>
        actions.some((action) => action.startsWith('kms:')) &&
        !/^\{"StringEquals":\{"kms:ViaService":[^*?]+\}\}$/.test(condition),
    ),
    brokenBy: {
      'the key for whatever it likes': inStatement((one) => ({ ...one, Condition: undefined })),
      'every service': inStatement((one) => ({ ...one, Condition: { StringLike: { 'kms:ViaService': '*' } } })),
    },
  },
  {
    name: 'lists no more of a bucket than named folders',
    of: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
    holds: none(
      ({ actions, condition }) =>
        actions.includes('s3:ListBucket') &&
        !/^\{"StringLike":\{"s3:prefix":\["[a-z]+\/\*"(,"[a-z]+\/\*")*\]\}\}$/.test(condition),
    ),
    brokenBy: {
      'the whole bucket': where(
        lists,
        inStatement((one) => ({ ...one, Condition: undefined })),
      ),
      'every folder': where(
        lists,
        inStatement((one) => ({ ...one, Condition: { StringLike: { 's3:prefix': ['*'] } } })),
      ),
    },
  },
  {
    // Anyone in the account could else name it as the dead-letter queue of another one.
    name: 'takes the dead letters of its own queue alone',
    of: ['AWS::SQS::Queue'],
    holds: (queue, template) => {
      if (deadLettersOf(queue) !== undefined) return undefined;
      const sources = template.filter(({ Type }) => Type === queue.Type).filter((one) => givesUpTo(one, queue));
      const allowed = written(at(queue, 'Properties.RedriveAllowPolicy'));
      const names = sources.map(({ Properties }) => `:${written(Properties['QueueName'])}"]]}`);
      const right =
        names.length === 0
          ? allowed === '{"redrivePermission":"denyAll"}'
          : names.length === 1 &&
            allowed.startsWith('{"redrivePermission":"byQueue"') &&
            allowed.endsWith(`${names.join()}]}`);
      return unless(right, `its RedriveAllowPolicy is ${allowed}`);
    },
    brokenBy: {
      'no RedriveAllowPolicy': without('Properties.RedriveAllowPolicy'),
      everybody: having('Properties.RedriveAllowPolicy.redrivePermission', 'allowAll'),
      'another queue': where(takesFromQueue, having('Properties.RedriveAllowPolicy.sourceQueueArns', ['arn:other'])),
    },
  },
  {
    name: 'wears no policy that AWS writes',
    of: ['AWS::IAM::Role'],
    holds: ({ Properties: { ManagedPolicyArns } }) =>
      unless(ManagedPolicyArns === undefined, 'it has ManagedPolicyArns'),
    brokenBy: { 'a policy of AWS': having('Properties.ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess']) },
  },
];
