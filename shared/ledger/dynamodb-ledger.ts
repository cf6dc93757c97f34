import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  paginateQuery,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { DueQuery, Ledger, Memory, Swap, Written } from './ledger.ts';
import { recordSchema, type LedgerRecord } from './record.ts';
import { transitions, type Transition } from './states.ts';
import type { Write } from './transition.ts';

export const dueIndex = 'due';
export const watchIndex = 'watch';
export const openIndex = 'open';
/**
 * DynamoDB deletes an item after this instant (epoch seconds). Only memory items have it: records are never deleted.
 */
export const expiryAttribute = 'expiresAt';

/** What a query of the indexes `due` and `watch` returns. */
const dueSchema = z.object({ Items: z.array(z.object({ pk: z.object({ S: z.string() }) })) });

const openSchema = z.object({ Items: z.array(z.object({ openSince: z.object({ S: z.string() }) })) });

const memorySchema = z.object({ value: z.unknown(), [expiryAttribute]: z.number().optional() });

interface DynamoDbLedgerOptions {
  client: DynamoDBClient;
  table: string;
  now?: () => Date;
}

/**
 * The ledger in one DynamoDB table: one item per invoice, key `pk`. The sparse index `due` (connection, dueAt) holds
 * the records that a poll must process, the index `watch` (connection, watchAt) the followed invoices by their next
 * look-up, the index `open` (connection, openSince) the invoices that are not finished.
 */
export class DynamoDbLedger implements Ledger, Memory {
  private readonly client: DynamoDBClient;
  private readonly table: string;
  private readonly now: () => Date;

  constructor({ client, table, now = () => new Date() }: DynamoDbLedgerOptions) {
    this.client = client;
    this.table = table;
    this.now = now;
  }

  async get(pk: string): Promise<LedgerRecord | undefined> {
    const item = await this.item(pk);
    return item && recordSchema.parse(unmarshall(item));
  }

  async write(write: Write): Promise<Written> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: marshall(write.record, { removeUndefinedValues: true }),
          ...conditionOf(write),
        }),
      );
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The client repeats a write whose reply was lost, and the repetition conflicts with the client's own first
      // write.
      const current = await this.get(write.record.pk);
      return current?.writeId === write.record.writeId ? 'written' : 'conflict';
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
      { client: this.client, pageSize: limit },
      {
        TableName: this.table,
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
    const response = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: openIndex,
        KeyConditionExpression: '#connection = :connection',
        ExpressionAttributeNames: { '#connection': 'connection' },
        ExpressionAttributeValues: { ':connection': { S: connection } },
        Limit: 1,
      }),
    );
    return openSchema.parse(response).Items[0]?.openSince.S;
  }

  async recall(name: string): Promise<unknown> {
    const item = await this.item(`memory#${name}`);
    if (!item) return undefined;
    const { value, expiresAt = Infinity } = memorySchema.parse(unmarshall(item));
    // DynamoDB may take days to delete an expired item.
    return this.now().getTime() < expiresAt * 1000 ? value : undefined;
  }

  async remember(name: string, value: object, until?: Date): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: this.table, Item: memoryItem(name, value, until) }));
  }

  async swap(name: string, { value, replaces, until }: Swap): Promise<'swapped' | 'lost'> {
    const Item = memoryItem(name, value, until);
    try {
      await this.client.send(
        new PutItemCommand({ TableName: this.table, Item, ...swapCondition(replaces, this.now().getTime() / 1000) }),
      );
      return 'swapped';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // As with a record: a write whose reply was lost conflicts with itself.
      return isDeepStrictEqual(await this.recall(name), memorySchema.parse(unmarshall(Item)).value)
        ? 'swapped'
        : 'lost';
    }
  }

  private async item(pk: string): Promise<Record<string, AttributeValue> | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: { pk: { S: pk } }, ConsistentRead: true }),
    );
    return Item;
  }
}

function memoryItem(name: string, value: object, until: Date | undefined): Record<string, AttributeValue> {
  const expiresAt = until && Math.ceil(until.getTime() / 1000);
  return marshall({ pk: `memory#${name}`, value, [expiryAttribute]: expiresAt }, { removeUndefinedValues: true });
}

/** @param now epoch seconds: an expired item counts as absent, although it may still be there */
function swapCondition(replaces: number, now: number) {
  if (replaces === 0)
    return {
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: marshall({ ':now': now }),
    };
  return {
    ConditionExpression: '#value.version = :version AND (attribute_not_exists(expiresAt) OR expiresAt > :now)',
    ExpressionAttributeNames: { '#value': 'value' },
    ExpressionAttributeValues: marshall({ ':version': replaces, ':now': now }),
  };
}

function conditionOf({ transition, replaces }: Write) {
  if (replaces === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { from }: Transition = transitions[transition];
  const states = Object.fromEntries(from.map((state, i): [string, AttributeValue] => [`:from${i}`, { S: state }]));
  return {
    ConditionExpression: `version = :version AND #state IN (${Object.keys(states).join(', ')})`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':version': { N: String(replaces) }, ...states },
  };
}
