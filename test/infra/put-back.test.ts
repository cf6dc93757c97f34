import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { putBackItems } from '../../tools/relay/put-back-items.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { claim, draft, moved } from '../unit/ledger/records.ts';
import { cloudOf } from './local-fixture.ts';

const table = (TableName: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
});

test('what the ledger misses is put back, and what it knows better is left', async () => {
  const cloud = await cloudOf({ ledger: table('ledger'), restored: table('restored') });
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  const ledger = new DynamoDbLedger({ client: dynamodb, table: 'ledger' });
  const restored = new DynamoDbLedger({ client: dynamodb, table: 'restored' });
  const written = (pk: string) => claim(draft({ pk }));
  const put = (TableName: string, pk: string) =>
    dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, version: { S: 'broken' } } }));

  for (const pk of ['missing', 'broken', 'newer', 'same']) await restored.write(written(pk));
  await put('restored', 'broken-in-both');
  await restored.remember('cursor#example', { since: 'old' });
  await restored.remember('cursor#other', { since: 'old' });
  await put('ledger', 'broken');
  const newer = moved(written('newer').record, 'doubt');
  await ledger.write(written('newer'));
  await ledger.write({ ...newer, replaces: 1 });
  await ledger.write(written('same'));
  await ledger.remember('cursor#example', { since: 'young' });

  const tables = { restored: 'restored', ledger: 'ledger' };
  const expected = { put: 3, left: 3, unreadable: ['broken-in-both'] };
  expect(await putBackItems(dynamodb, { ...tables, dryRun: true })).toEqual(expected);
  expect(await ledger.get('missing')).toBeUndefined();
  expect(await putBackItems(dynamodb, { ...tables, dryRun: false })).toEqual(expected);
  for (const pk of ['missing', 'broken']) expect(await ledger.get(pk), pk).toEqual(await restored.get(pk));
  expect(await ledger.get('newer')).toEqual(newer.record);
  expect(await ledger.recall('cursor#example')).toEqual({ since: 'young' });
  expect(await ledger.recall('cursor#other')).toEqual({ since: 'old' });
  expect(await putBackItems(dynamodb, { ...tables, dryRun: false })).toEqual({ ...expected, put: 0, left: 6 });
});
