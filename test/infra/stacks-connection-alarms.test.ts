import { beforeAll, describe, expect, it } from 'vitest';
import { ofType, references, stacksOf, type Resource, type Stacks } from './stacks-fixture.ts';

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

describe('the alarms of connections', () => {
  const named = (name: string) =>
    all('AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties['AlarmName'] === `chorus-relay-test-${name}`);

  it.each([
    ['ConnectionSuspended', 'connection-suspended'],
    ['CredentialsMissing', 'credentials-missing'],
    ['PollsStopped', 'polls-stopped'],
    ['WorksClosed', 'works-unread'],
    ['ValidationsAtRisk', 'validations-at-risk'],
    ['ValidationsStopped', 'validations-stopped'],
    ['OrdersUnread', 'orders-unread'],
    ['MorningMailMissed', 'morning-mail-missed'],
  ])('ring at %s of any of them, for each by itself', (metric, name) => {
    const Expression = `SELECT SUM(${metric}) FROM SCHEMA("ChorusRelay", connection, service) WHERE service = 'chorus-relay-test' GROUP BY connection ORDER BY SUM() DESC`;
    expect(named(name)).toMatchObject([
      {
        Properties: {
          Metrics: [{ Expression, Period: 300, ReturnData: true }],
          EvaluationPeriods: 36,
          DatapointsToAlarm: 1,
          Threshold: 1,
          TreatMissingData: 'notBreaching',
        },
      },
    ]);
  });

  it.each(['piste-secret-warning', 'piste-secret-due', 'technical-password-warning', 'technical-password-due'])(
    'count by the daily look of how many it is so: %s; over once another call finds none',
    (name) => {
      expect(named(name)).toMatchObject([
        {
          Properties: {
            MetricName: 'ConnectionsInTrouble',
            Dimensions: [{ Name: 'reason', Value: name }, { Name: 'service' }],
            Period: 86_400,
            EvaluationPeriods: 1,
            Statistic: 'Minimum',
            Threshold: 1,
            TreatMissingData: 'ignore',
          },
        },
      ]);
    },
  );

  it('ring at an invoice that stays in doubt, once: it is counted once a day', () => {
    expect(named('in-doubt')).toMatchObject([
      { Properties: { MetricName: 'DoubtStuck', Period: 3600, EvaluationPeriods: 28, DatapointsToAlarm: 1 } },
    ]);
  });

  it('ring once for a platform that is closed to all', () => {
    expect(named('platform-down')).toMatchObject([
      { Properties: { MetricName: 'PlatformDownHours', Dimensions: [{ Name: 'service' }], Threshold: 6 } },
    ]);
  });

  it('miss the polls of the slowest connection no sooner than it is polled twice', async () => {
    const settings = { label: 'Duval', environment: 'production', companies: [company], pollingIntervalMinutes: 1440 };
    const { all: resources } = await stacksOf('test', {}, { duval: settings });
    const [silent] = ofType(resources, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties['AlarmName'] === 'chorus-relay-test-take-turns-silent',
    );
    expect(silent?.Properties['EvaluationPeriods']).toBe(48);
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

  const mailsOf = async (connections: Record<string, object>) => {
    const { all: resources } = await stacksOf('test', { alarmEmails: ['ops@example.org'] }, connections);
    const names = new Map(
      ofType(resources, 'AWS::SNS::Topic').map(({ id, Properties }) => [id, Properties['TopicName']]),
    );
    return ofType(resources, 'AWS::SNS::Subscription').flatMap(({ Properties }) =>
      Properties['Protocol'] === 'email'
        ? [[Properties['Endpoint'], names.get(references(Properties['TopicArn'])[0] ?? '')]]
        : [],
    );
  };

  it('each addressee of a morning mail has a topic alone, whose name shows no address', async () => {
    const morningMail = [{ to: 'compta@example.org' }, { to: 'direction@example.org', days: ['monday'] }];
    const both = { duval: { ...two.duval, contacts: [], morningMail }, bertin: { ...two.bertin, contacts: [] } };
    expect(await mailsOf(both)).toEqual([
      ['ops@example.org', 'chorus-relay-test-operations'],
      ['compta@example.org', 'chorus-relay-test-operations-morning-duval-0c5daecaef09aa83'],
      ['direction@example.org', 'chorus-relay-test-operations-morning-duval-c78fdf77f1f1366e'],
    ]);
  });

  it('the contacts of a connection have a topic of their own; the operators hear everything, and once', async () => {
    expect(await mailsOf(two)).toEqual([
      ['ops@example.org', 'chorus-relay-test-operations'],
      ['duval@example.org', 'chorus-relay-test-operations-contacts-duval'],
      ['bertin@example.org', 'chorus-relay-test-operations-contacts-bertin'],
    ]);
  });
});
