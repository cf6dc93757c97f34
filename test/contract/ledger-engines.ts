import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger, dueIndex, listIndex, openIndex, watchIndex } from '../../shared/ledger/dynamodb-ledger.ts';
import { InMemoryLedger } from '../support/in-memory-ledger.ts';
import type { Ledger, LedgerLists, Memory } from '../../shared/ledger/ledger.ts';

export interface Engine {
  name: string;
  /** A ledger with nothing in it. */
  open: (now: () => Date) => Promise<OpenEngine>;
}

interface OpenEngine {
  ledger: Ledger & LedgerLists & Memory;
  /** An item as the store holds it, expired or not. */
  item: (pk: string) => Promise<unknown>;
  /** What was asked of DynamoDB, request by request: their names; nothing in memory. */
  asked: readonly string[];
  close: () => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/** The stores that must not differ; with DYNAMODB_ENDPOINT, that engine besides. */
export function ledgerEngines(endpoint: string | undefined): Engine[] {
  const memory: Engine = {
    name: 'memory',
    open: (now) => {
      const ledger = new InMemoryLedger(now);
      return Promise.resolve({ ledger, item: (pk) => ledger.item(pk), asked: [], close: nothing });
    },
  };
  const inProcess: Engine = { name: 'dynalite', open: openDynalite };
  if (!endpoint) return [memory, inProcess];
  return [memory, inProcess, { name: 'DYNAMODB_ENDPOINT', open: (now) => openTable(endpoint, now, nothing) }];
}

export async function openDynalite(now: () => Date): Promise<OpenEngine> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port');
  return openTable(`http://127.0.0.1:${address.port}`, now, async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
}

/** The table of infra/stacks/data-stack.ts. */
async function openTable(endpoint: string, now: () => Date, closeEngine: () => Promise<void>): Promise<OpenEngine> {
  const TableName = `ledger-${randomUUID()}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-3',
    ...(endpoint.includes('amazonaws') ? {} : { credentials }),
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: ['pk', 'connection', 'dueAt', 'watchAt', 'openSince', 'list', 'listedAt'].map(
        (AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        }),
      ),
      GlobalSecondaryIndexes: [
        { IndexName: dueIndex, key: 'connection', sortKey: 'dueAt' },
        { IndexName: watchIndex, key: 'connection', sortKey: 'watchAt' },
        { IndexName: openIndex, key: 'connection', sortKey: 'openSince' },
        { IndexName: listIndex, key: 'list', sortKey: 'listedAt' },
      ].map(({ IndexName, key, sortKey }) => ({
        IndexName,
        KeySchema: [
          { AttributeName: key, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName });
  const asked: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        asked.push(commandName);
        return next(args);
      },
    { step: 'finalizeRequest' },
  );
  return {
    ledger: new DynamoDbLedger({ client, table: TableName, now, placeOf }),
    item: async (pk) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead: true }),
      );
      return Item && unmarshall(Item);
    },
    asked,
    close: async () => {
      await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
      await closeEngine();
    },
  };
}
