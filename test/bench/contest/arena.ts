/** Where both stacks run: AWS, Chorus Pro and each stack's function in processes of their own. */
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { ledgerIndexes, ledgerKey } from '../../../infra/names.ts';
import { storeConnection } from '../../../shared/connection/stored-connections.ts';
import { DynamoDbLedger } from '../../../shared/ledger/dynamodb-ledger.ts';
import { placeOf } from '../../../shared/lists/places.ts';
import { localClients } from '../../../tools/local-cloud/clients.ts';
import { simulatorCredentials } from '../../../tools/local-cloud/simulator.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { streamObject, pdfOf, trailer } from '../../support/papers.ts';
import { countsSchema, type Counted } from './counts.ts';
import { Process } from './processes.ts';
import { sideNames, type Bundles, type SideName } from './sides.ts';

const region = 'eu-west-3';
const settings = {
  ...{ label: 'Banc', environment: 'qualification' },
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company, agencies: [] }],
};

const indexKeys = ledgerIndexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' }) as const;

async function createTable(client: DynamoDBClient, TableName: string, key: string): Promise<void> {
  const isLedger = TableName === 'ledger';
  const names = [...new Set([key, ...(isLedger ? indexKeys : [])])];
  const indexes = ledgerIndexes.map(({ name, partitionKey, sortKey }) => ({
    IndexName: name,
    KeySchema: [hash(partitionKey), { AttributeName: sortKey, KeyType: 'RANGE' } as const],
    Projection: { ProjectionType: 'KEYS_ONLY' } as const,
  }));
  await client.send(
    new CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [hash(key)] },
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ...(isLedger ? { GlobalSecondaryIndexes: indexes } : {}),
    }),
  );
}

const ranSchema = z.object({ ms: z.number(), work: z.number(), failures: z.int(), rss: z.number() });

/** Of some invoices: milliseconds, and milliseconds of the processor in each process; bytes. */
export interface Ran extends Counted {
  ms: number;
  work: number;
  rss: number;
  awsWork: number;
  chorusProWork: number;
  logBytes: number;
}

export interface Load {
  invoices: number;
  /** Messages that a function gets at a time. */
  batch: number;
  /** Milliseconds that Chorus Pro takes for a call. */
  latency: number;
  /** Of the PDF. */
  kilobytes: number;
  /** Over which the invoices are spread. */
  connections: number;
}

/** As many as a load may spread its invoices over. */
export const mostConnections = 1_000;

const connectionName = (i: number) => `c${i}`;
const documentKey = (connection: string, kilobytes: number) => `incoming/${connection}/${kilobytes}.pdf`;

export class Arena implements AsyncDisposable {
  private readonly aws = new Process('aws.ts');
  private readonly chorusPro = new Process('chorus-pro.ts');
  private readonly workers = new Map<SideName, Process>();
  private sent = 0;
  private readonly stored = new Set<string>();
  private clients: ReturnType<typeof localClients> | undefined;

