/** What CloudWatch would show in each widget of our dashboard, from the metrics and the log lines of a run. */
import * as z from 'zod';
import type { Metric, MetricStore } from '../local-cloud/monitoring/metric-store.ts';
import type { Resource } from '../local-cloud/index.ts';

const optionsSchema = z.object({
  expression: z.string().optional(),
  label: z.string().default(''),
  stat: z.string().default('Average'),
  period: z.number().default(300),
});
const metricRowSchema = z
  .array(z.union([z.string(), optionsSchema]))
  .transform((row) => ({ named: row.filter((one) => typeof one === 'string'), ...optionsSchema.parse(row.at(-1)) }));
type MetricRow = z.infer<typeof metricRowSchema>;

const placeShape = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };
const bodySchema = z.object({
  widgets: z.array(
    z.discriminatedUnion('type', [
      z.object({
        ...placeShape,
        type: z.literal('metric'),
        properties: z.object({
          title: z.string(),
          view: z.enum(['timeSeries', 'singleValue']),
          metrics: z.array(metricRowSchema),
        }),
      }),
      z.object({
        ...placeShape,
        type: z.literal('log'),
        properties: z.object({ title: z.string(), query: z.string() }),
      }),
    ]),
  ),
});
type Declared = z.infer<typeof bodySchema>['widgets'][number];

export interface Series {
  label: string;
  /** By the start of each period that has a value. */
  points: { at: number; value: number }[];
  periodMs: number;
}

export type Widget = Pick<Declared, 'x' | 'y' | 'width' | 'height'> & { title: string } & (
    { view: 'timeSeries' | 'singleValue'; series: Series[] } | { view: 'table'; heads: string[]; rows: string[][] }
  );

export interface Seen {
  resources: readonly Resource[];
  store: MetricStore;
  /** The log lines of the functions. */
  logs: readonly string[];
  /** The end of the day that it shows. */
  now: number;
}

export const dayMs = 86_400_000;

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  p90: (values) => percentile(values, 0.9),
};

function seriesOf(metric: Metric, { label, stat, period }: MetricRow, { store, now }: Seen): Series {
  const statistic = statistics[stat];
  if (!statistic) throw new Error(`the picture of the dashboard does not know the statistic ${stat}`);
  const periodMs = period * 1000;
  const values = store.values(metric, { now, periodMs, count: Math.ceil(dayMs / periodMs) });
  const points = [...values].map(([ago, all]) => ({ at: now - (ago + 1) * periodMs, value: statistic(all) }));
  return { label, periodMs, points: points.sort((a, b) => a.at - b.at) };
}

const dimensionsOf = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1] ?? '']] : [])));

const searchPattern = /^SEARCH\('\{([^}]*)\} ([^']*)', '([^']*)', (\d+)\)$/;

/** The metrics with exactly these names of dimensions, and these values of some. */
function search(expression: string, title: string, seen: Seen): Series[] {
  const [, schema, terms, stat, period] = searchPattern.exec(expression) ?? [];
  if (schema === undefined || terms === undefined || stat === undefined)
    throw new Error(`the picture of the dashboard does not understand ${expression}`);
  const [namespace, ...names] = schema.split(',');
  const { MetricName, ...given } = Object.fromEntries(
    [...terms.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const found = seen.store.metrics.filter(
    (metric) =>
      metric.namespace === namespace &&
      metric.name === MetricName &&
      Object.keys(metric.dimensions).sort().join() === [...names].sort().join() &&
      Object.entries(given).every(([name, value]) => metric.dimensions[name] === value),
  );
  return found
    .map((metric) => {
      const values = names.filter((name) => !(name in given)).map((name) => metric.dimensions[name]);
      const label = [title, ...values].filter((part) => part !== '').join(' ');
      return seriesOf(metric, { named: [], label, stat, period: Number(period) }, seen);
    })
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

const ofRow = (row: MetricRow, seen: Seen): Series[] => {
  if (row.expression !== undefined) return search(row.expression, row.label, seen);
  const [namespace = '', name = '', ...pairs] = row.named;
  return [seriesOf({ namespace, name, dimensions: dimensionsOf(pairs) }, row, seen)];
};

const statusLineSchema = z.object({
  code: z.literal('STATUS_CHANGED'),
  timestamp: z.iso.datetime({ offset: true }),
  subject: z.string(),
  status: z.string(),
});

/** The query of the waiting invoices. The others are about the one connection whose name is typed in: none is. */
const isOfWaiting = (query: string): boolean => query.includes('filter last in [');

/** What the query of the waiting invoices finds. */
function waitingRows(query: string, { logs, now }: Seen): string[][] {
  const wanted = [...(/filter last in \[([^\]]*)\]/.exec(query)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
    ([, code]) => code,
  );
  const last = new Map<string, { status: string; timestamp: string }>();
  for (const line of logs) {
    const read = line.startsWith('{') ? statusLineSchema.safeParse(JSON.parse(line)).data : undefined;
    if (read && Date.parse(read.timestamp) <= now) last.set(read.subject, read);
  }
  return [...last]
    .filter(([, { status }]) => wanted.includes(status))
    .sort(([, a], [, b]) => (a.timestamp < b.timestamp ? -1 : 1))
    .map(([subject, { status, timestamp }]) => [subject, status, timestamp.slice(0, 19).replace('T', ' ')]);
}

/** @throws Error that names what the picture does not understand of the dashboard */
export function widgetsOf(seen: Seen): Widget[] {
  const { properties } = seen.resources.find(({ type }) => type === 'AWS::CloudWatch::Dashboard') ?? {};
  const { widgets } = bodySchema.parse(JSON.parse(z.string().parse(properties?.['DashboardBody'])));
  return widgets.flatMap((widget): Widget[] => {
    const { x, y, width, height } = widget;
    const { title } = widget.properties;
    if (widget.type === 'log') {
      if (!isOfWaiting(widget.properties.query)) return [];
      const rows = waitingRows(widget.properties.query, seen);
      return [{ x, y, width, height, title, view: 'table', heads: ['subject', 'last', 'since'], rows }];
    }
    const { view, metrics } = widget.properties;
    return [{ x, y, width, height, title, view, series: metrics.flatMap((row) => ofRow(row, seen)) }];
  });
}
