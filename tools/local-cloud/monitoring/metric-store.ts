/** The data points that CloudWatch has, by namespace, name and dimensions. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** What is made of the data points of one period. There is always at least one. */
const statistics = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Average: (values: readonly number[]) => statistics.Sum(values) / values.length,
  SampleCount: (values: readonly number[]) => values.length,
} as const;
export type Statistic = keyof typeof statistics;
export const statisticNames = ['Sum', 'Minimum', 'Maximum', 'Average', 'SampleCount'] as const satisfies Statistic[];

export interface Periods {
  /** Not part of the newest period. */
  now: number;
  periodMs: number;
  count: number;
}

interface Point {
  at: number;
  value: number;
}

export class MetricStore {
  /** An alarm asks for the same metric every minute. */
  readonly #keys = new WeakMap<Metric, string>();
  readonly #series = new Map<string, { metric: Metric; points: Point[]; sorted: boolean }>();
  readonly #named = new Map<string, Metric[]>();

  get metrics(): Metric[] {
    return [...this.#series.values()].map(({ metric }) => metric);
  }

  /** All of one name, whatever their dimensions. */
  named({ namespace, name }: Pick<Metric, 'namespace' | 'name'>): readonly Metric[] {
    return this.#named.get(`${namespace} ${name}`) ?? [];
  }

  put(metric: Metric, at: number, value: number): void {
    const key = keyOf(metric);
    const known = this.#series.get(key);
    const series = known ?? { metric, points: [], sorted: true };
    if (!known) this.#named.set(`${metric.namespace} ${metric.name}`, [...this.named(metric), metric]);
    series.sorted &&= (series.points.at(-1)?.at ?? -Infinity) <= at;
    series.points.push({ at, value });
    this.#series.set(key, series);
  }

  /** Of the periods that end at `now`: what there is, by how many periods ago it was, the oldest first. */
  periods(metric: Metric, statistic: Statistic, periods: Periods): Map<number, number> {
    return new Map([...this.values(metric, periods)].map(([ago, all]) => [ago, statistics[statistic](all)]));
  }

  /** As `periods`, before a statistic is made of them. */
  values(metric: Metric, { now, periodMs, count }: Periods): Map<number, number[]> {
    const values = new Map<number, number[]>();
    for (const { at, value } of this.#between(metric, now - count * periodMs, now)) {
      const ago = Math.ceil((now - at) / periodMs) - 1;
      const all = values.get(ago) ?? [];
      all.push(value);
      values.set(ago, all);
    }
    return values;
  }

  #between(metric: Metric, from: number, to: number): readonly Point[] {
    const key = this.#keys.get(metric) ?? keyOf(metric);
    this.#keys.set(metric, key);
    const series = this.#series.get(key);
    if (!series) return [];
    if (!series.sorted) series.points.sort((a, b) => a.at - b.at);
    series.sorted = true;
    return series.points.slice(firstAt(series.points, from), firstAt(series.points, to));
  }
}

/** An alarm finds a metric only if it names all of its dimensions. */
const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** The index of the first point at `instant` or later. */
function firstAt(points: readonly Point[], instant: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? Infinity) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
