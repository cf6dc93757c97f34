import { paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { storedRecordSchema } from '../../shared/ledger/stored-record.ts';
import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../support/commands.ts';

/** One invoice that an ERP drops: in one case of ten twice, as an ERP does that had no answer itself. */
interface Dropped {
  number: string;
  route: 'pdf' | 'flux';
  twice: boolean;
}

/** Four in five as PDF, the rest as ready e-invoices. */
export const crowd = (count: number): Dropped[] =>
  Array.from({ length: count }, (_, i) => ({
    number: `FAULT-${String(i + 1).padStart(4, '0')}`,
    route: i % 5 === 4 ? 'flux' : 'pdf',
    twice: i % 10 === 3 || i % 50 === 14,
  }));

export function messageOf({ number, route }: Dropped): string {
  if (route === 'pdf') return JSON.stringify(submitCommand({ invoice: { number } }));
  const content = Buffer.from(cii({ number })).toString('base64');
  const document = { name: `${number}.xml`, format: 'cii', content };
  return JSON.stringify(submitCommand({ invoice: { number }, command: { document } }));
}

export async function drop(sqs: SQSClient, QueueUrl: string, bodies: readonly string[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += 10) {
    const ten = bodies.slice(start, start + 10);
    const Entries = ten.map((MessageBody, i) => ({ Id: String(i), MessageBody, MessageGroupId: 'example' }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`${Failed.length} messages could not be dropped`);
  }
}

/** Every invoice's record: more than one page of a scan. */
export async function readLedger(client: DynamoDBClient, TableName: string): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    const invoices = Items.filter(({ pk }) => !pk?.S?.startsWith('memory#'));
    records.push(...invoices.map((item) => storedRecordSchema.parse(unmarshall(item))));
  }
  return records;
}
