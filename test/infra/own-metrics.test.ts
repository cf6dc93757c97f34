import { expect, it } from 'vitest';
import { metricsNamespace } from '../../infra/names.ts';
import { metrics } from '../../shared/telemetry/telemetry.ts';
import { stacksOf } from './stacks-fixture.ts';
import { metricsOf } from './template-rules-watching.ts';

it('every metric that an alarm watches is one that the functions measure', async () => {
  const { all } = await stacksOf('test');
  const alarms = all.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const watched = alarms.flatMap((alarm) =>
    metricsOf(alarm).flatMap(({ Namespace, MetricName }) => (Namespace === metricsNamespace ? [MetricName] : [])),
  );
  expect(watched).toContain('Unexpected');
  expect(watched).toContain('PollsStopped');
  const known = new Set(Object.keys(metrics));
  expect(watched.filter((name) => !known.has(name))).toEqual([]);
});
