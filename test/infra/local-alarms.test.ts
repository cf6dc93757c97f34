import { describe, expect, it, test } from 'vitest';
import { Alarms } from '../../tools/local-cloud/monitoring/alarms.ts';
import { putEmbedded } from '../../tools/local-cloud/monitoring/embedded-metrics.ts';
import { metricAlarm, stateOf } from '../../tools/local-cloud/monitoring/metric-alarm.ts';
import { MetricStore, type Metric, type Statistic } from '../../tools/local-cloud/monitoring/metric-store.ts';
import { QueueMetrics } from '../../tools/local-cloud/monitoring/queue-metrics.ts';

const minute = 60_000;
const hour = 60 * minute;
const metric = { namespace: 'Test', name: 'Faults', dimensions: { connection: 'example' } };

const declared = (more: object = {}) => ({
  AlarmName: 'faults',
  Namespace: 'Test',
  MetricName: 'Faults',
  Dimensions: [{ Name: 'connection', Value: 'example' }],
  Period: 300,
  Statistic: 'Sum',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 1,
  EvaluationPeriods: 3,
  ...more,
});

/** The newest period last, as in AWS's tables: X breaches, 0 does not, - is missing. */
function storeOf(points: string, now: number): MetricStore {
  const store = new MetricStore();
  points
    .split(' ')
    .reverse()
    .forEach((point, back) => {
      if (point !== '-') store.put(metric, now - back * 5 * minute - minute, point === 'X' ? 1 : 0);
    });
  return store;
}

const newest = (store: MetricStore, of: Metric, statistic: Statistic, minutes: number) =>
  store.periods(of, statistic, { now: minutes * minute, periodMs: 5 * minute, count: 1 }).get(0);

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const [no, keep, ALARM, OK] = ['INSUFFICIENT_DATA', 'as before', 'ALARM', 'OK'];

/** The tables of "Configuring how CloudWatch alarms treat missing data". */
describe('the state of an alarm by its last five periods', () => {
  const rows = (datapoints: number, table: [string, ...string[]][]) =>
    table.flatMap(([points, ...states]) =>
      treatments.map((treatment, i) => ({ datapoints, points, treatment, state: states[i] ?? '' })),
    );
  test.each([
    ...rows(3, [
      ['0 - X - X', OK, OK, OK, OK],
      ['0 - - - -', OK, OK, OK, OK],
      ['- - - - -', no, keep, ALARM, OK],
      ['0 X X - X', ALARM, ALARM, ALARM, ALARM],
      ['- - - - X', no, keep, ALARM, OK],
    ]),
    ...rows(2, [
      ['0 - X - X', ALARM, ALARM, ALARM, ALARM],
      ['0 0 X 0 X', ALARM, ALARM, ALARM, ALARM],
      ['0 - X - -', OK, OK, ALARM, OK],
      ['- - - - 0', OK, OK, ALARM, OK],
      ['- - - - X', no, keep, ALARM, OK],
    ]),
  ])('$datapoints of 3, $points, missing data is $treatment: $state', ({ datapoints, points, treatment, state }) => {
    const alarm = metricAlarm(declared({ DatapointsToAlarm: datapoints, TreatMissingData: treatment }));
    const store = storeOf(points, hour);
    for (const before of ['OK', 'ALARM'] as const)
      expect(stateOf(alarm, store, hour, before)).toBe(state === keep ? before : state);
  });

  it('a sum is missing where one of its terms is', () => {
    const sum = (Expression: string) => {
      const { MetricName, Namespace, Dimensions, Period, Statistic, ...rest } = declared({ EvaluationPeriods: 1 });
      const stat = (Id: string, connection: string) => ({
        Id,
        MetricStat: {
          Metric: { MetricName, Namespace, Dimensions: [{ Name: 'connection', Value: connection }] },
          Period,
          Stat: Statistic,
        },
      });
      expect(Dimensions).toHaveLength(1);
      return metricAlarm({ ...rest, Metrics: [stat('a', 'example'), stat('b', 'other'), { Id: 'e', Expression }] });
    };
    const store = storeOf('X', hour);
    expect(stateOf(sum('a + b'), store, hour, 'OK')).toBe('INSUFFICIENT_DATA');
    store.put({ ...metric, dimensions: { connection: 'other' } }, hour - minute, -1);
    expect(stateOf(sum('a + b'), store, hour, 'ALARM')).toBe('OK');
  });

  it.each(['RATE(m1)', 'm1 + m2', 'm1 * 2'])('does not guess at %s', (Expression) => {
    const { MetricName, Namespace, Dimensions, ...rest } = declared();
    const MetricStat = { Metric: { MetricName, Namespace, Dimensions }, Period: 300, Stat: 'Sum' };
    expect(() =>
      metricAlarm({
        ...rest,
        Metrics: [
          { Id: 'm1', MetricStat },
          { Id: 'e', Expression },
        ],
      }),
    ).toThrow(Expression);
  });
});

