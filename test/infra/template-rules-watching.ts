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
const heartbeat: Watching = {
  operator: 'LessThanThreshold',
  statistics: ['Sum'],
  most: 1,
  silence: 'breaching',
  periods: 12,
};

/** How each metric is to be watched: the other way round an alarm never rings, or always. */
const watching: Readonly<Record<string, Watching>> = {
  ApproximateAgeOfOldestMessage: tooLong,
  ApproximateNumberOfMessagesVisible: { ...counts, statistics: ['Maximum', 'Minimum'] },
  ConnectionSuspended: counts,
  CredentialsMissing: counts,
  // How many connections: a second call of the watcher that finds none is enough.
  ConnectionsInTrouble: { ...counts, statistics: ['Minimum'], silence: 'ignore' },
  DoubtStuck: counts,
  Duration: tooLong,
  Errors: counts,
  MorningMailMissed: counts,
  OrdersUnread: counts,
  // The newest look says how many days are left; a look after the rate was added ends it.
  InterestRateDaysLeft: { operator: 'LessThanThreshold', statistics: ['Maximum'], most: 11, silence: 'ignore' },
  Invocations: heartbeat,
  MessageAgeSeconds: tooLong,
  // The newest poll knows for how many hours. Without one it is as it was.
  PlatformDownHours: { ...counts, statistics: ['Minimum'], most: 6, silence: 'ignore' },
  PollsStopped: counts,
  Retries: counts,
  Throttles: counts,
  Unexpected: counts,
  UnknownStatus: counts,
  ValidationsAtRisk: counts,
  ValidationsStopped: counts,
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

/** For each connection by itself. CloudWatch wants the order for several series. */
const query =
  /^SELECT (?<of>\w+)\((?<name>\w+)\) FROM SCHEMA\("(?<namespace>\w+)", connection, service\) WHERE service = '(?<service>[\w-]+)' GROUP BY connection ORDER BY \k<of>\(\) DESC$/;
const querySchema = z
  .object({ Properties: z.object({ Metrics: z.tuple([z.object({ Expression: z.string(), Period: z.number() })]) }) })
  .transform(({ Properties: { Metrics } }, context) => {
    const [{ Expression, Period }] = Metrics;
    const { of = '', name: MetricName = '', namespace: Namespace = '', service } = query.exec(Expression)?.groups ?? {};
    if (service === undefined) context.addIssue('another query');
    const Statistic = of.charAt(0) + of.slice(1).toLowerCase();
    return [{ Namespace, MetricName, Dimensions: [{ Name: 'service', Value: service }], Period, Statistic }];
  });

/** What an alarm looks at: one metric, or one of each connection. */
export const metricsOf = (alarm: unknown) => oneSchema.safeParse(alarm).data ?? querySchema.safeParse(alarm).data ?? [];
export const metricNameOf = (alarm: unknown): string => metricsOf(alarm)[0]?.MetricName ?? '';

export const isQuery = (alarm: Resource): boolean => at(alarm, 'Properties.Metrics') !== undefined;
const isPlain = (alarm: Resource): boolean => !isQuery(alarm);
const wantedOf = (alarm: unknown): Watching | undefined => watching[metricNameOf(alarm)];
const asking =
  (change: (query: string) => string): Spoil =>
  (alarm, template) =>
    isQuery(alarm)
      ? having('Properties.Metrics.0.Expression', change(written(at(alarm, 'Properties.Metrics.0.Expression'))))(
          alarm,
          template,
        )
      : undefined;

function isWatched(alarm: unknown): boolean {
  const wanted = wantedOf(alarm);
  const metrics = metricsOf(alarm);
  return (
    wanted !== undefined &&
    metrics.length > 0 &&
    at(alarm, 'Properties.ComparisonOperator') === wanted.operator &&
    metrics.every(({ Statistic }) => wanted.statistics.includes(Statistic)) &&
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

/** [AWS: PutMetricAlarm, Period; Limits that apply to alarms based on Metrics Insights queries] */
function isAllowed(alarm: Resource): boolean {
  const periods = new Set(metricsOf(alarm).map(({ Period }) => Period));
  const [period = 0] = periods;
  const most = isQuery(alarm) ? 3 * hour : period < hour ? day : 7 * day;
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
      'the average of each connection': asking((query) => query.replaceAll('SUM(', 'AVG(')),
      'a metric that nobody thought of': where(isPlain, having('Properties.MetricName', 'Other')),
      'all connections as one': asking((query) => query.replace(' GROUP BY connection', '')),
      'a query that nobody thought of': asking((query) => query.replace(/\(\w+\)/, '(Other)')),
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
    holds: (alarm) => unless(isAllowed(alarm), 'a week; a day for periods below an hour; three hours with a query'),
    brokenBy: {
      'more than a week': having('Properties.EvaluationPeriods', 10_081),
      'half minutes': where(isPlain, having('Properties.Period', 90)),
      'a period of two days': where(isPlain, having('Properties.Period', 2 * day)),
      'a day by a query': where(isQuery, having('Properties.EvaluationPeriods', 288)),
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
      'another stage in a query': asking((query) => query.replace(/'[^']+'/, "'chorus-relay-other'")),
    },
  },
];
