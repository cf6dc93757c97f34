/** The metrics of our own functions, for alarms and for graphs on the dashboard. */
import type { Duration } from 'aws-cdk-lib';
import { GraphWidget, MathExpression, Metric, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName, TroubleMetric } from '../../shared/telemetry/telemetry.ts';
import { metricsNamespace, metricsService } from '../names.ts';

/** A metric that our functions emit, with the name and the dimensions that they give it. */
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

/**
 * A metric of trouble, for each connection that has it. CloudWatch evaluates an alarm on it for each of them, and sends
 * its mails for each. [AWS: Create an alarm based on a Multi Time Series Metrics Insights query]
 */
export const ofEachConnection = (stage: string, metricName: TroubleMetric, period: Duration): MathExpression =>
  new MathExpression({
    expression: [
      `SELECT SUM(${metricName}) FROM SCHEMA("${metricsNamespace}", connection, service)`,
      `WHERE service = '${metricsService(stage)}' GROUP BY connection ORDER BY SUM() DESC`,
    ].join(' '),
    usingMetrics: {},
    label: '',
    period,
  });

export const graph = (title: string, left: IMetric[], width = 12): GraphWidget =>
  new GraphWidget({ title, left, width, height: 6, liveData: true });

interface Search {
  stage: string;
  name: MetricName;
  label?: string;
  /** All dimensions of the metric but `service`: a search must name them. */
  dimensions: readonly string[];
  statistic: string;
  period: Duration;
}

/** Finds the metric whatever the values of its dimensions: operations, outcomes and connections need not be listed. */
export function search({ stage, name, label = '', dimensions, statistic, period }: Search): MathExpression {
  const schema = [metricsNamespace, 'service', ...dimensions].join(',');
  const terms = `MetricName="${name}" service="${metricsService(stage)}"`;
  const expression = `SEARCH('{${schema}} ${terms}', '${statistic}', ${period.toSeconds()})`;
  return new MathExpression({ expression, usingMetrics: {}, label, period });
}
