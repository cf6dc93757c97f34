import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { cloudOf, ledgerTable } from './local-fixture.ts';

/** A verb of `npx relay`, run on a machine that is set up for this cloud. @param locale of the machine */
export async function runOperator(
  command: string,
  args: readonly string[],
  cloud?: LocalCloud,
  locale = 'en_GB.UTF-8',
): Promise<{ code: number; output: string }> {
  const path = fileURLToPath(new URL('../../tools/start.js', import.meta.url));
  const env = {
    PATH: process.env['PATH'],
    LC_ALL: locale,
    AWS_ENDPOINT_URL: cloud?.endpoint ?? 'http://127.0.0.1:1',
    AWS_REGION: cloud?.region ?? 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path, command, ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), output: `${String(error.stdout)}${String(error.stderr)}` };
  }
}

const TableName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const table = ledgerTable(TableName);

/** A cloud that has a ledger and nothing else. */
export async function cloudWithLedger(): Promise<{ cloud: LocalCloud; ledger: DynamoDbLedger }> {
  const cloud = await cloudOf({ table }, { clock: new DrivenClock() });
  const clients = localClients({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(clients.destroy);
  return { cloud, ledger: new DynamoDbLedger({ client: clients.dynamodb, table: TableName }) };
}

export const invoicesQueue = 'chorus-relay-qualification-invoices';
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });

/** A cloud that has the queue of invoices, and these dead letters. */
export async function cloudWithDeadLetters(
  letters: readonly Pick<SendMessageCommandInput, 'MessageBody' | 'MessageAttributes'>[],
): Promise<LocalCloud> {
  const dead = `${invoicesQueue}-dead-letters`;
  const cloud = await cloudOf({ invoices: queue(invoicesQueue), dead: queue(dead) }, { clock: new DrivenClock() });
  const { sqs, destroy } = localClients({ ...cloud, accessKeyId: 'erp' });
  onTestFinished(destroy);
  const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/${dead}`;
  for (const letter of letters) await sqs.send(new SendMessageCommand({ QueueUrl, ...letter }));
  return cloud;
}
