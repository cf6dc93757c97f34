import * as z from 'zod';
import { written, type Resource } from './stacks-fixture.ts';
import { at, having, unless, where, without, type Rule, type Spoil } from './template-rule.ts';

interface Watching {
  operator: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  statistics: readonly string[];
  /** It rings there, or earlier. */
  most?: number;
  /** What it means that there is no data: nothing to count, no new measurement, or that nobody measures. */
  silence: 'notBreaching' | 'ignore' | 'breaching';
  /** At least so many periods: CloudWatch looks some periods further back where data is missing. */
  periods?: number;
}

const counts: Watching = {
  operator: 'GreaterThanOrEqualToThreshold',
  statistics: ['Sum'],
  most: 1,
  silence: 'notBreaching',
};
const tooLong: Watching = { ...counts, statistics: ['Maximum'], most: Infinity };
const newest: Watching = { operator: 'LessThanThreshold', statistics: ['Maximum'], silence: 'ignore' };
const heartbeat: Watching = {
  operator: 'LessThanThreshold',
  statistics: ['Sum'],
  most: 1,
  silence: 'breaching',
  periods: 12,
};

/** How each metric, or each expression, is to be watched: the other way round an alarm never rings, or always. */
const watching: Readonly<Record<string, Watching>> = {
  ApproximateAgeOfOldestMessage: tooLong,
  ApproximateNumberOfMessagesVisible: { ...counts, statistics: ['Maximum', 'Minimum'] },
  ConnectionSuspended: counts,
  CredentialsMissing: counts,
  // A connection's polls that were done, and 1 if the platform was closed. Polls that stopped count as 0.
  'done + closed': { ...heartbeat, periods: 2 },
  DoubtStuck: counts,
  Duration: tooLong,
  Errors: counts,
  // One call of the watcher that knows all of them is enough.
  ExpiriesUnknown: { ...counts, statistics: ['Minimum'], silence: 'ignore' },
  OrdersUnread: { ...counts, statistics: ['Minimum'], silence: 'ignore' },
  Invocations: heartbeat,
  MessageAgeSeconds: tooLong,
  PisteSecretDaysLeft: newest,
  // One poll that got through is enough.
  PlatformDown: { ...counts, statistics: ['Minimum'] },
  Retries: counts,
  TechnicalPasswordDaysLeft: newest,
  Throttles: counts,
  Unexpected: counts,
  UnknownStatus: counts,
  // Measured at each reading: without one it is not known whether the request was answered.
  ValidationsAtRisk: { ...counts, statistics: ['Maximum'], silence: 'ignore' },
  WorksClosed: counts,
  WorksPathWrong: counts,
};

const metricShape = {
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
};
const oneSchema = z
  .object({ Properties: z.object({ ...metricShape, Period: z.number(), Statistic: z.string() }) })
  .transform(({ Properties }) => [Properties]);
const severalSchema = z
  .object({ Properties: z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })) }) })
  .transform(({ Properties: { Metrics } }) =>
    Metrics.flatMap(({ MetricStat }) => statSchema.safeParse(MetricStat).data ?? []),
  );
const statSchema = z
  .object({ Metric: z.object(metricShape), Period: z.number(), Stat: z.string() })
  .transform(({ Metric, Period, Stat: Statistic }) => ({ ...Metric, Period, Statistic }));

/** What an alarm looks at: one metric, or those of its expression. */
export const metricsOf = (alarm: unknown) =>
  oneSchema.safeParse(alarm).data ?? severalSchema.safeParse(alarm).data ?? [];

const isExpression = (alarm: Resource): boolean => at(alarm, 'Properties.Metrics') !== undefined;
const isPlain = (alarm: Resource): boolean => !isExpression(alarm);
const wantedOf = (alarm: unknown): Watching | undefined =>
  watching[written(at(alarm, 'Properties.MetricName') ?? at(alarm, 'Properties.Metrics.0.Expression'))];

function isWatched(alarm: unknown): boolean {
  const wanted = wantedOf(alarm);
  const metrics = metricsOf(alarm);
  const ofItsOwn = (name: string) =>
    metrics.length > 1 && (name === 'PollsDone' || name === 'ValidationsRead') ? ['Sum'] : watching[name]?.statistics;
  return (
    wanted !== undefined &&
    metrics.length > 0 &&
    at(alarm, 'Properties.ComparisonOperator') === wanted.operator &&
    metrics.every(({ MetricName, Statistic }) => ofItsOwn(MetricName)?.includes(Statistic)) &&
    Number(at(alarm, 'Properties.Threshold')) <= (wanted.most ?? Infinity) &&
    Number(at(alarm, 'Properties.EvaluationPeriods')) >= (wanted.periods ?? 1)
  );
}

