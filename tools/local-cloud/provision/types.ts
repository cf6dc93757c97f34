import { accountId } from '../arn.ts';
import * as compute from './compute.ts';
import type { Declared, Provisioned, Provisioner } from './context.ts';
import * as messaging from './messaging.ts';
import * as storage from './storage.ts';

const real: Partial<Record<string, Provisioner>> = {
  'AWS::DynamoDB::Table': storage.table,
  'AWS::Lambda::Alias': compute.alias,
  'AWS::Lambda::EventInvokeConfig': compute.eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': compute.eventSourceMapping,
  'AWS::Lambda::Function': compute.lambdaFunction,
  'AWS::Lambda::Version': compute.version,
  'AWS::S3::Bucket': storage.bucket,
  'AWS::SNS::Subscription': messaging.topicSubscription,
  'AWS::SNS::Topic': messaging.topic,
  'AWS::SQS::Queue': messaging.queue,
  'AWS::Scheduler::Schedule': compute.schedule,
  'AWS::SecretsManager::Secret': storage.secret,
};

/** No effect on one machine. Tests compare the permissions with what the wire recorded. */
const withoutEffect: readonly RegExp[] = [
  /^AWS::CloudWatch::/,
  /^AWS::CodeDeploy::/,
  /^AWS::IAM::/,
  /^AWS::KMS::/,
  /^AWS::Lambda::Permission$/,
  /^AWS::Logs::/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::TopicPolicy$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^AWS::SecretsManager::(ResourcePolicy|RotationSchedule)$/,
];

/** @throws Error that names a type it does not know */
export function provisionerOf(type: string): Provisioner | 'without effect' {
  const provisioner = real[type];
  if (provisioner) return provisioner;
  if (withoutEffect.some((pattern) => pattern.test(type))) return 'without effect';
  throw new Error(`the local cloud does not know the type ${type}: add it to tools/local-cloud/provision/types.ts`);
}

/** A name and an ARN for a resource that is not there, so that references to it can be resolved. */
export function placeholder({ type, logicalId, properties }: Declared, region: string): Provisioned {
  const [, service = '', kind = ''] = type.toLowerCase().split('::');
  const given = ['RoleName', 'ManagedPolicyName', 'LogGroupName', 'Name', 'AlarmName'].map((name) => properties[name]);
  const name = given.find((value) => typeof value === 'string') ?? logicalId;
  const global = service === 'iam';
  const kindInArn = kind === 'managedpolicy' ? 'policy' : kind;
  const arn = `arn:aws:${service}:${global ? '' : region}:${accountId}:${kindInArn}/${name}`;
  const ref = type === 'AWS::IAM::ManagedPolicy' ? arn : name;
  return { name, ref, attributes: { Arn: arn, KeyId: name, Id: name, PolicyArn: arn } };
}