  async open(bundles: Bundles): Promise<void> {
    const endpoint = await this.aws.ask('endpoint', z.string());
    await this.aws.ask('keepSecret', z.unknown(), JSON.stringify(simulatorCredentials));
    const addressesSchema = z.object({ url: z.string(), tokenUrl: z.string() });
    const { url, tokenUrl } = await this.chorusPro.ask('addresses', addressesSchema);
    this.clients = localClients({ endpoint, region, accessKeyId: 'bench' });
    const { dynamodb } = this.clients;
    for (const [table, key] of [
      ['ledger', ledgerKey],
      ['status', 'number'],
      ['idempotency', 'id'],
    ] as const)
      await createTable(dynamodb, table, key);
    const ledger = new DynamoDbLedger({ client: dynamodb, table: 'ledger', placeOf });
    const change = { state: 'connected', changedBy: 'bench', changedAt: new Date().toISOString(), settings } as const;
    for (let i = 0; i < mostConnections; i += 1) await storeConnection(ledger, connectionName(i), change, undefined);
    const queue = 'https://sqs.eu-west-3.amazonaws.com/000000000000';
    const common = {
      ...{ AWS_REGION: region, AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'local', AWS_ENDPOINT_URL: endpoint },
      ...{ AWS_LAMBDA_FUNCTION_NAME: 'bench', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024' },
      EVENTS_TOPIC_ARN: 'arn:aws:sns:eu-west-3:000000000000:events',
      ...{ DOCUMENTS_BUCKET: 'documents', CHORUS_PRO_URL: url, PISTE_TOKEN_URL: tokenUrl },
    };
    const environments: Record<SideName, Record<string, string>> = {
      ours: {
        ...{ ...common, METRICS_SERVICE: 'bench', METRICS_NAMESPACE: 'Bench' },
        ...{ STAGE: 'bench', LEDGER_TABLE: 'ledger' },
        ...{ INVOICES_QUEUE_URL: `${queue}/invoices`, DEAD_LETTERS_QUEUE_URL: `${queue}/dead-letters` },
      },
      usual: {
        ...{ ...common, POWERTOOLS_SERVICE_NAME: 'bench', POWERTOOLS_METRICS_NAMESPACE: 'Bench' },
        // Both would pay for the segments that X-Ray's daemon takes; here is none.
        POWERTOOLS_TRACE_ENABLED: 'false',
        ...{ STATUS_TABLE: 'status', IDEMPOTENCY_TABLE: 'idempotency' },
        ...{ SECRET_ID: 'bench', SUPPLIER_SIRET: SUPPLIERS.company },
      },
    };
    for (const side of sideNames)
      this.workers.set(
        side,
        new Process('worker.ts', { environment: environments[side], given: [bundles[side].path] }),
      );
  }

  async run(side: SideName, load: Load): Promise<Ran> {
    const worker = this.workers.get(side);
    if (!worker) throw new Error(`${side} has no process`);
    const { aws, chorusPro } = this;
    const events = await this.eventsOf(load);
    await chorusPro.ask('takeLonger', z.unknown(), load.latency);
    await aws.ask('counts', countsSchema);
    const [awsBefore, chorusProBefore, written] = [await aws.work(), await chorusPro.work(), worker.written];
    const submitted = await this.submitted();
    const { failures, ...ran } = await worker.ask('run', ranSchema, events);
    const sent = (await this.submitted()) - submitted;
    if (failures > 0 || sent !== load.invoices) throw new Error(`${side} sent ${sent} of ${load.invoices} invoices`);
    return {
      ...ran,
      ...(await aws.ask('counts', countsSchema)),
      awsWork: (await aws.work()) - awsBefore,
      chorusProWork: (await chorusPro.work()) - chorusProBefore,
      logBytes: worker.written - written,
    };
  }

  /** How many submissions have reached Chorus Pro. */
  private async submitted(): Promise<number> {
    const calls = await this.chorusPro.ask('calls', z.record(z.string(), z.int()));
    return Object.entries(calls).reduce((sum, [path, count]) => sum + (path.endsWith('/soumettre') ? count : 0), 0);
  }

  /** The events of a queue, in JSON, with invoices that were never sent. */
  private async eventsOf({ invoices, batch, kilobytes, connections }: Load): Promise<string[]> {
    const records: object[] = [];
    for (let i = 0; i < invoices; i += 1) {
      this.sent += 1;
      const connection = connectionName(i % connections);
      const key = documentKey(connection, kilobytes);
      await this.store(key, kilobytes);
      const number = `BANC-${this.sent}`;
      const document = { name: `${number}.pdf`, key };
      const sentAt = String(Date.now());
      records.push({
        ...{ messageId: `message-${this.sent}`, receiptHandle: 'handle', md5OfBody: '', messageAttributes: {} },
        body: JSON.stringify(submitCommand({ invoice: { number }, command: { connection, document } })),
        attributes: {
          ...{ ApproximateReceiveCount: '1', SenderId: 'AIDAERP' },
          ...{ SentTimestamp: sentAt, ApproximateFirstReceiveTimestamp: sentAt },
        },
        ...{ eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-3:000000000000:invoices', awsRegion: region },
      });
    }
    return Array.from({ length: Math.ceil(invoices / batch) }, (_, i) =>
      JSON.stringify({ Records: records.slice(i * batch, (i + 1) * batch) }),
    );
  }

  private async store(Key: string, kilobytes: number): Promise<void> {
    if (this.stored.has(Key)) return;
    const Body = pdfOf(streamObject(2, '', Buffer.alloc(kilobytes * 1_000, 'A')), trailer());
    await this.clients?.s3.send(new PutObjectCommand({ Bucket: 'documents', Key, Body }));
    this.stored.add(Key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.clients?.destroy();
    for (const process of [...this.workers.values(), this.chorusPro, this.aws]) await process[Symbol.asyncDispose]();
  }
}
