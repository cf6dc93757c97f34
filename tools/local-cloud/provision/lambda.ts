/** Brings up what runs: functions, their mappings and their schedules. */
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { arns, functionNameIn, lastPart, queueUrl } from '../arn.ts';
import type { Provisioner } from './stack.ts';

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

export const lambdaFunction: Provisioner = async ({ logicalId, properties, asset }, { functions, workshop }) => {
  const { FunctionName: name = logicalId, Code, ...declared } = functionSchema.parse(properties);
  const source = asset(Code.S3Key);
  if (!(await stat(source)).isDirectory()) throw new Error(`${source} is not a folder: build it before the synthesis`);
  // Away from this project's package.json and node_modules: what a bundle lacks is missing here as it is on Lambda.
  const directory = join(workshop, name);
  await cp(source, directory, { recursive: true });
  functions.deploy({
    name,
    directory,
    handler: declared.Handler,
    timeoutSeconds: declared.Timeout,
    memoryMegabytes: declared.MemorySize,
    reservedConcurrency: declared.ReservedConcurrentExecutions,
    environment: declared.Environment.Variables,
  });
  return { name, ref: name, attributes: { Arn: arns.function(name) } };
};

const ofFunction = z.object({ FunctionName: z.string().transform(functionNameIn) });

/** There is one version only: the code that was built. */
export const version: Provisioner = ({ properties }) => {
  const name = `${ofFunction.parse(properties).FunctionName}:1`;
  return { name, ref: arns.function(name), attributes: { Version: '1', FunctionArn: arns.function(name) } };
};

export const alias: Provisioner = ({ properties }) => {
  const { FunctionName, Name } = ofFunction.extend({ Name: z.string() }).parse(properties);
  const arn = arns.function(`${FunctionName}:${Name}`);
  return { name: Name, ref: arn, attributes: { AliasArn: arn } };
};

const invokeConfigSchema = ofFunction.extend({
  MaximumRetryAttempts: z.coerce.number().default(2),
  DestinationConfig: z.never({ error: 'the local cloud has no destinations' }).optional(),
});

export const eventInvokeConfig: Provisioner = ({ logicalId, properties }, { functions }) => {
  const { FunctionName, MaximumRetryAttempts } = invokeConfigSchema.parse(properties);
  functions.get(FunctionName).retries = MaximumRetryAttempts;
  return { name: logicalId, ref: logicalId, attributes: {} };
};

const mappingSchema = ofFunction.extend({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:', 'the local cloud maps queues only'),
  BatchSize: z.coerce.number().max(10, 'the local cloud receives ten messages at most').default(10),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).optional(),
  Enabled: z.literal(true, 'the local cloud disables no mapping').optional(),
  MaximumBatchingWindowInSeconds: z.never({ error: 'the local cloud has no batching window' }).optional(),
  FilterCriteria: z.never({ error: 'the local cloud does not filter' }).optional(),
});

export const eventSourceMapping: Provisioner = ({ logicalId, properties }, { addMapping, endpoint }) => {
  const declared = mappingSchema.parse(properties);
  const queueName = lastPart(declared.EventSourceArn, ':');
  addMapping({
    queueName,
    queueUrl: queueUrl(endpoint, queueName),
    functionName: declared.FunctionName,
    batchSize: declared.BatchSize,
    maximumConcurrency: declared.ScalingConfig?.MaximumConcurrency ?? Infinity,
    reportsItemFailures: declared.FunctionResponseTypes.includes('ReportBatchItemFailures'),
  });
  return { name: logicalId, ref: logicalId, attributes: { Id: logicalId } };
};

const scheduleSchema = z.object({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string().includes(':lambda:', { error: 'the local scheduler invokes functions only' }),
    Input: z.string().default('{}'),
  }),
});

export const schedule: Provisioner = ({ logicalId, properties }, { scheduler }) => {
  const { Name: name = logicalId, ...declared } = scheduleSchema.parse(properties);
  scheduler.add({
    name,
    expression: declared.ScheduleExpression,
    timeZone: declared.ScheduleExpressionTimezone,
    enabled: declared.State === 'ENABLED',
    targetArn: declared.Target.Arn,
    input: JSON.parse(declared.Target.Input),
  });
  return { name, ref: name, attributes: { Arn: arns.schedule(name) } };
};
