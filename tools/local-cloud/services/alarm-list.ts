/** CloudWatch's API, as far as the operator asks it: which alarms there are, which of them ring, and about whom. */
import * as z from 'zod';
import type { AlarmNow } from '../monitoring/alarms.ts';
import { AwsError, jsonReply, type Service } from './aws-service.ts';

const listSchema = z.object({
  AlarmNamePrefix: z.string().default(''),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  MaxRecords: z.int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});
const contributorsSchema = z.object({ AlarmName: z.string(), NextToken: z.string().optional() });

/** Ours: AWS does not say how many contributors it gives at once. */
const contributorsAtOnce = 25;

function page<Item>(items: readonly Item[], token: string | undefined, most: number) {
  const from = Number(token ?? 0);
  const end = from + most;
  return { items: items.slice(from, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}

type Operation = (alarms: readonly AlarmNow[], input: unknown) => object;

const describeAlarms: Operation = (alarms, input) => {
  const { AlarmNamePrefix, StateValue, MaxRecords, NextToken } = listSchema.parse(input);
  const found = alarms.filter(
    ({ alarm, state }) => alarm.startsWith(AlarmNamePrefix) && (StateValue ?? state) === state,
  );
  const { items, ...next } = page(found, NextToken, MaxRecords);
  return {
    MetricAlarms: items.map(({ alarm, description, state, at, query }) => ({
      AlarmName: alarm,
      AlarmDescription: description,
      StateValue: state,
      StateUpdatedTimestamp: at / 1000,
      ...(query ? { Metrics: [{ Id: 'query', Expression: query.expression }] } : {}),
    })),
    ...next,
  };
};

const describeContributors: Operation = (alarms, input) => {
  const { AlarmName, NextToken } = contributorsSchema.parse(input);
  const found = alarms.find(({ alarm }) => alarm === AlarmName);
  const { items, ...next } = page(found?.query?.contributors ?? [], NextToken, contributorsAtOnce);
  return {
    AlarmContributors: items.map(({ name, at }) => ({
      ContributorId: name.slice(0, 16),
      ContributorAttributes: { connection: name },
      StateReason: 'Threshold Crossed',
      StateTransitionedTimestamp: at / 1000,
    })),
    ...next,
  };
};

const service = 'GraniteServiceVersion20100801';
const operations: Readonly<Record<string, Operation>> = {
  [`${service}.DescribeAlarms`]: describeAlarms,
  [`${service}.DescribeAlarmContributors`]: describeContributors,
};

/** @param alarms observes the cloud first */
export const alarmList =
  (alarms: () => Promise<readonly AlarmNow[]>): Service =>
  async ({ headers, body }) => {
    const operation = operations[String(headers['x-amz-target'])];
    if (!operation) return new AwsError('InvalidAction', 'the local CloudWatch only describes alarms').reply();
    return jsonReply(200, operation(await alarms(), JSON.parse(body.toString())));
  };
