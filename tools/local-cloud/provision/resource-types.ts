/** Which types of resource are brought up, and which have no effect on one machine. */
import { accountId, region } from '../arn.ts';
import * as httpApi from './http-api.ts';
import * as lambda from './lambda.ts';
import type { Provisioner } from './stack.ts';
import * as stores from './stores.ts';

const real: Partial<Record<string, Provisioner>> = {
  'AWS::ApiGatewayV2::Api': httpApi.api,
  'AWS::ApiGatewayV2::Authorizer': httpApi.authorizer,
  'AWS::ApiGatewayV2::Integration': httpApi.integration,
  'AWS::ApiGatewayV2::Route': httpApi.route,
  'AWS::ApiGatewayV2::Stage': httpApi.stage,
  'AWS::DynamoDB::Table': stores.table,
  'AWS::Events::Rule': stores.rule,
  'AWS::KMS::Alias': stores.keyAlias,
  'AWS::KMS::Key': stores.key,
  'AWS::Lambda::Alias': lambda.alias,
  'AWS::Lambda::EventInvokeConfig': lambda.eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': lambda.eventSourceMapping,
  'AWS::Lambda::Function': lambda.lambdaFunction,
  'AWS::Lambda::Version': lambda.version,
  'AWS::S3::Bucket': stores.bucket,
  'AWS::SNS::Subscription': stores.topicSubscription,
  'AWS::SNS::Topic': stores.topic,
  'AWS::SQS::Queue': stores.queue,
  'AWS::Scheduler::Schedule': lambda.schedule,
};

/** Tests compare the permissions with the calls that were recorded. */
const withoutEffect: readonly RegExp[] = [
  /^AWS::(CloudWatch|CodeDeploy|IAM|Logs)::/,
  /^AWS::Lambda::Permission$/,
  /^AWS::(S3::Bucket|SNS::Topic|SQS::Queue)Policy$/,
  /^AWS::Scheduler::ScheduleGroup$/,
];

/** @throws Error that names a type it does not know */
export function provisionerOf(type: string): Provisioner {
  const provisioner = real[type] ?? (withoutEffect.some((pattern) => pattern.test(type)) ? placeholder : undefined);
  if (provisioner) return provisioner;
  throw new Error(`add it to tools/local-cloud/provision/resource-types.ts, which does not know ${type}`);
}

/** A name and an ARN for a resource that does not exist, so that references to it can be resolved. */
const placeholder: Provisioner = ({ type, logicalId, properties }) => {
  const [, service = '', kind = ''] = type.toLowerCase().split('::');
  const given = ['RoleName', 'ManagedPolicyName', 'LogGroupName', 'Name', 'AlarmName'].map((name) => properties[name]);
  const name = given.find((value) => typeof value === 'string') ?? logicalId;
  const arn = `arn:aws:${service}:${service === 'iam' ? '' : region}:${accountId}:${kind.replace('managed', '')}/${name}`;
  // Of a role: AWS's unique id, by which SQS names a sender.
  const RoleId = `AROA${logicalId.toUpperCase()}`;
  return { name, ref: kind === 'managedpolicy' ? arn : name, attributes: { Arn: arn, RoleId } };
};
