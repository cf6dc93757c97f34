/** AWS's prices, each with where it was found. */
import type { Fact } from '../../shared/facts/fact.ts';

/** Dollars for so many of the unit, without AWS's free allowances. */
export interface Price extends Fact<number> {
  per: number;
  unit: string;
  /** The day of the source, or the day on which we remembered. */
  on: string;
}

const remembered = { mark: 'R', source: 'AWS’s price for eu-west-3, as we remember it', on: '2026-11-26' } as const;
const price = (value: number, per: number, unit: string, found: Pick<Price, 'mark' | 'source' | 'on'>): Price => ({
  ...{ value, per, unit },
  ...found,
});
const thirdParty = (source: string, on: string) => ({ mark: 'V-3P', source, on }) as const;
const factualMinds = thirdParty('factualminds.com, on CloudWatch; for us-east-1', '2026-06-13');
const c3x = thirdParty('c3x.dev, on CloudWatch alarms', '2026-11-26');
const cloudBurn = thirdParty('cloudburn.io, on KMS', '2026-03-14');

export const prices = {
  key: price(1, 1, 'key and month', cloudBurn),
  keyRequests: price(0.03, 10_000, 'requests to KMS', cloudBurn),
  alarm: price(0.1, 1, 'metric of an alarm and month', c3x),
  dashboard: price(3, 1, 'dashboard and month', factualMinds),
  logs: price(0.5, 1, 'GB written to logs', factualMinds),
  metric: price(0.3, 1, 'series and month, by the hours with values', thirdParty('signoz.io', '2026-02-15')),
  secret: price(0.4, 1, 'secret and month', remembered),
  secretRequests: price(0.05, 10_000, 'readings of a secret', remembered),
  mail: price(2, 100_000, 'e-mails by SNS', remembered),
  queue: price(0.4, 1_000_000, 'requests to SQS', remembered),
  schedule: price(1, 1_000_000, 'calls by a schedule', remembered),
  compute: price(0.000_013_3, 1, 'GB-second of Lambda on ARM', remembered),
  invocation: price(0.2, 1_000_000, 'calls of Lambda', remembered),
  trace: price(5, 1_000_000, 'traces of X-Ray', remembered),
  request: price(1.17, 1_000_000, 'requests to an HTTP API', remembered),
  read: price(0.15, 1_000_000, 'reads of DynamoDB', remembered),
  write: price(0.74, 1_000_000, 'writes to DynamoDB', remembered),
  object: price(0.0053, 1_000, 'objects put into S3', remembered),
  storage: price(0.024, 1, 'GB in S3 and month', remembered),
  table: price(0.3, 1, 'GB in DynamoDB and month', remembered),
  backup: price(0.21, 1, 'GB in point-in-time recovery and month', remembered),
  tableExport: price(0.11, 1, 'GB exported from DynamoDB', remembered),
} as const satisfies Record<string, Price>;
export type PriceName = keyof typeof prices;
