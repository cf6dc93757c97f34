import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { documentKey } from '../../shared/documents/document-store.ts';
import { folders } from '../../infra/names.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import { readLedger } from './read-ledger.ts';
import { textTable } from './text-table.ts';

interface Places {
  dynamodb: DynamoDBClient;
  table: string;
  s3: S3Client;
  bucket: string;
}

export interface Drill {
  records: number;
  /** Commands in the store. */
  commands: number;
  /** Of records: what they were made of, or what was sent, and is not in the store. */
  missingDocuments: { subject: string; key: string }[];
  /** Commands that the table knows nothing of: they came after the moment to which it was restored. */
  unknownCommands: { key: string; receivedAt: string }[];
}

/** @param onRead told how many items and objects were read so far */
export async function compareWithStore(
  { dynamodb, table, s3, bucket }: Places,
  onRead: (read: number) => void,
): Promise<Drill> {
  let read = 0;
  const keysIn = async (prefix: string): Promise<Map<string, string>> => {
    const keys = new Map<string, string>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key = '', LastModified } of Contents) keys.set(Key, LastModified?.toISOString() ?? '');
      onRead((read += Contents.length));
    }
    return keys;
  };
  const commands = await keysIn(folders.received);
  const documents = await keysIn(folders.documents);
  const known = new Set<string>();
  const drill: Drill = { records: 0, commands: commands.size, missingDocuments: [], unknownCommands: [] };
  for await (const records of readLedger(dynamodb, { table, connection: undefined })) {
    onRead((read += records.length));
    drill.records += records.length;
    for (const record of records) {
      const { subject, commandKey, messageIds, endedCommands = [], documents: sent, chorusProId }: RecordView = record;
      for (const messageId of [...messageIds, ...endedCommands]) known.add(messageId);
      // Only what was accepted has its documents kept.
      const kept = chorusProId === undefined ? [] : sent.map(({ sha256 }) => documentKey(sha256));
      const wanted = [commandKey, ...kept];
      const missing = wanted.filter((key) => !commands.has(key) && !documents.has(key));
      drill.missingDocuments.push(...missing.map((key) => ({ subject, key })));
    }
  }
  for (const [key, receivedAt] of commands)
    if (!known.has(messageIdOf(key))) drill.unknownCommands.push({ key, receivedAt });
  drill.unknownCommands.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return drill;
}

/** `received/<connection>/<day>/<message id>.json`. */
const messageIdOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1, -'.json'.length);

export function spokenDrill({ records, commands, missingDocuments, unknownCommands }: Drill): string {
  const missing = textTable(
    [
      { head: 'invoice', of: ({ subject }: Drill['missingDocuments'][number]) => subject },
      { head: 'not in the store', of: ({ key }) => key },
    ],
    missingDocuments,
  );
  const unknown = textTable(
    [
      { head: 'received', of: ({ receivedAt }: Drill['unknownCommands'][number]) => receivedAt },
      { head: 'command', of: ({ key }) => key },
    ],
    unknownCommands,
  );
  return [
    `${records} records, ${commands} commands in the store.`,
    ...(missingDocuments.length > 0 ? ['', ...missing] : ['Every record has its documents.']),
    ...(unknownCommands.length > 0
      ? [
          '',
          `${unknownCommands.length} commands that the table does not know: they came after it was taken.`,
          ...unknown,
        ]
      : ['Every command is known to the table.']),
  ].join('\n');
}
