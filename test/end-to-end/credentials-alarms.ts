import * as z from 'zod';
import { dayMs } from '../../shared/facts/fact.ts';
import type { LogLine, Resource } from '../../tools/local-cloud/index.ts';

/** A metric in CloudWatch's embedded format, as the functions write it. */
const emfSchema = z
  .object({
    _aws: z.object({
      Timestamp: z.number(),
      CloudWatchMetrics: z.array(z.object({ Namespace: z.string(), Metrics: z.array(z.object({ Name: z.string() })) })),
    }),
  })
  .catchall(z.unknown());

interface Measure {
  day: number;
  metric: string;
  reason: unknown;
  value: number;
}

export function measuresIn({ line }: LogLine): Measure[] {
  if (!line.startsWith('{"_aws"')) return [];
  const written = emfSchema.parse(JSON.parse(line));
  const { Timestamp, CloudWatchMetrics } = written._aws;
  const names = CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
  const { reason } = written;
  const value = (name: string) => z.coerce.number().parse(written[name]);
  const day = Math.floor(Timestamp / dayMs);
  return names.map((metric) => ({ day, metric, reason, value: value(metric) }));
}

const alarmSchema = z.object({
  AlarmName: z.string(),
  MetricName: z.string(),
  Namespace: z.literal('ChorusRelay'),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Period: z.literal(86_400),
  Statistic: z.literal('Minimum'),
  Threshold: z.number(),
  ComparisonOperator: z.literal('GreaterThanOrEqualToThreshold'),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.literal('ignore'),
});
type AlarmDefinition = z.infer<typeof alarmSchema>;

/** The alarms of the template that look at a day, and so at the credentials. */
export const dailyAlarms = (resources: readonly Resource[]): AlarmDefinition[] =>
  resources
    .filter(({ type, properties }) => type === 'AWS::CloudWatch::Alarm' && properties['Period'] === 86_400)
    .flatMap(({ properties }) => alarmSchema.safeParse(properties).data ?? []);

export interface Change {
  /** Counted from the first. */
  day: number;
  state: 'ALARM' | 'OK';
}

/** How CloudWatch would have changed the alarm's state, looking at the end of each day. */
export function changesOf(alarm: AlarmDefinition, measures: readonly Measure[], first: number, days: number): Change[] {
  const reason = alarm.Dimensions.find(({ Name }) => Name === 'reason')?.Value;
  const own = measures.filter((one) => one.metric === alarm.MetricName && one.reason === reason);
  const breaches = (day: number): boolean | undefined => {
    const values = own.filter((one) => one.day === day).map((one) => one.value);
    return values.length === 0 ? undefined : Math.min(...values) >= alarm.Threshold;
  };
  const changes: Change[] = [];
  for (let day = alarm.EvaluationPeriods - 1; day < days; day += 1) {
    const seen = Array.from({ length: alarm.EvaluationPeriods }, (_, i) => breaches(first + day - i));
    if (seen.includes(undefined)) continue;
    const state = seen.every(Boolean) ? 'ALARM' : 'OK';
    if (changes.at(-1)?.state !== state) changes.push({ day, state });
  }
  return changes;
}
