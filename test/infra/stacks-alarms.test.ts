import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { retryReasons } from '../../shared/messaging/retry-reasons.ts';
import { ofType, oneIn, stacksOf, written, type Resource, type Stacks } from './stacks-fixture.ts';

const dimensionsSchema = z.array(z.object({ Name: z.string(), Value: z.unknown() }));

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

const all = (type: string): Resource[] => {
  const found = ofType(stacks.all, type);
  expect(found, type).not.toHaveLength(0);
  return found;
};

const folder = join(projectRoot, 'docs', 'runbooks', 'alarms');

describe('the runbook page of every alarm', () => {
  const pages = () =>
    all('AWS::CloudWatch::Alarm').map(({ id, Properties }) => {
      const [, page] =
        / Runbook: docs\/runbooks\/alarms\/([a-z-]+\.md)$/.exec(written(Properties['AlarmDescription'])) ?? [];
      return { id, page: page ?? 'none' };
    });
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

describe('the alarms of reasons to retry', () => {
  const ringing = () =>
    all('AWS::CloudWatch::Alarm').flatMap(({ Properties }) => {
      const [, reason] = /^chorus-relay-test-retried-(.+)$/.exec(written(Properties['AlarmName'])) ?? [];
      return reason === undefined ? [] : [{ reason, Properties }];
    });

  it('are of reasons in the closed list, of which a person is told in time', () => {
    expect(ringing().map(({ reason }) => reason)).toEqual([
      'throttled',
      'api-not-subscribed',
      'supplier-detached',
      'directory-refused',
    ]);
    for (const { reason, Properties } of ringing()) {
      expect(Object.keys(retryReasons)).toContain(reason);
      expect(Properties).toMatchObject({
        MetricName: 'Retries',
        Dimensions: [
          { Name: 'reason', Value: reason },
          { Name: 'service', Value: 'chorus-relay-test' },
        ],
        // A quota comes back by itself: three hours in a row. The others ring at the first.
        ...(reason === 'throttled' ? { Period: 3600, EvaluationPeriods: 3 } : oneIn(2)),
      });
    }
  });

  it('have a page that says of each what to do', () => {
    const page = readFileSync(join(folder, 'retried.md'), 'utf8');
    for (const { reason } of ringing()) {
      expect(page).toContain(`retried-${reason}`);
      expect(page).toContain(`*${reason}*:`);
    }
  });
});

it('a fault that stopped one invoice rings at once, and until no poll can have met it for a while', () => {
  const [unexpected] = all('AWS::CloudWatch::Alarm').filter(
    ({ Properties }) => Properties['MetricName'] === 'Unexpected',
  );
  expect(unexpected?.Properties).toMatchObject({
    AlarmName: 'chorus-relay-test-unexpected',
    Statistic: 'Sum',
    Threshold: 1,
    ...oneIn(2),
  });
});

it('the own metrics of an alarm are those of its stage', async () => {
  const { all: others } = await stacksOf('other');
  for (const [stage, resources] of Object.entries({ test: stacks.all, other: others })) {
    const own = ofType(resources, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties['Namespace'] === 'ChorusRelay',
    );
    expect(own.length).toBeGreaterThan(10);
    for (const { id, Properties } of own)
      expect(dimensionsSchema.parse(Properties['Dimensions']), id).toContainEqual({
        Name: 'service',
        Value: `chorus-relay-${stage}`,
      });
    for (const { Properties } of ofType(resources, 'AWS::Lambda::Function'))
      expect(Properties).toMatchObject({
        Environment: { Variables: { METRICS_SERVICE: `chorus-relay-${stage}` } },
      });
  }
});

describe('the key under which everything is encrypted', () => {
  it('is watched by a rule: whoever disables it or plans its deletion is reported to the operators', () => {
    const rule = all('AWS::Events::Rule').find(({ Properties }) =>
      String(Properties['Name']).endsWith('-key-in-danger'),
    );
    expect(rule?.Properties).toMatchObject({
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['kms.amazonaws.com'], eventName: ['DisableKey', 'ScheduleKeyDeletion'] },
      },
    });
    expect(written(rule?.Properties['EventPattern'])).toMatch(/"resources":\{"ARN":\[.*Key/);
    const [operations] = all('AWS::SNS::Topic').filter(
      ({ Properties }) => Properties['TopicName'] === 'chorus-relay-test-operations',
    );
    expect(written(rule?.Properties['Targets'])).toContain(`"Ref":"${operations?.id}"`);
    for (const said of ['a été désactivée', 'was disabled', 'docs/runbooks/key.md'])
      expect(written(rule?.Properties['Targets'])).toContain(said);
  });
});
