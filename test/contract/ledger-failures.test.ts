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

// The local database is always consistent: that one was asked for shows in the command alone.
it.each<[string, (ledger: DynamoDbLedger) => Promise<unknown>]>([
  ['a record', (ledger) => ledger.get('invoice#1')],
  ['what is remembered', (ledger) => ledger.recall('cursor#example')],
])('%s is read consistently: an older version would be acted upon', async (_what, ask) => {
  const inputs: object[] = [];
  const client = new DynamoDBClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        inputs.push(input);
        return Promise.resolve({ response: {}, output: { $metadata: {} } });
      },
    { step: 'initialize', priority: 'high' },
  );
  expect(await ask(new DynamoDbLedger({ client, table: 'ledger' }))).toBeUndefined();
  expect(inputs).toMatchObject([{ TableName: 'ledger', ConsistentRead: true }]);
});
