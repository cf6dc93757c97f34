import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from '../../tools/local-cloud/index.ts';

interface StackFixture {
  name: string;
  template: Record<string, unknown>;
  dependencies?: string[];
}

export interface AssemblyFixture {
  stacks: StackFixture[];
  /** S3 key of the asset → content of its index.js. */
  bundles?: Record<string, string>;
}

/** The smallest cloud assembly that `cdk synth` could write; removed when the test ends. */
export async function writeAssembly({ stacks, bundles = {} }: AssemblyFixture): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'assembly-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [key, source] of Object.entries(bundles)) {
    await mkdir(join(directory, `asset.${key}`));
    await writeFile(join(directory, `asset.${key}`, 'index.js'), source);
  }
  const artifacts: Record<string, object> = {};
  for (const { name, template, dependencies = [] } of stacks) {
    await writeFile(join(directory, `${name}.template.json`), JSON.stringify(template));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${name}.template.json` },
      dependencies,
    };
  }
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  return directory;
}

/** Brings a cloud up from one stack; it stops when the test ends. */
export async function cloudOf(
  resources: Record<string, unknown>,
  options: { bundles?: Record<string, string>; outputs?: Record<string, unknown> } & Omit<
    LocalCloudOptions,
    'assembly'
  > = {},
): Promise<LocalCloud> {
  const { bundles = {}, outputs = {}, ...rest } = options;
  const assembly = await writeAssembly({
    stacks: [{ name: 'relay', template: { Resources: resources, Outputs: outputs } }],
    bundles,
  });
  const cloud = await startLocalCloud({ assembly, ...rest });
  onTestFinished(() => cloud.stop());
  return cloud;
}

/** Clients of an ERP; closed when the test ends. */
export function clientsOf({ endpoint, region }: LocalCloud): ReturnType<typeof localClients> {
  const clients = localClients({ endpoint, region, accessKeyId: 'ERP' });
  onTestFinished(() => clients.destroy());
  return clients;
}

/** In an expected value: a string that matches. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const lambda = (key: string, properties: Record<string, unknown> = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: key },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    ...properties,
  },
});

/** The ledger's table, as a stage has it. */
export const ledgerTable = (TableName: string): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
});

/** A queue with its dead-letter queue, and the mapping to the function `worker`. */
export const workedQueue = (
  settings: { visibility?: number; maxReceiveCount?: number; batchSize?: number; concurrency?: number } = {},
): Record<string, object> => ({
  dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  invoices: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'invoices',
      VisibilityTimeout: settings.visibility ?? 30,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['dead', 'Arn'] },
        maxReceiveCount: settings.maxReceiveCount ?? 5,
      },
    },
  },
  mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'worker' },
      EventSourceArn: { 'Fn::GetAtt': ['invoices', 'Arn'] },
      BatchSize: settings.batchSize ?? 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: settings.concurrency ?? 2 },
    },
  },
});

/** Code of a bundle that calls SQS without an SDK: `await aws(action, body)`. */
export const sqsByHand = `
  const aws = (action, body) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.' + action,
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  }).then((response) => response.json());
`;
