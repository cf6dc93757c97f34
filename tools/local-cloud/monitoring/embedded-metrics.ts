/** The metrics that a function writes into its log, in CloudWatch's embedded format. */
import * as z from 'zod';
import type { MetricStore } from './metric-store.ts';

const lineSchema = z
  .object({
    _aws: z.object({
      Timestamp: z.number(),
      CloudWatchMetrics: z.array(
        z.object({
          Namespace: z.string(),
          Dimensions: z.array(z.array(z.string())),
          Metrics: z.array(z.object({ Name: z.string() })),
        }),
      ),
    }),
  })
  .catchall(z.unknown());
const valuesSchema = z.union([z.number().transform((value) => [value]), z.array(z.number())]);

/** One data point for each metric, each of its values and each set of its dimensions. */
export function putEmbedded(line: string, store: MetricStore): void {
  if (!line.startsWith('{"_aws"')) return;
  const written = lineSchema.parse(JSON.parse(line));
  const { Timestamp, CloudWatchMetrics } = written._aws;
  for (const { Namespace: namespace, Dimensions, Metrics } of CloudWatchMetrics)
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(written[name])]));
      for (const { Name: name } of Metrics)
        for (const value of valuesSchema.parse(written[name]))
          store.put({ namespace, name, dimensions }, Timestamp, value);
    }
}
