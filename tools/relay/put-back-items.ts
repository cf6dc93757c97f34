import {
  ConditionalCheckFailedException,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { recordSchema } from '../../shared/ledger/record.ts';

type Item = Record<string, AttributeValue>;

export interface PutBack {
  put: number;
  /** In the ledger and readable there, or changed while this ran. */
  left: number;
  /** Keys of what is broken in the restored table too. */
  unreadable: string[];
}

interface Tables {
  restored: string;
  ledger: string;
  dryRun: boolean;
}

/** What functions remember has no version: the ledger's own is the younger one. */
const isMemory = ({ pk }: Item): boolean => pk?.S?.startsWith('memory#') ?? false;

/** The version of a record that can be read. */
const versionOf = (item: Item): number | undefined => recordSchema.safeParse(unmarshall(item)).data?.version;

function isMissed(restored: Item, current: Item | undefined): boolean {
  if (!current) return true;
  if (isMemory(restored)) return false;
  const version = versionOf(current);
  return version === undefined || version < (versionOf(restored) ?? 0);
}

/** Only over what was there when it was read: a function that writes meanwhile is right. */
const conditionOf = (current: Item | undefined) =>
  current?.['version']
    ? { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': current['version'] } }
    : { ConditionExpression: current ? 'attribute_not_exists(version)' : 'attribute_not_exists(pk)' };

/** Puts each item of the restored table back that the ledger misses. @param onRead told how many were read */
export async function putBackItems(
  client: DynamoDBClient,
  { restored, ledger, dryRun }: Tables,
  onRead: (count: number) => void = () => undefined,
): Promise<PutBack> {
  const done: PutBack = { put: 0, left: 0, unreadable: [] };
  let read = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: restored, ConsistentRead: true })) {
    for (const item of Items) {
      onRead((read += 1));
      const { pk = { S: '' } } = item;
      if (!isMemory(item) && versionOf(item) === undefined) {
        done.unreadable.push(pk.S ?? '');
        continue;
      }
      const { Item: current } = await client.send(
        new GetItemCommand({ TableName: ledger, Key: { pk }, ConsistentRead: true }),
      );
      const missed = isMissed(item, current) && (dryRun || (await put(client, ledger, item, current)));
      if (missed) done.put += 1;
      else done.left += 1;
    }
  }
  return done;
}

/** @returns false when somebody else wrote it meanwhile */
async function put(client: DynamoDBClient, TableName: string, Item: Item, current: Item | undefined): Promise<boolean> {
  try {
    await client.send(new PutItemCommand({ TableName, Item, ...conditionOf(current) }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
