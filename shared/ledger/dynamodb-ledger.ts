import {
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
  paginateQuery,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { itemAt, itemsAt } from './dynamodb-items.ts';
import { DynamoDbMemory, type MemoryOptions } from './dynamodb-memory.ts';
import type { DueQuery, Ledger, LedgerLists, ListedRecord, ListQuery, PlaceOf, ReadMany, Written } from './ledger.ts';
import type { LedgerRecord } from './record.ts';
import { storedOf, storedRecordSchema } from './stored-record.ts';
import { transitions, type Transition } from './states.ts';
import type { Write } from './transition.ts';

export const dueIndex = 'due';
export const watchIndex = 'watch';
export const openIndex = 'open';
export const listIndex = 'list';

/** What a query of the indexes `due` and `watch` returns. */
const dueSchema = z.object({ Items: z.array(z.object({ pk: z.object({ S: z.string() }) })) });

const openSchema = z.object({ Items: z.array(z.object({ openSince: z.object({ S: z.string() }) })) });

const listSchema = z.object({
  Items: z.array(z.object({ pk: z.object({ S: z.string() }), listedAt: z.object({ S: z.string() }) })),
});

interface DynamoDbLedgerOptions extends MemoryOptions {
  placeOf: PlaceOf;
}

const listOf = (connection: string, place: string): string => `${connection}#${place}`;

/**
 * The ledger in one DynamoDB table: one item per invoice, key `pk`. The sparse index `due` (connection, dueAt) holds
 * the records that a poll must process, the index `watch` (connection, watchAt) the followed invoices by their next
 * look-up, the index `open` (connection, openSince) the invoices that are not finished. The index `list` (list,
 * listedAt) has all records by the place where a person looks for them: both fields are the store's own.
 */
export class DynamoDbLedger extends DynamoDbMemory implements Ledger, LedgerLists {
  private readonly placeOf: PlaceOf;

  constructor({ placeOf, ...options }: DynamoDbLedgerOptions) {
    super(options);
    this.placeOf = placeOf;
  }

  async get(pk: string): Promise<LedgerRecord | undefined> {
    const item = await itemAt(this.at, pk);
    return item && storedRecordSchema.parse(unmarshall(item));
  }

  async getMany(pks: readonly string[]): Promise<ReadMany> {
    const items = new Map((await itemsAt(this.at, pks)).map((item) => [item['pk']?.S ?? '', item]));
    const read: ReadMany = { records: [], unreadable: [] };
    for (const pk of new Set(pks)) {
      const item = items.get(pk);
      const record = item && storedRecordSchema.safeParse(unmarshall(item)).data;
      if (record) read.records.push(record);
      else if (item) read.unreadable.push(pk);
    }
    return read;
  }

  async write({ record, ...write }: Write): Promise<Written> {
    const { place, at: listedAt } = this.placeOf(record);
    const item = { ...storedOf(record), list: listOf(record.connection, place), listedAt };
    try {
      await this.at.client.send(
        new PutItemCommand({
          TableName: this.at.table,
          Item: marshall(item, { removeUndefinedValues: true }),
          ...conditionOf(write),
        }),
      );
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The client repeats a write whose reply was lost, and the repetition conflicts with the client's own first
      // write.
      const current = await this.get(record.pk);
      return current?.writeId === record.writeId ? 'written' : 'conflict';
    }
  }

  due(connection: string, query: DueQuery): Promise<string[]> {
    return this.earliest({ index: dueIndex, key: 'dueAt' }, connection, query);
  }

  silent(connection: string, query: DueQuery): Promise<string[]> {
    return this.earliest({ index: watchIndex, key: 'watchAt' }, connection, query);
  }

  private async earliest(
    { index, key }: { index: string; key: string },
    connection: string,
    { before, limit }: DueQuery,
  ): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateQuery(
      { client: this.at.client, pageSize: limit },
      {
        TableName: this.at.table,
        IndexName: index,
        KeyConditionExpression: `#connection = :connection AND ${key} <= :before`,
        ExpressionAttributeNames: { '#connection': 'connection' },
        ExpressionAttributeValues: { ':connection': { S: connection }, ':before': { S: before.toISOString() } },
      },
    );
    // A DynamoDB page ends at one megabyte, even before the limit.
    for await (const page of pages) {
      keys.push(...dueSchema.parse(page).Items.map(({ pk }) => pk.S));
      if (keys.length >= limit) break;
    }
    return keys.slice(0, limit);
  }

  async oldestOpen(connection: string): Promise<string | undefined> {
    const response = await this.at.client.send(
      new QueryCommand({
        TableName: this.at.table,
        IndexName: openIndex,
        KeyConditionExpression: '#connection = :connection',
        ExpressionAttributeNames: { '#connection': 'connection' },
        ExpressionAttributeValues: { ':connection': { S: connection } },
        Limit: 1,
      }),
    );
    return openSchema.parse(response).Items[0]?.openSince.S;
  }

  async list(
    connection: string,
    place: string,
    { newestFirst = false, limit, after, since = '' }: ListQuery,
  ): Promise<ListedRecord[]> {
    const list = { S: listOf(connection, place) };
    const listed: ListedRecord[] = [];
    const pages = paginateQuery(
      { client: this.at.client, pageSize: limit },
      {
        TableName: this.at.table,
        IndexName: listIndex,
        KeyConditionExpression: since === '' ? '#list = :list' : '#list = :list AND listedAt >= :since',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': list, ...(since === '' ? {} : { ':since': { S: since } }) },
        ScanIndexForward: !newestFirst,
        ...(after ? { ExclusiveStartKey: { pk: { S: after.pk }, list, listedAt: { S: after.at } } } : {}),
      },
    );
    for await (const page of pages) {
      listed.push(...listSchema.parse(page).Items.map(({ pk, listedAt }) => ({ pk: pk.S, at: listedAt.S })));
      if (listed.length >= limit) break;
    }
    return listed.slice(0, limit);
  }
}

function conditionOf({ transition, replaces }: Pick<Write, 'transition' | 'replaces'>) {
  if (replaces === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { from }: Transition = transitions[transition];
  const states = Object.fromEntries(from.map((state, i): [string, AttributeValue] => [`:from${i}`, { S: state }]));
  return {
    ConditionExpression: `version = :version AND #state IN (${Object.keys(states).join(', ')})`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':version': { N: String(replaces) }, ...states },
  };
}
