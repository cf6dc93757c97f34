/** The ledger as an operator reads it: its table found by its stack, then every record. */
import { paginateListTables, paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { knownName } from '../../shared/chorus-pro/directory.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import { recordSchema, type LedgerRecord } from '../../shared/ledger/record.ts';
import { dataStackName } from '../../infra/names.ts';
import type { Said } from '../command-line/command.ts';
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

/** Every record of the connection, or of all of them. A scan: fine for a person now and then, not for a program. */
export async function* readLedger(
  client: DynamoDBClient,
  { table, connection }: { table: string; connection: string | undefined },
): AsyncGenerator<LedgerRecord[]> {
  const filter =
    connection === undefined
      ? {}
      : {
          FilterExpression: '#connection = :connection',
          ExpressionAttributeNames: { '#connection': 'connection' },
          ExpressionAttributeValues: { ':connection': { S: connection } },
        };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ...filter }))
    yield Items.filter(({ pk }) => !pk?.S?.startsWith('memory#')).map((item) => recordSchema.parse(unmarshall(item)));
}

/** While it is read. */
export const readSoFar = (count: number): Said => ({
  fr: `${count} ${count > 1 ? 'lignes lues' : 'ligne lue'} …`,
  en: `${count} read …`,
});

interface Addressed {
  environment: string | undefined;
  /** SIRET. */
  recipient: string | undefined;
}

/** The rows with the names of their recipients, as far as the relay has asked Chorus Pro for them. */
export async function withNames<Row extends Addressed>(
  rows: readonly Row[],
  memory: Memory,
): Promise<(Row & { recipientName: string | undefined })[]> {
  const names = new Map<string, Promise<string | undefined>>();
  const nameOf = ({ environment, recipient: siret }: Addressed) => {
    if (environment === undefined || siret === undefined) return undefined;
    const key = `${environment} ${siret}`;
    const name = names.get(key) ?? knownName(memory, { environment, siret });
    names.set(key, name);
    return name;
  };
  return Promise.all(rows.map(async (row) => ({ ...row, recipientName: await nameOf(row) })));
}
