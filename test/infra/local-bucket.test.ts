import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { clientsOf, cloudOf } from './local-fixture.ts';

test('a bucket keeps bytes', async () => {
  const cloud = await cloudOf({ Documents: { Type: 'AWS::S3::Bucket' } });
  const { s3 } = clientsOf(cloud);
  const at = { Bucket: 'documents', Key: 'incoming/a facture é.pdf' };
  await s3.send(new PutObjectCommand({ ...at, Body: Buffer.alloc(300_000, 7) }));
  const { Body } = await s3.send(new GetObjectCommand(at));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.alloc(300_000, 7))).toBe(true);
  expect(cloud.wire.matching({ service: 's3' }).map(({ action, resources }) => [action, ...resources])).toEqual([
    ['PutObject', 'arn:aws:s3:::documents/incoming/a facture é.pdf'],
    ['GetObject', 'arn:aws:s3:::documents/incoming/a facture é.pdf'],
  ]);
});

test('a bucket takes a large document, at once or in parts', async () => {
  const cloud = await cloudOf({ Documents: { Type: 'AWS::S3::Bucket' } });
  const { s3 } = clientsOf(cloud);
  const at = (Key: string) => ({ Bucket: 'documents', Key });
  const sizeOf = async (Key: string) => (await s3.send(new HeadObjectCommand(at(Key)))).ContentLength;
  await s3.send(new PutObjectCommand({ ...at('whole'), Body: Buffer.alloc(40_000_000, 7) }));
  expect(await sizeOf('whole')).toBe(40_000_000);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at('parts')));
  const Parts = await Promise.all(
    [1, 2].map(async (PartNumber) => {
      const part = { ...at('parts'), UploadId, PartNumber, Body: Buffer.alloc(20_000_000, PartNumber) };
      const { ETag } = await s3.send(new UploadPartCommand(part));
      return { PartNumber, ETag };
    }),
  );
  await s3.send(new CompleteMultipartUploadCommand({ ...at('parts'), UploadId, MultipartUpload: { Parts } }));
  expect(await sizeOf('parts')).toBe(40_000_000);
});

const toldSchema = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string(), 'version-id': z.string().min(1) }) }),
});

test('a bucket that tells EventBridge, and a rule, put each object of the pattern on the queue', async () => {
  const cloud = await cloudOf({
    Documents: {
      Type: 'AWS::S3::Bucket',
      Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
    },
    Quiet: { Type: 'AWS::S3::Bucket' },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'invoices' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'dropped',
        EventPattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: {
            bucket: { name: [{ Ref: 'Documents' }, { Ref: 'Quiet' }] },
            object: { key: [{ wildcard: 'incoming/*/e-invoices/*' }] },
          },
        },
        Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
  });
  const { s3, sqs } = clientsOf(cloud);
  const put = (Bucket: string, Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  await put('documents', 'incoming/acme/plans.pdf');
  await put('quiet', 'incoming/acme/e-invoices/1.pdf');
  await put('documents', 'incoming/acme/e-invoices/facture n° 1+2.pdf');
  await s3.send(new GetObjectCommand({ Bucket: 'documents', Key: 'incoming/acme/e-invoices/facture n° 1+2.pdf' }));
  const inParts = { Bucket: 'documents', Key: 'incoming/acme/e-invoices/in parts.pdf' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(inParts));
  const { ETag } = await s3.send(new UploadPartCommand({ ...inParts, UploadId, PartNumber: 1, Body: 'x' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ ...inParts, UploadId, MultipartUpload }));
  const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/invoices`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const keys = Messages.map(({ Body = '' }) => toldSchema.parse(JSON.parse(Body)).detail.object.key);
  expect(keys).toEqual(['incoming/acme/e-invoices/facture n° 1+2.pdf', 'incoming/acme/e-invoices/in parts.pdf']);
});
