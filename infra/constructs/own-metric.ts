import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { metricsNamespace, metricsService } from '../names.ts';

/** A metric that the functions raise: under a name that they know, with the dimensions that they give it. */
export const ownMetric = (
  stage: string,
  metricName: MetricName,
  dimensions: Record<string, string>,
  options: Required<Pick<MetricOptions, 'period' | 'statistic'>>,
): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: metricsService(stage), ...dimensions },
    ...options,
  });
