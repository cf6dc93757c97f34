/** The one form of a query that the template's alarms have. [AWS: Metrics Insights query components and syntax] */
import type { Metric, MetricStore } from './metric-store.ts';

export interface InsightsQuery {
  /** The value of the dimension by which it groups, and the one metric that has it. */
  groupsIn(store: MetricStore): { group: string; metric: Metric }[];
}

const form = new RegExp(
  [
    /^SELECT SUM\((?<name>\w+)\) FROM SCHEMA\("(?<namespace>[^"]+)", (?<dimensions>[\w, ]+)\)/,
    /WHERE (?<where>\w+) = '(?<wanted>[^']+)' GROUP BY (?<by>\w+) ORDER BY SUM\(\) DESC$/,
  ]
    .map(({ source }) => source)
    .join(' '),
);

/** @returns undefined for what is no query @throws Error for a query of another form */
export function insightsQuery(expression: string): InsightsQuery | undefined {
  if (!expression.startsWith('SELECT ')) return undefined;
  const { name, namespace, dimensions = '', where, wanted, by } = form.exec(expression)?.groups ?? {};
  const schema = dimensions.split(', ');
  // A schema has exactly the dimensions of its metrics; two groups of one value would have to be added up.
  if (!name || !namespace || !where || !by || [where, by].sort().join() !== [...schema].sort().join())
    throw new Error(`the local CloudWatch does not understand the query ${expression}`);
  const isMeant = ({ dimensions: given }: Metric): boolean =>
    given[where] === wanted && given[by] !== undefined && Object.keys(given).length === schema.length;
  return {
    groupsIn: (store) =>
      store
        .named({ namespace, name })
        .filter(isMeant)
        .map((metric) => ({ group: metric.dimensions[by] ?? '', metric })),
  };
}
