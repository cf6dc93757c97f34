/** A metric alarm of the template, and the rules by which CloudWatch evaluates one. [AWS: Alarm evaluation] */
import * as z from 'zod';
import { insightsQuery } from './insights-query.ts';
import { statisticNames, type Metric, type MetricStore, type Periods } from './metric-store.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

const dimensionsSchema = z
  .array(z.object({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));
const statisticSchema = z.enum(statisticNames);
const metricShape = { Namespace: z.string(), MetricName: z.string(), Dimensions: dimensionsSchema };

/** With metric math: metrics by their ids, and the one expression whose value the alarm looks at. */
const metricsSchema = z.array(
  z.union([
    z.object({
      Id: z.string(),
      MetricStat: z.object({ Metric: z.object(metricShape), Period: z.number(), Stat: statisticSchema }),
    }),
    z.object({ Id: z.string(), Expression: z.string(), Period: z.number().optional() }),
  ]),
);

const commonShape = {
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  TreatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).default('missing'),
};
const alarmSchema = z.union([
  z.object({ ...commonShape, ...metricShape, Period: z.number(), Statistic: statisticSchema }),
  z.object({ ...commonShape, Metrics: metricsSchema }),
]);
type Declared = z.infer<typeof alarmSchema>;

/** By how many periods ago it was, the oldest first; without those whose data is missing. */
type ValuesOf = (store: MetricStore, periods: Periods) => Map<number, number>;

export interface MetricAlarm {
  name: string;
  description: string;
  /** With a query that groups: what there is to look at, each by itself. */
  query?: { expression: string; groupsIn: (store: MetricStore) => { group: string; valuesOf: ValuesOf }[] };
  periodMs: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  missing: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  valuesOf: ValuesOf;
  breaches: (value: number) => boolean;
}

/** @throws Error that names what it does not know */
export function metricAlarm(properties: unknown): MetricAlarm {
  const declared = alarmSchema.parse(properties);
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Threshold, ComparisonOperator } = declared;
  const { seconds, ...looksAt } = queried(declared) ?? measured(declared);
  if (looksAt.query && seconds * EvaluationPeriods > queryReach)
    throw new Error(`${declared.AlarmName}: a query looks back no further than three hours`);
  return {
    name: declared.AlarmName,
    description: declared.AlarmDescription,
    periodMs: seconds * 1000,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    missing: declared.TreatMissingData,
    ...looksAt,
    breaches: (value) => comparisons[ComparisonOperator](value, Threshold),
  };
}

const named = ({ Namespace, MetricName, Dimensions }: z.infer<z.ZodObject<typeof metricShape>>): Metric => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Dimensions,
});

/** Seconds. [AWS: Limits that apply to alarms based on Metrics Insights queries] */
const queryReach = 3 * 3600;

type LooksAt = Pick<MetricAlarm, 'query' | 'valuesOf'> & { seconds: number };

function queried(declared: Declared): LooksAt | undefined {
  const [only, ...others] = 'Metrics' in declared ? declared.Metrics : [];
  if (!only || !('Expression' in only) || others.length > 0) return undefined;
  const { Expression: expression, Period: seconds = 300 } = only;
  const query = insightsQuery(expression);
  if (!query) return undefined;
  const groupsIn = (store: MetricStore) =>
    query.groupsIn(store).map(({ group, metric }) => ({
      group,
      valuesOf: (_: MetricStore, periods: Periods) => store.periods(metric, 'Sum', periods),
    }));
  return { seconds, query: { expression, groupsIn }, valuesOf: () => new Map() };
}

function measured(declared: Declared): LooksAt {
  if (!('Metrics' in declared)) {
    const [metric, { Statistic, Period }] = [named(declared), declared];
    return { seconds: Period, valuesOf: (store, periods) => store.periods(metric, Statistic, periods) };
  }
  const stats = declared.Metrics.flatMap((one) => ('MetricStat' in one ? [one] : []));
  const [expression = ''] = declared.Metrics.flatMap((one) => ('Expression' in one ? [one.Expression] : []));
  const terms = expression.split('+').map((term): ValuesOf => {
    const stat = stats.find(({ Id }) => Id === term.trim())?.MetricStat;
    if (!stat) throw new Error(`the local CloudWatch does not understand the expression ${expression}`);
    const metric = named(stat.Metric);
    return (store, periods) => store.periods(metric, stat.Stat, periods);
  });
  const seconds = Math.max(...stats.map(({ MetricStat: { Period } }) => Period));
  return { seconds, valuesOf: (store, periods) => terms.map((term) => term(store, periods)).reduce(sumOf) };
}

/** Where one term is missing, so is the sum. */
function sumOf(one: Map<number, number>, other: Map<number, number>): Map<number, number> {
  return new Map(
    [...one].flatMap(([ago, value]) => {
      const more = other.get(ago);
      return more === undefined ? [] : [[ago, value + more] as const];
    }),
  );
}

/**
 * How many periods more than it evaluates CloudWatch looks at. In AWS's own example it retrieves five data points for
 * three; the number for other periods is not published.
 */
const extraPeriods = 2;

/** The periods end at `now`, and slide with it. Real data points are preferred, and missing ones filled in at need. */
export function stateOf(
  alarm: Omit<MetricAlarm, 'query'>,
  store: MetricStore,
  now: number,
  before: AlarmState,
): AlarmState {
  const { periodMs, evaluationPeriods, datapointsToAlarm, missing, breaches, valuesOf } = alarm;
  const all = valuesOf(store, { now, periodMs, count: evaluationPeriods + extraPeriods });
  const real = [...all.values()].slice(-evaluationPeriods).map(breaches);
  const filled = missing === 'breaching' ? evaluationPeriods - real.length : 0;
  if (real.filter(Boolean).length + filled >= datapointsToAlarm) return 'ALARM';
  if (real.length === evaluationPeriods || real.includes(false) || filled > 0 || missing === 'notBreaching')
    return 'OK';
  return missing === 'ignore' ? before : 'INSUFFICIENT_DATA';
}
