/** The ledger as an operator reads it: its table found by its stack, then every record. */
import { type AttributeValue, paginateListTables, paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { storedRecordSchema } from '../../shared/ledger/stored-record.ts';
import { worksToldPrefix, worksToldSchema, type WorksAsked } from '../../shared/works/record.ts';
import { dataStackName } from '../../infra/names.ts';
import { notDeployed } from './targets.ts';

/** CloudFormation names the ledger's table after its stack. @throws Failure when the stage has no table here */
export async function ledgerTable(client: DynamoDBClient, stage: string): Promise<string> {
  const prefix = `${dataStackName(stage)}-Ledger`;
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    const table = TableNames.find((name) => name.startsWith(prefix));
    if (table) return table;
  }
  throw notDeployed('table', `${prefix}…`);
}

export interface LedgerPage {
  records: LedgerRecord[];
  /** The keys of records that are damaged: nobody can say whose they are. */
  unreadable: string[];
  /** Works documents of other parties that the connection’s suppliers must answer. */
  asked: WorksAsked[];
}

/** What nobody can read, and where to find what to do about it. */
export const unreadableSaid = (keys: readonly string[]): Said => {
  const [count, named] = [keys.length, `${keys.join(', ')} → docs/runbooks/restore.md`];
  return {
    fr: `${count === 1 ? '1 enregistrement est illisible' : `${count} enregistrements sont illisibles`} : ${named}`,
    en: `${count} ${count === 1 ? 'record' : 'records'} cannot be read: ${named}`,
  };
};

/**
 * Says it beside the command's result, so that a file or JSON stays whole.
 * @returns the exit code: there is something to do if a record could not be read
 */
export function warnOfUnreadable(keys: readonly string[], language: Language): 0 | 1 {
  if (keys.length === 0) return 0;
  console.error(unreadableSaid(keys)[language]);
  return 1;
}

/** For the table of exit codes of a list. */
export const listExitCodes = { 0: 'done', 1: 'unreadable records' } as const;

/**
 * Every record of the connection, or of all of them, with what cannot be read. A scan: fine for a person now and then,
 * not for a program.
 */
export async function* readLedger(
  client: DynamoDBClient,
  { table, connection }: { table: string; connection: string | undefined },
): AsyncGenerator<LedgerPage> {
  const filter =
    connection === undefined
      ? {}
      : {
          // A damaged record may not say whose it is.
          FilterExpression: '#connection = :connection OR attribute_not_exists(#connection)',
          ExpressionAttributeNames: { '#connection': 'connection' },
          ExpressionAttributeValues: { ':connection': { S: connection } },
        };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ...filter })) {
    const page: LedgerPage = { records: [], unreadable: [], asked: [] };
    for (const item of Items) {
      const key = item['pk']?.S ?? '';
      if (key.startsWith('memory#')) {
        page.asked.push(...askedIn(key, item, connection));
        continue;
      }
      const { data } = storedRecordSchema.safeParse(unmarshall(item));
      if (data) page.records.push(data);
      else page.unreadable.push(key);
    }
    yield page;
  }
}

const memorySchema = z.object({ value: worksToldSchema });

/** What the relay remembers of another party’s works document, if that waits for the supplier. */
function askedIn(key: string, item: Record<string, AttributeValue>, connection: string | undefined): WorksAsked[] {
  if (!key.startsWith(`memory#${worksToldPrefix}${connection === undefined ? '' : `${connection}#`}`)) return [];
  const { data } = memorySchema.safeParse(unmarshall(item));
  return data?.value.asks ? [data.value.asks] : [];
}

/** While it is read. */
export const readSoFar = (count: number): Said => ({
  fr: `${count} ${count > 1 ? 'lignes lues' : 'ligne lue'} …`,
  en: `${count} read …`,
});
