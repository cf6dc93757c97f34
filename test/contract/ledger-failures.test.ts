import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { at, claim, draft } from '../unit/ledger/records.ts';

/** A port at which nobody listens: the database is away. */
const away = new DynamoDbLedger({
  client: new DynamoDBClient({
    endpoint: 'http://127.0.0.1:1',
    region: 'eu-west-3',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
  table: 'ledger',
});

it.each<[string, () => Promise<unknown>]>([
  ['a write', () => away.write(claim(draft()))],
  ['a reading', () => away.get('invoice#1')],
  ['what is due', () => away.due('example', { before: at, limit: 1 })],
  ['what is remembered', () => away.remember('cursor#example', {})],
  ['what is recalled', () => away.recall('cursor#example')],
])('%s that the database did not answer is no answer, neither yes nor no', async (_what, ask) => {
  await expect(ask()).rejects.toThrow('ECONNREFUSED');
});
