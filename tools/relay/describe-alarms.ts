/** The alarms of a stage, from CloudWatch. Signed by hand: the project has no SDK for it. */
import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { Failure, inEnglish } from '../command-line/command.ts';
import type { Aws } from './targets.ts';

const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  /** Seconds since the epoch. */
  StateUpdatedTimestamp: z.number(),
  Metrics: z.array(z.object({ Expression: z.string().optional() })).default([]),
});
export type AlarmNow = z.infer<typeof alarmSchema>;

const nextShape = { NextToken: z.string().optional() };
const alarmsSchema = z.object({ MetricAlarms: z.array(alarmSchema).default([]), ...nextShape });
const contributorsSchema = z.object({
  AlarmContributors: z.array(z.object({ ContributorAttributes: z.record(z.string(), z.string()) })).default([]),
  ...nextShape,
});
const refusalSchema = z.looseObject({ __type: z.string(), message: z.string().optional() });

/** The most that CloudWatch gives at once. */
const MaxRecords = 100;

type Operation = 'DescribeAlarms' | 'DescribeAlarmContributors';

/** @returns every page of the reply */
async function pages<Page extends { NextToken?: string | undefined }>(
  { signing }: Aws,
  { operation, input, schema }: { operation: Operation; input: object; schema: z.ZodType<Page> },
): Promise<Page[]> {
  const { endpoint, region, credentials } = await signing('monitoring');
  const client = new AwsClient({ ...credentials, service: 'monitoring', region });
  const found: Page[] = [];
  for (let NextToken: string | undefined; ;) {
    const reply = await client.fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
      },
      body: JSON.stringify({ ...input, ...(NextToken === undefined ? {} : { NextToken }) }),
    });
    const content: unknown = await reply.json().catch(() => ({}));
    if (!reply.ok) throw refused(operation, reply.status, content);
    const page = schema.parse(content);
    found.push(page);
    NextToken = page.NextToken;
    if (NextToken === undefined) return found;
  }
}

/** @param prefix of their names @throws Failure with what CloudWatch replied */
export async function describeAlarms(aws: Aws, prefix: string): Promise<AlarmNow[]> {
  const input = { AlarmNamePrefix: prefix, MaxRecords };
  const found = await pages(aws, { operation: 'DescribeAlarms', input, schema: alarmsSchema });
  return found.flatMap(({ MetricAlarms }) => MetricAlarms);
}

/**
 * The connections for which an alarm rings: at most a hundred. Only an alarm with a query knows them. [AWS:
 * DescribeAlarmContributors]
 *
 * @throws Failure with what CloudWatch replied
 */
export async function ringingConnections(aws: Aws, { AlarmName, StateValue, Metrics }: AlarmNow): Promise<string[]> {
  const isGrouped = Metrics.some(({ Expression = '' }) => Expression.includes('GROUP BY connection'));
  if (!isGrouped || StateValue !== 'ALARM') return [];
  const asked = { operation: 'DescribeAlarmContributors', input: { AlarmName }, schema: contributorsSchema } as const;
  const found = (await pages(aws, asked)).flatMap(({ AlarmContributors }) => AlarmContributors);
  return found.flatMap(({ ContributorAttributes: { connection } }) => connection ?? []).sort();
}

function refused(operation: Operation, status: number, content: unknown): Failure {
  const { data } = refusalSchema.safeParse(content);
  const why = data ? `${data.__type.replace(/^.*#/, '')}: ${data.message ?? ''}` : `HTTP ${status}`;
  return new Failure(inEnglish(`cloudwatch:${operation}: ${why}`));
}
