/** A record of the local ledger that nobody can read, for practice, and how it becomes what it was. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

interface Place {
  /** The ledger. */
  table: string;
  pk: string;
}

const damaged = { S: 'damaged' } as const;

async function itemAt(client: DynamoDBClient, { table, pk }: Place) {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
  );
  return Item;
}

export const isDamaged = async (client: DynamoDBClient, place: Place): Promise<boolean> =>
  (await itemAt(client, place))?.['state']?.S === damaged.S;

/** The damaged record keeps the former one, if there was one. A second time nothing changes. */
export async function damageRecord(client: DynamoDBClient, place: Place): Promise<void> {
  const former = await itemAt(client, place);
  if (former?.['state']?.S === damaged.S) return;
  const kept = former ? { former: { M: former } } : {};
  const Item = { pk: { S: place.pk }, state: damaged, ...kept };
  await client.send(new PutItemCommand({ TableName: place.table, Item }));
}

/** Brings the former record back. There is none if the invoice had not been sent: then nothing is left of it. */
export async function repairRecord(client: DynamoDBClient, place: Place): Promise<void> {
  const item = await itemAt(client, place);
  if (item?.['state']?.S !== damaged.S) return;
  const { table: TableName, pk } = place;
  const former = item['former']?.M;
  if (former) await client.send(new PutItemCommand({ TableName, Item: former }));
  else await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk } } }));
}
