import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { cloudOf, lambda, workedQueue } from './local-fixture.ts';

const worker = 'exports.handler = async () => ({ batchItemFailures: [] });';

test('what is encrypted under a disabled key is refused to everybody, until the key is enabled again', async () => {
  const { invoices, ...others } = workedQueue();
  const keyed = {
    ...invoices,
    Properties: { QueueName: 'invoices', KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  };
  const cloud = await cloudOf(
    {
      Key: { Type: 'AWS::KMS::Key' },
      Alias: {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: 'alias/data', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
      worker: lambda('worker', { FunctionName: 'worker' }),
      ...others,
      invoices: keyed,
    },
    { bundles: { worker }, clock: new DrivenClock() },
  );
  const { sqs, destroy } = localClients({ ...cloud, accessKeyId: 'erp' });
  onTestFinished(destroy);
  const QueueUrl = cloud.resources.find(({ name }) => name === 'invoices')?.ref;
  const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  const kms = async (operation: string, KeyId: string): Promise<unknown> => {
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260101/eu-west-3/kms/aws4_request',
      'x-amz-target': `TrentService.${operation}`,
    };
    return (await fetch(cloud.endpoint, { method: 'POST', headers, body: JSON.stringify({ KeyId }) })).json();
  };

  await send();
  await cloud.idle();
  await kms('ScheduleKeyDeletion', 'Key');
  expect(await kms('DescribeKey', 'alias/data')).toMatchObject({ KeyMetadata: { KeyState: 'PendingDeletion' } });
  await expect(send()).rejects.toMatchObject({ name: 'KmsDisabled' });
  // Time goes on although nobody can take what is on the queue.
  await cloud.advance(60_000);
  expect(await kms('EnableKey', 'Key')).toMatchObject({ __type: 'KMSInvalidStateException' });
  await kms('CancelKeyDeletion', 'Key');
  await kms('EnableKey', 'alias/data');
  await send();
  await cloud.idle();
  const left = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(left.Messages ?? []).toEqual([]);
});
