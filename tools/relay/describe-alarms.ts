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
});
export type AlarmNow = z.infer<typeof alarmSchema>;

const answerSchema = z.object({
  MetricAlarms: z.array(alarmSchema).default([]),
  NextToken: z.string().optional(),
});
const refusalSchema = z.looseObject({ __type: z.string(), message: z.string().optional() });

/** The most that CloudWatch gives at once. */
const MaxRecords = 100;

/** @param prefix of their names @throws Failure with what CloudWatch replied */
export async function describeAlarms({ signing }: Aws, prefix: string): Promise<AlarmNow[]> {
  const { endpoint, region, credentials } = await signing('monitoring');
  const client = new AwsClient({ ...credentials, service: 'monitoring', region });
  const alarms: AlarmNow[] = [];
  for (let NextToken: string | undefined; ;) {
    const reply = await client.fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms',
      },
      body: JSON.stringify({ AlarmNamePrefix: prefix, MaxRecords, ...(NextToken === undefined ? {} : { NextToken }) }),
    });
    const content: unknown = await reply.json().catch(() => ({}));
    if (!reply.ok) throw refused(reply.status, content);
    const answer = answerSchema.parse(content);
    alarms.push(...answer.MetricAlarms);
    NextToken = answer.NextToken;
    if (NextToken === undefined) return alarms;
  }
}

function refused(status: number, content: unknown): Failure {
  const { data } = refusalSchema.safeParse(content);
  const why = data ? `${data.__type.replace(/^.*#/, '')}: ${data.message ?? ''}` : `HTTP ${status}`;
  return new Failure(inEnglish(`cloudwatch:DescribeAlarms: ${why}`));
}
