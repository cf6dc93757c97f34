import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { ProvisionContext, Provisioner } from './context.ts';

const bucketSchema = z.object({ BucketName: z.string().optional(), NotificationConfiguration: z.never().optional() });

export const bucket: Provisioner = async ({ logicalId, properties }, { clients, arns, region }) => {
  const { BucketName: name = logicalId.toLowerCase() } = bucketSchema.parse(properties);
  await clients.s3.send(new CreateBucketCommand({ Bucket: name }));
  const domain = `${name}.s3.amazonaws.com`;
  const regional = `${name}.s3.${region}.amazonaws.com`;
  return { name, ref: name, attributes: { Arn: arns.bucket(name), DomainName: domain, RegionalDomainName: regional } };
};

const key = z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });
const projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const index = z.object({ IndexName: z.string(), KeySchema: z.array(key), Projection: projection });
const tableSchema = z.object({
  TableName: z.string().optional(),
  KeySchema: z.array(key),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
});

/** Always on demand, without a stream. */
export const table: Provisioner = async ({ logicalId, properties }, context) => {
  const { TableName: name = logicalId, ...shape } = tableSchema.parse(properties);
  await createTable({ TableName: name, ...shape, BillingMode: 'PAY_PER_REQUEST' }, context);
  return { name, ref: name, attributes: { Arn: context.arns.table(name), TableId: name } };
};

async function createTable(input: CreateTableCommandInput, { clients, onStop }: ProvisionContext): Promise<void> {
  const { TableName } = input;
  try {
    await clients.dynamodb.send(new CreateTableCommand(input));
    onStop(async () => {
      await clients.dynamodb.send(new DeleteTableCommand({ TableName }));
    });
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  for (let pause = 1; ; pause = Math.min(pause * 2, 1000)) {
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await delay(pause);
  }
}

/** No template of ours gives a secret its value; one that did would make it public. */
const secretSchema = z.object({
  Name: z.string().optional(),
  Description: z.string().optional(),
  SecretString: z.never().optional(),
  GenerateSecretString: z.never().optional(),
});

export const secret: Provisioner = ({ logicalId, properties }, { secrets }) => {
  const { Name: name = logicalId, Description } = secretSchema.parse(properties);
  const made = secrets.create(name);
  made.description = Description;
  return { name, ref: made.arn, attributes: { Id: made.arn, Arn: made.arn } };
};
