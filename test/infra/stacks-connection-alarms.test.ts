import { beforeAll, describe, expect, it } from 'vitest';
import { ofType, oneIn, references, stacksOf, type Resource, type Stacks } from './stacks-fixture.ts';

const company = { name: 'Duval', siret: '99910001900010' };

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

const all = (type: string): Resource[] => {
  const found = ofType(stacks.all, type);
  expect(found, type).not.toHaveLength(0);
  return found;
};

describe('the alarms of a connection', () => {
  const ofMetric = (metric: string) =>
    all('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties)
      .filter(({ MetricName, Namespace }) => MetricName === metric && Namespace === 'ChorusRelay');

  it.each([
    ['CredentialsMissing', 'credentials-missing', oneIn(1)],
    // Each poll that it prevents is counted.
    ['ConnectionSuspended', 'connection-suspended', oneIn(1)],
    // An invoice that stays in doubt is counted once a day.
    ['DoubtStuck', 'in-doubt', { Period: 3600, EvaluationPeriods: 25, DatapointsToAlarm: 1 }],
  ])('ring at %s of it, once', (metric, name, when) => {
    expect(ofMetric(metric)).toMatchObject([
      {
        AlarmName: `chorus-relay-test-${name}-example`,
        Dimensions: [{ Name: 'connection', Value: 'example' }, { Name: 'service' }],
        Statistic: 'Sum',
        Threshold: 1,
        ...when,
      },
    ]);
  });

  it.each([
    ['PisteSecretDaysLeft', 'piste-secret'],
    ['TechnicalPasswordDaysLeft', 'technical-password'],
  ])(
    'watch the credentials’ %s: two weeks before, on the day, and over once another call measures more',
    (metric, name) => {
      const newest = {
        Period: 86_400,
        EvaluationPeriods: 1,
        Statistic: 'Maximum',
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'ignore',
      };
      expect(ofMetric(metric)).toMatchObject([
        { AlarmName: `chorus-relay-test-${name}-warning-example`, Threshold: 15, ...newest },
        { AlarmName: `chorus-relay-test-${name}-due-example`, Threshold: 1, ...newest },
      ]);
    },
  );

  it('watch its polls, but not while the platform is closed for all: that rings once', () => {
    const named = (name: string) =>
      all('AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties['AlarmName'] === `chorus-relay-test-${name}`);
    const window = { EvaluationPeriods: 6, Threshold: 1 };
    const closed = { MetricName: 'PlatformDown', Dimensions: [{ Name: 'service' }] };
    expect(named('platform-down')).toMatchObject([
      {
        Properties: {
          ...window,
          ...closed,
          Period: 3600,
          Statistic: 'Minimum',
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        },
      },
    ]);
    const done = {
      MetricName: 'PollsDone',
      Dimensions: [{ Name: 'connection', Value: 'example' }, { Name: 'service' }],
    };
    expect(named('polls-stopped-example')).toMatchObject([
      {
        Properties: {
          ...window,
          ComparisonOperator: 'LessThanThreshold',
          Metrics: [
            { Expression: 'done + closed' },
            { Id: 'done', MetricStat: { Metric: done, Period: 3600, Stat: 'Sum' } },
            { Id: 'closed', MetricStat: { Metric: closed, Period: 3600, Stat: 'Minimum' } },
          ],
        },
      },
    ]);
  });

  it('look twice as far back as the slowest connection is polled', async () => {
    const settings = { label: 'Duval', environment: 'production', companies: [company], pollingIntervalMinutes: 1440 };
    const { all: resources } = await stacksOf('test', {}, { duval: settings });
    const windows = new Map(
      ofType(resources, 'AWS::CloudWatch::Alarm').map(({ Properties }) => [
        Properties['AlarmName'],
        Properties['EvaluationPeriods'],
      ]),
    );
    expect(windows.get('chorus-relay-test-polls-stopped-duval')).toBe(2);
    expect(windows.get('chorus-relay-test-take-turns-silent')).toBe(48);
    expect(windows.get('chorus-relay-test-connection-suspended-duval')).toBe(48);
  });
});

describe('who hears an alarm', () => {
  const two = {
    duval: { label: 'Duval', environment: 'production', companies: [company], contacts: ['duval@example.org'] },
    bertin: {
      ...{ label: 'Bertin', environment: 'production', companies: [company] },
      contacts: ['bertin@example.org', 'ops@example.org'],
    },
  };

  it('the contacts of a connection have a topic of their own; the operators hear everything, and once', async () => {
    const { all: resources } = await stacksOf('test', { alarmEmails: ['ops@example.org'] }, two);
    const names = new Map(
      ofType(resources, 'AWS::SNS::Topic').map(({ id, Properties }) => [id, Properties['TopicName']]),
    );
    const emails = ofType(resources, 'AWS::SNS::Subscription').flatMap(({ Properties }) =>
      Properties['Protocol'] === 'email'
        ? [[Properties['Endpoint'], names.get(references(Properties['TopicArn'])[0] ?? '')]]
        : [],
    );
    expect(emails).toEqual([
      ['ops@example.org', 'chorus-relay-test-operations'],
      ['duval@example.org', 'chorus-relay-test-operations-contacts-duval'],
      ['bertin@example.org', 'chorus-relay-test-operations-contacts-bertin'],
    ]);
  });
});