describe('the alarms of a template', () => {
  const resource = (type: string, properties: Record<string, unknown>) => ({
    ...{ type, properties, logicalId: 'one', name: 'one', ref: 'one', attributes: {} },
  });
  const often = declared({ EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });

  it('look every minute at periods that slide, and tell of changes only', () => {
    const store = new MetricStore();
    const alarms = new Alarms([resource('AWS::CloudWatch::Alarm', often)], store, 0);
    store.put(metric, 10 * minute + 20_000, 1);
    expect(alarms.evaluate(10 * minute).map(({ at, state }) => [at / minute, state])).toEqual([[1, 'OK']]);
    expect(alarms.evaluate(hour).map(({ at, state }) => [at / minute, state])).toEqual([
      [11, 'ALARM'],
      // Three periods: as long as there is a real data point, nothing is filled in.
      [26, 'OK'],
    ]);
  });

  it('look every hour if they look at more than a day', () => {
    const store = new MetricStore();
    const slow = declared({ Period: 86_400, EvaluationPeriods: 2, DatapointsToAlarm: 1 });
    const alarms = new Alarms([resource('AWS::CloudWatch::Alarm', slow)], store, 0);
    store.put(metric, 70 * minute, 1);
    expect(alarms.evaluate(3 * hour).map(({ at, state }) => [at / hour, state])).toEqual([[2, 'ALARM']]);
    expect(alarms.ringing).toEqual(['faults']);
  });
});

describe('an alarm that looks at each connection by itself', () => {
  const resource = (properties: Record<string, unknown>) => ({
    ...{ type: 'AWS::CloudWatch::Alarm', properties, logicalId: 'one', name: 'one', ref: 'one', attributes: {} },
  });
  const Expression = `SELECT SUM(Faults) FROM SCHEMA("Test", connection, service) WHERE service = 'mine' GROUP BY connection ORDER BY SUM() DESC`;
  const asking = (query = Expression, EvaluationPeriods = 36) => {
    const { MetricName, Namespace, Dimensions, Period, Statistic, ...rest } = declared({
      ...{ EvaluationPeriods, DatapointsToAlarm: 1, TreatMissingData: 'notBreaching' },
    });
    expect([MetricName, Namespace, Dimensions.length, Statistic]).toEqual(['Faults', 'Test', 1, 'Sum']);
    return resource({ ...rest, Metrics: [{ Id: 'query', Expression: query, Period }] });
  };
  const of = (connection: string, service = 'mine') => ({
    ...{ namespace: 'Test', name: 'Faults', dimensions: { connection, service } },
  });

  it('rings for each, names those that ring, and is quiet when the last one is well', () => {
    const store = new MetricStore();
    const alarms = new Alarms([asking()], store, 0);
    const changes = (until: number) =>
      alarms.evaluate(until).map(({ at, state, contributor }) => [at / minute, state, contributor]);
    expect(changes(minute)).toEqual([[1, 'OK', undefined]]);
    store.put(of('duval'), 10 * minute + 20_000, 1);
    store.put(of('bertin'), 60 * minute + 20_000, 1);
    store.put(of('elsewhere', 'another'), 60 * minute + 20_000, 1);
    store.put({ ...of('duval'), dimensions: { connection: 'less' } }, 60 * minute + 20_000, 1);
    expect(changes(2 * hour)).toEqual([
      [11, 'ALARM', 'duval'],
      [11, 'ALARM', undefined],
      [61, 'ALARM', 'bertin'],
    ]);
    expect(alarms.all[0]?.query?.contributors.map(({ name }) => name)).toEqual(['duval', 'bertin']);
    expect(changes(6 * hour).map(([, state, contributor]) => [state, contributor])).toEqual([
      ['OK', 'duval'],
      ['OK', 'bertin'],
      ['OK', undefined],
    ]);
    expect(alarms.all[0]?.query?.contributors).toEqual([]);
  });

  it('looks back three hours at most, as CloudWatch does', () => {
    expect(() => new Alarms([asking(Expression, 37)], new MetricStore(), 0)).toThrow('three hours');
  });

  it.each([
    Expression.replace(' GROUP BY connection', ''),
    Expression.replace('SUM(Faults)', 'AVG(Faults)'),
    Expression.replace('connection, service', 'connection, operation, service'),
    Expression.replace(' ORDER BY SUM() DESC', ''),
  ])('does not guess at %s', (query) => {
    expect(() => new Alarms([asking(query)], new MetricStore(), 0)).toThrow('does not understand');
  });
});

