import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { itemAt, itemsAt, type Item, type TableAt } from './dynamodb-items.ts';
import type { Memory, Swap } from './ledger.ts';

/**
 * DynamoDB deletes an item after this instant (epoch seconds). Only memory items have it: records are never deleted.
 */
export const expiryAttribute = 'expiresAt';

const prefix = 'memory#';

const memorySchema = z.object({ value: z.unknown(), [expiryAttribute]: z.number().optional() });

export interface MemoryOptions {
  client: DynamoDBClient;
  table: string;
  now?: () => Date;
}

/** Small values beside the records of the ledger, in the same table: key `pk`, with a prefix of their own. */
export class DynamoDbMemory implements Memory {
  /** A ledger of the same table has it too. */
  readonly at: TableAt;
  private readonly now: () => Date;

  constructor({ client, table, now = () => new Date() }: MemoryOptions) {
    this.at = { client, table };
    this.now = now;
  }

  async recall(name: string): Promise<unknown> {
    const item = await itemAt(this.at, `${prefix}${name}`);
    return item && this.valueIn(item);
  }

  async recallMany(names: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const items = await itemsAt(
      this.at,
      names.map((name) => `${prefix}${name}`),
    );
    return new Map(items.map((item) => [item['pk']?.S?.slice(prefix.length) ?? '', this.valueIn(item)]));
  }

  private valueIn(item: Item): unknown {
    const { value, expiresAt = Infinity } = memorySchema.parse(unmarshall(item));
    // DynamoDB may take days to delete an expired item.
    return this.now().getTime() < expiresAt * 1000 ? value : undefined;
  }

  async remember(name: string, value: object, until?: Date): Promise<void> {
    const { client, table } = this.at;
    await client.send(new PutItemCommand({ TableName: table, Item: memoryItem(name, value, until) }));
  }

  async swap(name: string, { value, replaces, until }: Swap): Promise<'swapped' | 'lost'> {
    const { client, table } = this.at;
    const Item = memoryItem(name, value, until);
    try {
      await client.send(
        new PutItemCommand({ TableName: table, Item, ...swapCondition(replaces, this.now().getTime() / 1000) }),
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
}

function memoryItem(name: string, value: object, until: Date | undefined): Record<string, AttributeValue> {
  const expiresAt = until && Math.ceil(until.getTime() / 1000);
  return marshall({ pk: `${prefix}${name}`, value, [expiryAttribute]: expiresAt }, { removeUndefinedValues: true });
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
