import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { physicalName } from '../names.ts';

const dataKeyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];
/** What CloudWatch Logs needs as well. */
const logActions = [
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * One key for everything that the relay keeps. The account's own identities use it by their IAM policies. The services
 * below use it in their own name, and without these statements they silently drop what they carry. We know their
 * resources' names in advance, so this stack needs no reference to the other.
 */
export class RelayKey extends Key {
  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id, {
      alias: physicalName(stage, 'data'),
      description: `All that chorus-relay keeps in stage ${stage}`,
      enableKeyRotation: true,
      // Cannot be changed later. A copy of the data in another Region would be unreadable without it.
      multiRegion: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stack = Stack.of(this);
    const sourceAccount = { StringEquals: { 'aws:SourceAccount': stack.account } };
    const named = (service: string, resource: string) =>
      stack.formatArn({ service, resource: physicalName(stage, resource) });
    const logGroups = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:/aws/lambda/${physicalName(stage, '*')}`;

    this.allow('TopicsDeliverToQueues', 'sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': named('sns', '*') } });
    this.allow('SchedulesReachTheirQueue', 'scheduler.amazonaws.com', sourceAccount);
    this.allow('DroppedFilesReachTheirQueue', 'events.amazonaws.com', sourceAccount);
    const ofTheseLogs = { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } };
    this.allow('FunctionsLog', `logs.${stack.region}.amazonaws.com`, ofTheseLogs, [...dataKeyActions, ...logActions]);
  }

  private allow(sid: string, service: string, conditions: Record<string, unknown>, actions = dataKeyActions): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal(service)],
        actions,
        resources: ['*'],
        conditions,
      }),
    );
  }
}
