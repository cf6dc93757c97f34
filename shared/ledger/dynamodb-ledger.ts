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
import type { Ledger, Memory, Written } from './ledger.ts';
import { recordSchema, type LedgerRecord } from './record.ts';
import { transitions, type Transition } from './states.ts';
import type { Write } from './transition.ts';

export const dueIndex = 'due';
export const openIndex = 'open';

/** What a query of the index answers. */
const dueSchema = z.object({ Items: z.array(z.object({ pk: z.object({ S: z.string() }) })) });

const openSchema = z.object({ Items: z.array(z.object({ openSince: z.object({ S: z.string() }) })) });

/** One table, one item an invoice, key `pk`; the sparse index `due` (connection, dueAt) holds what wants attention, and `open` (connection, openSince) what has not ended. */
export class DynamoDbLedger implements Ledger, Memory {
  private readonly client: DynamoDBClient;
  private readonly table: string;

  constructor({ client, table }: { client: DynamoDBClient; table: string }) {
    this.client = client;
    this.table = table;
  }

  async get(pk: string): Promise<LedgerRecord | undefined> {
    const item = await this.item(pk);
    return item && recordSchema.parse(unmarshall(item));
  }

  async write(write: Write): Promise<Written> {
    try {
      await this.client.send(
        new PutItemCommand({ TableName: this.table, Item: marshall(write.record), ...conditionOf(write) }),
      );
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The client repeats a write whose reply was lost, and the repetition fails on the version it wrote itself.
      const current = await this.get(write.record.pk);
      return current?.writeId === write.record.writeId ? 'written' : 'conflict';
    }
  }

  async due(connection: string, { before, limit }: { before: Date; limit: number }): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateQuery(
      { client: this.client, pageSize: limit },
      {
        TableName: this.table,
        IndexName: dueIndex,
        KeyConditionExpression: '#connection = :connection AND dueAt <= :before',
        ExpressionAttributeNames: { '#connection': 'connection' },
        ExpressionAttributeValues: { ':connection': { S: connection }, ':before': { S: before.toISOString() } },
      },
    );
    // A page of DynamoDB ends at a megabyte, wherever the limit is.
    for await (const page of pages) {
      keys.push(...dueSchema.parse(page).Items.map(({ pk }) => pk.S));
      if (keys.length >= limit) break;
    }
    return keys.slice(0, limit);
  }

  async oldestOpen(connection: string): Promise<string | undefined> {
    const answer = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: openIndex,
        KeyConditionExpression: '#connection = :connection',
        ExpressionAttributeNames: { '#connection': 'connection' },
        ExpressionAttributeValues: { ':connection': { S: connection } },
        Limit: 1,
      }),
    );
    return openSchema.parse(answer).Items[0]?.openSince.S;
  }

  async recall(name: string): Promise<unknown> {
    const item = await this.item(`memory#${name}`);
    return item && unmarshall(item)['value'];
  }

  async remember(name: string, value: object): Promise<void> {
    const Item = marshall({ pk: `memory#${name}`, value }, { removeUndefinedValues: true });
    await this.client.send(new PutItemCommand({ TableName: this.table, Item }));
  }

  private async item(pk: string): Promise<Record<string, AttributeValue> | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: { pk: { S: pk } }, ConsistentRead: true }),
    );
    return Item;
  }
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