const reversed: Spoil = (alarm, template) => {
  const rings = at(alarm, 'Properties.ComparisonOperator') === 'LessThanThreshold';
  const other = rings ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold';
  return having('Properties.ComparisonOperator', other)(alarm, template);
};

/** Of our own metrics: of the stage that the alarm itself is named after. */
const seesItsStage = (alarm: unknown): boolean =>
  metricsOf(alarm).every(({ Namespace, Dimensions }) => {
    const service = Dimensions.find(({ Name }) => Name === 'service')?.Value;
    const name = written(at(alarm, 'Properties.AlarmName'));
    return Namespace !== 'ChorusRelay' || (typeof service === 'string' && name.startsWith(`${service}-`));
  });
const isOwn = (alarm: Resource): boolean => at(alarm, 'Properties.Namespace') === 'ChorusRelay';

const day = 86_400;
const hour = 3600;

/** [AWS: PutMetricAlarm, Period] */
function isAllowed(alarm: unknown): boolean {
  const periods = new Set(metricsOf(alarm).map(({ Period }) => Period));
  const [period = 0] = periods;
  const most = period < hour ? day : 7 * day;
  const together = period * Number(at(alarm, 'Properties.EvaluationPeriods'));
  return periods.size === 1 && period > 0 && period % 60 === 0 && period <= day && together <= most;
}

/** An alarm that never rings, or always, is none. */
export const watchingRules: readonly Rule[] = [
  {
    name: 'watches its metric from the side where it gets worse',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(isWatched(alarm), 'it would ring at the wrong time, or never'),
    brokenBy: {
      'the other side': reversed,
      'the average': where(isPlain, having('Properties.Statistic', 'Average')),
      'the average in an expression': where(isExpression, having('Properties.Metrics.1.MetricStat.Stat', 'Average')),
      'a metric that nobody thought of': where(isPlain, having('Properties.MetricName', 'Other')),
      'an expression that nobody thought of': where(isExpression, having('Properties.Metrics.0.Expression', 'done')),
      'a threshold out of reach': where(
        (alarm) => Number.isFinite(wantedOf(alarm)?.most),
        having('Properties.Threshold', 1e12),
      ),
      'one long period without data': where(
        (alarm) => wantedOf(alarm)?.periods !== undefined,
        having('Properties.EvaluationPeriods', 1),
      ),
    },
  },
  {
    name: 'knows what the silence of its metric means',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) =>
      unless(
        at(alarm, 'Properties.TreatMissingData') === wantedOf(alarm)?.silence,
        `missing data means ${wantedOf(alarm)?.silence}`,
      ),
    brokenBy: {
      'CloudWatch’s own choice': without('Properties.TreatMissingData'),
      'a state without end': having('Properties.TreatMissingData', 'missing'),
      'the other way round': (alarm, template) => {
        const other = wantedOf(alarm)?.silence === 'breaching' ? 'notBreaching' : 'breaching';
        return having('Properties.TreatMissingData', other)(alarm, template);
      },
    },
  },
  {
    name: 'looks back as far as CloudWatch allows',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(isAllowed(alarm), 'a week; a day for periods below an hour'),
    brokenBy: {
      'more than a week': having('Properties.EvaluationPeriods', 10_081),
      'half minutes': where(isPlain, having('Properties.Period', 90)),
      'a period of two days': where(isPlain, having('Properties.Period', 2 * day)),
      'two periods in an expression': where(isExpression, having('Properties.Metrics.1.MetricStat.Period', 60)),
    },
  },
  {
    name: 'watches the metrics of its own stage',
    of: ['AWS::CloudWatch::Alarm'],
    holds: (alarm) => unless(seesItsStage(alarm), 'its metric is not of its stage'),
    brokenBy: {
      'another stage': where(
        isOwn,
        having('Properties.Dimensions', [{ Name: 'service', Value: 'chorus-relay-other' }]),
      ),
      'every stage': where(isOwn, without('Properties.Dimensions')),
      'another stage in an expression': where(
        isExpression,
        having('Properties.Metrics.1.MetricStat.Metric.Dimensions', [{ Name: 'service', Value: 'chorus-relay-other' }]),
      ),
    },
  },
];
