/** Compares a restored ledger with the document store, and copies into the ledger what it has lost. */
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { documentKey } from '../../shared/documents/document-store.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import { storedRecordSchema } from '../../shared/ledger/stored-record.ts';
import { folders } from '../../infra/names.ts';
import { readLedger } from './read-ledger.ts';
import { KnownNumbers, readUnknown, type UnknownCommand } from './unknown-commands.ts';

interface Places {
  dynamodb: DynamoDBClient;
  table: string;
  s3: S3Client;
  bucket: string;
}

export interface Verified {
  records: number;
  /** Commands in the store. */
  commands: number;
  /** Keys of the records that are damaged: invoice#<environment>#<SIRET>#<number>. */
  unreadable: string[];
  /** Objects that a record was made from, or that were sent for it, and that are not in the store. */
  missingDocuments: { subject: string; key: string }[];
  /** Commands whose message the table does not know. Most came after the moment to which it was restored. */
  unknownCommands: UnknownCommand[];
}

/** Compares a restored ledger with the document store. @param onRead gets the items and objects read so far */
export async function verifyRestored(
  { dynamodb, table, s3, bucket }: Places,
  onRead: (read: number) => void,
): Promise<Verified> {
  let read = 0;
  const keysIn = async (prefix: string, ending = ''): Promise<Map<string, string>> => {
    const keys = new Map<string, string>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key = '', LastModified } of Contents)
        if (Key.endsWith(ending)) keys.set(Key, LastModified?.toISOString() ?? '');
      onRead((read += Contents.length));
    }
    return keys;
  };
  // Beside a command may stand which file it brought.
  const commands = await keysIn(folders.received, '.json');
  const documents = await keysIn(folders.documents);
  const known = new Set<string>();
  const numbers = new KnownNumbers();
  const verified: Verified = {
    ...{ records: 0, commands: commands.size },
    ...{ unreadable: [], missingDocuments: [], unknownCommands: [] },
  };
  for await (const { records, unreadable } of readLedger(dynamodb, { table, connection: undefined })) {
    verified.unreadable.push(...unreadable);
    onRead((read += records.length + unreadable.length));
    verified.records += records.length;
    for (const record of records) {
      const { subject, commandKey, messageIds, endedCommands = [], documents: sent, chorusProId }: RecordView = record;
      numbers.add(subject);
      for (const messageId of [...messageIds, ...endedCommands]) known.add(messageId);
      // Documents are kept only for invoices that were accepted.
      const kept = chorusProId === undefined ? [] : sent.map(({ sha256 }) => documentKey(sha256));
      const wanted = [commandKey, ...kept];
      const missing = wanted.filter((key) => !commands.has(key) && !documents.has(key));
      verified.missingDocuments.push(...missing.map((key) => ({ subject, key })));
    }
  }
  const unknown = [...commands]
    .filter(([key]) => !known.has(messageIdOf(key)))
    .map(([key, receivedAt]) => ({ key, receivedAt }))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return { ...verified, unknownCommands: await readUnknown(unknown, { s3, bucket, known: numbers }) };
}

/** `received/<connection>/<day>/<message id>.json`. */
const messageIdOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1, -'.json'.length);

type Item = Record<string, AttributeValue>;

export interface Applied {
  put: number;
  /** In the ledger and readable there, or changed while this ran. */
  left: number;
  /** Keys of the items that cannot be read in the restored table either. */
  unreadable: string[];
}

interface Tables {
  restored: string;
  ledger: string;
  dryRun: boolean;
}

/** The functions' own notes have no version: the ledger's are newer. */
const isMemory = ({ pk }: Item): boolean => pk?.S?.startsWith('memory#') ?? false;

/** The version of a record that can be read. */
const versionOf = (item: Item): number | undefined => storedRecordSchema.safeParse(unmarshall(item)).data?.version;

/** Missing in the ledger, unreadable there, or of an earlier version there. */
function isMissing(restored: Item, current: Item | undefined): boolean {
  if (!current) return true;
  if (isMemory(restored)) return false;
  const version = versionOf(current);
  return version === undefined || version < (versionOf(restored) ?? 0);
}

/** Overwrites only what was read: if a function has written since, its write wins. */
const conditionOf = (current: Item | undefined) =>
  current?.['version']
    ? { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': current['version'] } }
    : { ConditionExpression: current ? 'attribute_not_exists(version)' : 'attribute_not_exists(pk)' };

/** Copies each item into the ledger that is missing there. @param onRead gets the number of items read so far */
export async function applyRestored(
  client: DynamoDBClient,
  { restored, ledger, dryRun }: Tables,
  onRead: (count: number) => void = () => undefined,
): Promise<Applied> {
  const done: Applied = { put: 0, left: 0, unreadable: [] };
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
      const copied = isMissing(item, current) && (dryRun || (await put(client, ledger, item, current)));
      if (copied) done.put += 1;
      else done.left += 1;
    }
  }
  return done;
}

/** @returns false when a function has written it since */
async function put(client: DynamoDBClient, TableName: string, Item: Item, current: Item | undefined): Promise<boolean> {
  try {
    await client.send(new PutItemCommand({ TableName, Item, ...conditionOf(current) }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
