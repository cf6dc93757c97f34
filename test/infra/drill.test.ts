import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { compareWithStore, spokenDrill } from '../../tools/relay/compare-with-store.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import type { InvoiceDraft } from '../../shared/ledger/transition.ts';
import { claim, draft, moved } from '../unit/ledger/records.ts';
import { cloudOf } from './local-fixture.ts';

const table = 'restored';
const bucket = 'documents';
const resources = {
  table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: table,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  },
  bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } },
};

test('a restored ledger is held against the document store', async () => {
  const cloud = await cloudOf(resources);
  const { dynamodb, s3, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  const ledger = new DynamoDbLedger({ client: dynamodb, table });
  const received = (message: string) => `received/example/2026-11-23/${message}.json`;
  const invoice = (number: string, sha256: string) =>
    draft({
      pk: `invoice#${number}`,
      subject: `example/1/${number}`,
      messageIds: [number],
      commandKey: received(number),
      documents: [{ name: 'a.pdf', sha256 }],
    });
  const followed = (of: InvoiceDraft) => ({ ...moved(claim(of).record, 'follow'), replaces: 0 });
  await ledger.write(followed(invoice('whole', 'aa')));
  await ledger.write(followed(invoice('torn', 'bb')));
  for (const Key of ['documents/aa', received('whole'), received('torn'), received('later')])
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '{}' }));

  const reads: number[] = [];
  const drill = await compareWithStore({ dynamodb, table, s3, bucket }, (read) => reads.push(read));
  expect(drill).toMatchObject({
    records: 2,
    commands: 3,
    missingDocuments: [{ subject: 'example/1/torn', key: 'documents/bb' }],
    unknownCommands: [{ key: received('later') }],
  });
  expect(reads.at(-1)).toBe(6);
  expect(spokenDrill(drill)).toContain('1 commands that the table does not know');
  expect(spokenDrill({ ...drill, missingDocuments: [], unknownCommands: [] })).toBe(
    '2 records, 3 commands in the store.\nEvery record has its documents.\nEvery command is known to the table.',
  );
});
