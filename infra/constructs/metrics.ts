/** The metrics of our own functions, for alarms and for graphs on the dashboard. */
import type { Duration } from 'aws-cdk-lib';
import { GraphWidget, MathExpression, Metric, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
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

export const graph = (title: string, left: IMetric[], width = 12): GraphWidget =>
  new GraphWidget({ title, left, width, height: 6, liveData: true });

interface Search {
  stage: string;
  name: MetricName;
  /** All dimensions of the metric but `service`: a search must name them. */
  dimensions: readonly string[];
  /** The dimensions that must have a given value. */
  where?: Readonly<Record<string, string>>;
  statistic: string;
  period: Duration;
}

/** Finds the metric whatever the values of its dimensions: operations and outcomes need not be listed. */
const searchFor = ({ stage, name, dimensions, where = {}, statistic, period }: Search): string => {
  const schema = [metricsNamespace, 'service', ...dimensions].join(',');
  const meant = Object.entries({ MetricName: name, service: metricsService(stage), ...where });
  const terms = meant.map(([property, value]) => `${property}="${value}"`).join(' ');
  return `SEARCH('{${schema}} ${terms}', '${statistic}', ${period.toSeconds()})`;
};

export const found = (search: Search): MathExpression =>
  new MathExpression({ expression: searchFor(search), usingMetrics: {}, label: '', period: search.period });

/** The given figure minus the sum of everything that the search finds. */
export const leftOf = (whole: number, label: string, search: Search): MathExpression =>
  new MathExpression({
    expression: `${whole} - SUM(${searchFor(search)})`,
    usingMetrics: {},
    label,
    period: search.period,
  });
