import { cp, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { accountId, functionNameIn, lastPart } from '../arn.ts';
import type { Provisioner } from './context.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const functionSchema = z.object({
  FunctionName: z.string().optional(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  PackageType: z.literal('Zip').optional(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), text).default({}) }).default({ Variables: {} }),
  DeadLetterConfig: z.never({ error: 'the local cloud has no dead letters of a function' }).optional(),
});

export const lambdaFunction: Provisioner = async ({ logicalId, properties, asset }, { functions, workshop, arns }) => {
  const declared = functionSchema.parse(properties);
  const name = declared.FunctionName ?? logicalId;
  const directory = join(workshop, name);
  await makeTaskRoot(directory, declared.Code.S3Key, asset);
  functions.deploy({
    name,
    logicalId,
    directory,
    handler: declared.Handler,
    timeoutSeconds: declared.Timeout,
    memoryMegabytes: declared.MemorySize,
    reservedConcurrency: declared.ReservedConcurrentExecutions,
    environment: declared.Environment.Variables,
  });
  return { name, ref: name, attributes: { Arn: arns.function(name) } };
};

/**
 * Copies the function's files to where there is no package.json and no node_modules of this project: what a bundle
 * lacks is missing here as it is on Lambda.
 */
async function makeTaskRoot(
  directory: string,
  s3Key: string,
  asset: (s3Key: string) => string | undefined,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const source = asset(s3Key);
  if (source === undefined) throw new Error(`no asset of this assembly has the key ${s3Key}`);
  if (!(await stat(source)).isDirectory())
    throw new Error(`${source} is not a directory: build it before the synthesis`);
  return cp(source, directory, { recursive: true });
}

const ofFunction = z.object({ FunctionName: z.string() });

/** There is one version only: the code that was built. */
export const version: Provisioner = ({ properties }, { arns }) => {
  const name = functionNameIn(ofFunction.parse(properties).FunctionName);
  const arn = arns.function(name, '1');
  return { name: `${name}:1`, ref: arn, attributes: { Version: '1', FunctionArn: arn } };
};

export const alias: Provisioner = ({ properties }, { arns }) => {
  const { FunctionName, Name } = ofFunction.extend({ Name: z.string() }).parse(properties);
  const arn = arns.function(functionNameIn(FunctionName), Name);
  return { name: Name, ref: arn, attributes: { AliasArn: arn } };
};

const invokeConfigSchema = ofFunction.extend({
  MaximumRetryAttempts: z.coerce.number().default(2),
  DestinationConfig: z.never({ error: 'the local cloud has no destinations' }).optional(),
});

export const eventInvokeConfig: Provisioner = ({ logicalId, properties }, { functions }) => {
  const { FunctionName, MaximumRetryAttempts } = invokeConfigSchema.parse(properties);
  functions.retryAsync(FunctionName, MaximumRetryAttempts);
  return { name: logicalId, ref: logicalId, attributes: {} };
};

const mappingSchema = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string().startsWith('arn:aws:sqs:', 'the local cloud maps queues only'),
  BatchSize: z.coerce.number().default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).optional(),
  FilterCriteria: z.never({ error: 'the local cloud does not filter' }).optional(),
});

export const eventSourceMapping: Provisioner = ({ logicalId, properties }, { addMapping, endpoint }) => {
  const declared = mappingSchema.parse(properties);
  const queueName = lastPart(declared.EventSourceArn, ':');
  if (declared.Enabled) {
    addMapping({
      queueName,
      queueArn: declared.EventSourceArn,
      queueUrl: `${endpoint}/${accountId}/${queueName}`,
      functionName: functionNameIn(declared.FunctionName),
      batchSize: declared.BatchSize,
      batchingWindowSeconds: declared.MaximumBatchingWindowInSeconds,
      maximumConcurrency: declared.ScalingConfig?.MaximumConcurrency ?? Infinity,
      reportsItemFailures: declared.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    });
  }
  return { name: logicalId, ref: logicalId, attributes: { Id: logicalId } };
};

const scheduleSchema = z.object({
  Name: z.string().optional(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string().includes(':lambda:', { error: 'the local scheduler invokes functions only' }),
    Input: z.string().optional(),
    DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
  }),
});

export const schedule: Provisioner = ({ logicalId, properties }, { scheduler, arns }) => {
  const declared = scheduleSchema.parse(properties);
  const name = declared.Name ?? logicalId;
  const arn = arns.schedule(declared.GroupName, name);
  scheduler.add({
    name,
    arn,
    expression: declared.ScheduleExpression,
    timeZone: declared.ScheduleExpressionTimezone,
    enabled: declared.State === 'ENABLED',
    targetArn: declared.Target.Arn,
    input: declared.Target.Input,
    deadLetterArn: declared.Target.DeadLetterConfig?.Arn,
  });
  return { name, ref: name, attributes: { Arn: arn } };
};
