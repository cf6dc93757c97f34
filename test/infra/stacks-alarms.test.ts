import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { ofType, stacksOf, written, type Resource, type Stacks } from './stacks-fixture.ts';

const anything: unknown = expect.anything();
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

const all = (type: string): Resource[] => {
  const found = ofType(stacks.all, type);
  expect(found, type).not.toHaveLength(0);
  return found;
};

it('every alarm rings, says when it is over, explains itself and knows what silence means', () => {
  for (const { Properties } of all('AWS::CloudWatch::Alarm')) {
    expect(Properties).toMatchObject({
      AlarmName: like(/^chorus-relay-test-/),
      AlarmDescription: like(/\S.{40,}/),
      AlarmActions: [anything],
      OKActions: [anything],
      TreatMissingData: like(/^(notBreaching|ignore|breaching)$/),
    });
  }
});

describe('the runbook page of every alarm', () => {
  const pages = () =>
    all('AWS::CloudWatch::Alarm').map(({ id, Properties }) => {
      const [, page] =
        / Runbook: docs\/runbooks\/alarms\/([a-z-]+\.md)$/.exec(written(Properties['AlarmDescription'])) ?? [];
      return { id, page: page ?? 'none' };
    });
  const folder = join(projectRoot, 'docs', 'runbooks', 'alarms');

  it('is named by it, is there, and says what to do', () => {
    for (const { id, page } of pages()) {
      expect(existsSync(join(folder, page)), `${id}: ${page}`).toBe(true);
      const text = readFileSync(join(folder, page), 'utf8');
      for (const part of ['What it means', 'What to look at', 'What to do', 'How to know it is over'])
        expect(text, `${page}: ${part}`).toContain(`**${part}.**`);
    }
  });

  it('is no page of an alarm that there is not', () => {
    expect(readdirSync(folder).sort()).toEqual([...new Set(pages().map(({ page }) => page))].sort());
  });

  it('has the address that the context gives', async () => {
    const { all: resources } = await stacksOf('test', { runbookBaseUrl: 'https://git.example.org/runbooks/' });
    for (const { Properties } of ofType(resources, 'AWS::CloudWatch::Alarm'))
      expect(Properties['AlarmDescription']).toMatch(
        / Runbook: https:\/\/git\.example\.org\/runbooks\/alarms\/[a-z-]+\.md$/,
      );
  });
});

describe('every function rings', () => {
  it.each(['Errors', 'Throttles', 'Duration'])('at its %s', (metric) => {
    const watched = all('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties['MetricName'] === metric)
      .map(({ Properties }) => written(Properties['Dimensions']));
    for (const { id } of all('AWS::Lambda::Function'))
      expect(
        watched.some((dimensions) => dimensions.includes(id)),
        id,
      ).toBe(true);
  });
});

describe('the alarms of a connection’s credentials', () => {
  const ofMetric = (metric: string) =>
    all('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties)
      .filter(({ MetricName, Namespace }) => MetricName === metric && Namespace === 'ChorusRelay');

  it.each([
    ['PisteSecretDaysLeft', 'piste-secret'],
    ['TechnicalPasswordDaysLeft', 'technical-password'],
  ])('watch %s: two weeks before, on the day, and two days of silence', (metric, name) => {
    const daily = { Period: 86_400, ComparisonOperator: 'LessThanThreshold' };
    const dimensions: unknown = expect.arrayContaining([{ Name: 'connection', Value: 'example' }]);
    expect(ofMetric(metric)).toEqual(
      [
        { at: 'warning', Statistic: 'Minimum', Threshold: 15, EvaluationPeriods: 1, TreatMissingData: 'ignore' },
        { at: 'due', Statistic: 'Minimum', Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'ignore' },
        {
          at: 'unwatched',
          Statistic: 'SampleCount',
          Threshold: 1,
          EvaluationPeriods: 2,
          TreatMissingData: 'breaching',
        },
      ].map(({ at, ...when }): unknown =>
        expect.objectContaining({
          AlarmName: `chorus-relay-test-${name}-${at}-example`,
          Dimensions: dimensions,
          ...daily,
          ...when,
        }),
      ),
    );
  });
});
