import { expect, it } from 'vitest';
import { metricsNamespace } from '../../infra/names.ts';
import { metricNames } from '../../shared/telemetry/telemetry.ts';
import { stacksOf } from './stacks-fixture.ts';

/** Every metric of the relay's own that a part of the template names, however deep. */
function ownMetricsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Namespace, MetricName }: { Namespace?: unknown; MetricName?: unknown } = value;
  const own = Namespace === metricsNamespace && typeof MetricName === 'string' ? [MetricName] : [];
  return [...own, ...Object.values(value).flatMap(ownMetricsIn)];
}

it('every metric that an alarm watches is one that the functions measure', async () => {
  const { all } = await stacksOf('test');
  const watched = all.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').flatMap(ownMetricsIn);
  expect(watched).toContain('Unexpected');
  expect(watched).toContain('PollsDone');
  const known = new Set<string>(metricNames);
  expect(watched.filter((name) => !known.has(name))).toEqual([]);
});
