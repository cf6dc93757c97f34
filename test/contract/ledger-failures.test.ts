import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { at, claim, draft } from '../unit/ledger/records.ts';

/** A port at which nobody listens: the database is away. */
const away = new DynamoDbLedger({
  placeOf,
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
  ['a list', () => away.list('example', 'late', { limit: 1 })],
  ['many readings', () => away.getMany(['invoice#1'])],
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
  expect(await ask(new DynamoDbLedger({ client, table: 'ledger', placeOf }))).toBeUndefined();
  expect(inputs).toMatchObject([{ TableName: 'ledger', ConsistentRead: true }]);
});

/** A database that has room for some of the keys at a time, or for none. */
const crowded = (room: number, asked: number[] = []) => {
  const client = new DynamoDBClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        const { RequestItems } = batchSchema.parse(input);
        const keys = RequestItems.ledger.Keys;
        asked.push(keys.length);
        const left = keys.slice(room);
        const output = {
          $metadata: {},
          Responses: { ledger: keys.slice(0, room).map(({ pk }) => marshall({ pk: pk.S, value: 'there' })) },
          UnprocessedKeys: left.length > 0 ? { ledger: { Keys: left } } : {},
        };
        return Promise.resolve({ response: {}, output });
      },
    { step: 'initialize', priority: 'high' },
  );
  return new DynamoDbLedger({ client, table: 'ledger', placeOf });
};

const batchSchema = z.object({
  RequestItems: z.object({ ledger: z.object({ Keys: z.array(z.object({ pk: z.object({ S: z.string() }) })) }) }),
});

it('asks again for the keys that the database left out', async () => {
  const asked: number[] = [];
  const recalled = await crowded(2, asked).recallMany(['a', 'b', 'c', 'd', 'e']);
  expect([...recalled.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(asked).toEqual([5, 3, 1]);
});

it('never takes what the database goes on leaving out for something that is not there', async () => {
  await expect(crowded(0).recallMany(['a'])).rejects.toThrow('left out');
});

it('says which of many records cannot be read', async () => {
  expect(await crowded(9).getMany(['invoice#1'])).toEqual({ records: [], unreadable: ['invoice#1'] });
});
