import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { cloudOf, ledgerTable } from './local-fixture.ts';

const endedSchema = z.object({ id: z.int(), code: z.int(), output: z.string(), errors: z.string() });
type Ended = z.infer<typeof endedSchema>;

const waiting = new Map<number, PromiseWithResolvers<Ended>>();
let operator: ChildProcess | undefined;
let orders = 0;

/** One process for all verbs that a worker's tests run: to start one and load the SDK takes a second. */
function operatorProcess(): ChildProcess {
  if (operator?.connected) return operator;
  const path = fileURLToPath(new URL('./operator-process.ts', import.meta.url));
  operator = fork(path, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  operator.on('message', (message) => {
    const ended = endedSchema.parse(message);
    waiting.get(ended.id)?.resolve(ended);
    waiting.delete(ended.id);
  });
  operator.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the operator’s process has ended'));
    waiting.clear();
  });
  // The tests' own end does not wait for it, and it ends with them.
  operator.unref();
  operator.channel?.unref();
  return operator;
}

/** Runs a verb in that process, with this environment and no other. @param input what it finds on standard input */
export async function runVerbs(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<Omit<Ended, 'id'>> {
  const order = Promise.withResolvers<Ended>();
  const id = (orders += 1);
  waiting.set(id, order);
  operatorProcess().send({ id, args, env, input });
  return order.promise;
}

/** A verb of `npx relay`, run on a machine that is set up for this cloud. @param locale of the machine */
export async function runOperator(
  command: string,
  args: readonly string[],
  cloud?: LocalCloud,
  locale = 'en_GB.UTF-8',
): Promise<{ code: number; output: string }> {
  const { code, output, errors } = await runVerbs([command, ...args], {
    PATH: process.env['PATH'],
    LC_ALL: locale,
    AWS_ENDPOINT_URL: cloud?.endpoint ?? 'http://127.0.0.1:1',
    AWS_REGION: cloud?.region ?? 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  return { code, output: code === 0 ? output : output + errors };
}

export const ledgerName = 'chorus-relay-qualification-data-LedgerF00-BA4';
const table = ledgerTable(ledgerName);

/** A cloud that has a ledger, and these resources. */
export async function cloudWithLedger(others = {}): Promise<{ cloud: LocalCloud; ledger: DynamoDbLedger }> {
  const cloud = await cloudOf({ table, ...others }, { clock: new DrivenClock() });
  const clients = localClients({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(clients.destroy);
  return { cloud, ledger: new DynamoDbLedger({ client: clients.dynamodb, table: ledgerName, placeOf }) };
}

/** A record that nobody can read. */
export async function damage(cloud: LocalCloud, key: string): Promise<void> {
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  await dynamodb.send(new PutItemCommand({ TableName: ledgerName, Item: { pk: { S: key }, state: { S: 'damaged' } } }));
}

export const invoicesQueue = 'chorus-relay-qualification-invoices';
const deadLettersQueue = `${invoicesQueue}-dead-letters`;
export const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });

export async function enqueue(
  cloud: LocalCloud,
  name: string,
  message: Pick<SendMessageCommandInput, 'MessageBody' | 'MessageAttributes'>,
): Promise<void> {
  const { sqs, destroy } = localClients({ ...cloud, accessKeyId: 'erp' });
  onTestFinished(destroy);
  const QueueUrl = `${cloud.endpoint}/${cloud.accountId}/${name}`;
  await sqs.send(new SendMessageCommand({ QueueUrl, ...message }));
}

/** A cloud that has an empty ledger, the queue of invoices, and these dead letters. */
export async function cloudWithDeadLetters(
  letters: readonly Pick<SendMessageCommandInput, 'MessageBody' | 'MessageAttributes'>[],
): Promise<LocalCloud> {
  const { cloud } = await cloudWithLedger({ invoices: queue(invoicesQueue), dead: queue(deadLettersQueue) });
  for (const letter of letters) await enqueue(cloud, deadLettersQueue, letter);
  return cloud;
}
