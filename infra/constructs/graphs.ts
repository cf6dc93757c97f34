import type { Duration } from 'aws-cdk-lib';
import { GraphWidget, MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { metricsNamespace, metricsService } from '../names.ts';

export const graph = (title: string, left: IMetric[], width = 12): GraphWidget =>
  new GraphWidget({ title, left, width, height: 6, liveData: true });

interface Search {
  stage: string;
  name: MetricName;
  /** All that the metric has besides `service`: a search must name them. */
  dimensions: readonly string[];
  /** Those of which one value is meant. */
  where?: Readonly<Record<string, string>>;
  statistic: string;
  period: Duration;
}

/** Finds the metric under whatever values its dimensions have: operations and outcomes are seen as they come. */
const searchFor = ({ stage, name, dimensions, where = {}, statistic, period }: Search): string => {
  const schema = [metricsNamespace, 'service', ...dimensions].join(',');
  const meant = Object.entries({ MetricName: name, service: metricsService(stage), ...where });
  const terms = meant.map(([property, value]) => `${property}="${value}"`).join(' ');
  return `SEARCH('{${schema}} ${terms}', '${statistic}', ${period.toSeconds()})`;
};

export const found = (search: Search): MathExpression =>
  new MathExpression({ expression: searchFor(search), usingMetrics: {}, label: '', period: search.period });

/** What is left of a figure when all that is found is taken from it. */
export const leftOf = (whole: number, label: string, search: Search): MathExpression =>
  new MathExpression({
    expression: `${whole} - SUM(${searchFor(search)})`,
    usingMetrics: {},
    label,
    period: search.period,
  });
