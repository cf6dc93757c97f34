/** CloudWatch's API, as far as the operator asks it: which alarms there are, and which of them ring. */
import * as z from 'zod';
import type { AlarmChange } from '../monitoring/alarms.ts';
import { AwsError, jsonReply, type Service } from './aws-service.ts';

const inputSchema = z.object({
  AlarmNamePrefix: z.string().default(''),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  MaxRecords: z.int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

/** @param alarms observes the cloud first */
export const alarmList =
  (alarms: () => Promise<readonly AlarmChange[]>): Service =>
  async ({ headers, body }) => {
    if (headers['x-amz-target'] !== 'GraniteServiceVersion20100801.DescribeAlarms')
      return new AwsError('InvalidAction', 'the local CloudWatch only describes alarms').reply();
    const { AlarmNamePrefix, StateValue, MaxRecords, NextToken } = inputSchema.parse(JSON.parse(body.toString()));
    const found = (await alarms()).filter(
      ({ alarm, state }) => alarm.startsWith(AlarmNamePrefix) && (StateValue ?? state) === state,
    );
    const from = Number(NextToken ?? 0);
    const end = from + MaxRecords;
    return jsonReply(200, {
      MetricAlarms: found.slice(from, end).map(({ alarm, description, state, at }) => ({
        AlarmName: alarm,
        AlarmDescription: description,
        StateValue: state,
        StateUpdatedTimestamp: at / 1000,
      })),
      ...(end < found.length ? { NextToken: String(end) } : {}),
    });
  };