describe('what AWS measures of a queue', () => {
  const statistic = (store: MetricStore, name: string, from: number) =>
    newest(store, { namespace: 'AWS/SQS', name, dimensions: { QueueName: 'invoices' } }, 'Maximum', from + 5);
  const visible = 'ApproximateNumberOfMessagesVisible';
  const age = 'ApproximateAgeOfOldestMessage';

  it('the age leaves out what was received three times or more', () => {
    const store = new MetricStore();
    const queue = new QueueMetrics('invoices', store, 0);
    const message = (sentAt: number, receives: number) => ({ sentAt: sentAt * minute, receives, isVisible: false });
    queue.advance(0, [message(0, 3), message(20, 2)], undefined);
    queue.advance(hour, [message(0, 3)], undefined);
    queue.advance(2 * hour, [], undefined);
    expect(statistic(store, age, 55)).toBe(39 * 60);
    expect(statistic(store, age, 115)).toBe(0);
    expect(statistic(store, visible, 55)).toBe(0);
  });

  it('nothing of a queue that was empty and untouched for six hours; late once it is active again', () => {
    const store = new MetricStore();
    const queue = new QueueMetrics('invoices', store, 0);
    queue.advance(7 * hour, [{ sentAt: 7 * hour, receives: 0, isVisible: true }], undefined);
    queue.advance(8 * hour, [], 8 * hour);
    expect(statistic(store, visible, 355)).toBe(0);
    expect(statistic(store, visible, 365)).toBeUndefined();
    expect(statistic(store, visible, 430)).toBeUndefined();
    expect(statistic(store, visible, 435)).toBe(1);
  });
});

it('what a function writes into its log is counted by all of its dimensions', () => {
  const store = new MetricStore();
  const Metrics = [{ Name: 'Faults', Unit: 'Count' }];
  const CloudWatchMetrics = [{ Namespace: 'Test', Dimensions: [['connection'], []], Metrics }];
  putEmbedded(
    JSON.stringify({ _aws: { Timestamp: 5, CloudWatchMetrics }, connection: 'example', Faults: [2, 3] }),
    store,
  );
  putEmbedded('{"level":"INFO"}', store);
  expect(newest(store, metric, 'Sum', 5)).toBe(5);
  expect(newest(store, { ...metric, dimensions: {} }, 'SampleCount', 5)).toBe(2);
  expect(newest(store, { ...metric, dimensions: { connection: 'other' } }, 'Sum', 5)).toBeUndefined();
});
