/** Items of a DynamoDB table by their key `pk`, one or many. */
import {
  BatchGetItemCommand,
  GetItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

export interface TableAt {
  client: DynamoDBClient;
  table: string;
}

export type Item = Record<string, AttributeValue>;

/** No item has a key that is empty or longer: DynamoDB refuses to look for it. */
const longestKey = 2_048;
const mayBeThere = (pk: string): boolean => pk !== '' && Buffer.byteLength(pk) <= longestKey;

/** Strongly consistent. */
export async function itemAt({ client, table }: TableAt, pk: string): Promise<Item | undefined> {
  if (!mayBeThere(pk)) return undefined;
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
  );
  return Item;
}

/** What DynamoDB gives by one request, at most. */
const mostAtOnce = 100;
/** Requests that run beside each other. */
const besideEachOther = 5;
/** DynamoDB may leave keys out of its answer for lack of capacity. */
const mostTries = 10;

/**
 * Those that there are, in any order; eventually consistent. One request for each hundred keys.
 * @throws Error if DynamoDB goes on leaving keys out
 */
export async function itemsAt(at: TableAt, pks: readonly string[]): Promise<Item[]> {
  const keys = [...new Set(pks)].filter(mayBeThere);
  const batches = Array.from({ length: Math.ceil(keys.length / mostAtOnce) }, (_, i) =>
    keys.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
  );
  const items: Item[] = [];
  for (let begun = 0; begun < batches.length; begun += besideEachOther) {
    const found = await Promise.all(batches.slice(begun, begun + besideEachOther).map((batch) => batchAt(at, batch)));
    items.push(...found.flat());
  }
  return items;
}

async function batchAt({ client, table }: TableAt, pks: readonly string[]): Promise<Item[]> {
  const items: Item[] = [];
  let Keys: Item[] | undefined = pks.map((pk) => ({ pk: { S: pk } }));
  for (let tries = 0; Keys && tries < mostTries; tries += 1) {
    const { Responses, UnprocessedKeys }: BatchAnswer = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }),
    );
    items.push(...(Responses?.[table] ?? []));
    Keys = UnprocessedKeys?.[table]?.Keys;
  }
  if (Keys) throw new Error(`DynamoDB left out ${Keys.length} keys ${mostTries} times`);
  return items;
}

interface BatchAnswer {
  Responses?: Record<string, Item[]> | undefined;
  UnprocessedKeys?: Record<string, { Keys: Item[] | undefined }> | undefined;
}
