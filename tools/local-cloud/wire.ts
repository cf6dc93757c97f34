import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { functionNameIn, lastPart, type Arns } from './arn.ts';

/** One request to AWS. */
export interface WireRequest {
  /** By the cloud's clock. */
  at: number;
  service: string;
  /** As IAM spells it: SendMessage, GetObject… */
  action: string;
  /** The function's name; `deployment`, `poller:<function>`, or the access key id of whoever else calls. */
  caller: string;
  /** The ARN of the queue, table, index, object, topic, secret or function; several for a batch over tables. */
  resources: readonly string[];
  bytes: number;
  /** Absent until there is a reply, and after a fault that a test injected. */
  status?: number;
  milliseconds?: number;
}

export type WireFilter = Partial<Pick<WireRequest, 'service' | 'action' | 'caller'>> & {
  /** A whole ARN or its end. */
  resource?: string;
};

/** Every request to AWS since the cloud came up: tests read what was called, by whom, on what. */
export class Wire {
  #requests: WireRequest[] = [];

  get requests(): readonly WireRequest[] {
    return this.#requests;
  }

  record(request: WireRequest): WireRequest {
    this.#requests.push(request);
    return request;
  }

  matching(filter: WireFilter = {}): WireRequest[] {
    const { resource, ...exact } = filter;
    return this.#requests.filter(
      (request) =>
        (exact.service === undefined || exact.service === request.service) &&
        (exact.action === undefined || exact.action === request.action) &&
        (exact.caller === undefined || exact.caller === request.caller) &&
        (resource === undefined || request.resources.some((arn) => arn.endsWith(resource))),
    );
  }

  count(filter: WireFilter = {}): number {
    return this.matching(filter).length;
  }

  /** How often each `service:Action` was called. */
  tally(filter: WireFilter = {}): Record<string, number> {
    const tally: Record<string, number> = {};
    for (const { service, action } of this.matching(filter)) {
      const name = `${service}:${action}`;
      tally[name] = (tally[name] ?? 0) + 1;
    }
    return tally;
  }

  reset(): void {
    this.#requests = [];
  }
}

export interface SignedBy {
  accessKeyId: string;
  service: string;
}

/** The caller and the service: the credential scope of Signature Version 4, in the header or in a presigned URL. */
export function signedBy(headers: IncomingHttpHeaders, query: URLSearchParams): SignedBy | undefined {
  const header = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const parts = (header ?? query.get('X-Amz-Credential') ?? '').split('/');
  const service = parts.at(-2);
  if (parts.length < 5 || service === undefined) return undefined;
  return { accessKeyId: parts.slice(0, -4).join('/'), service };
}

export interface Description {
  action: string;
  resources: string[];
}

export interface Described {
  service: string;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export function describe(request: Described, arns: Arns): Description {
  if (request.service === 's3') return describeS3(request, arns);
  if (request.service === 'lambda') {
    const name = functionNameIn(decodeURIComponent(request.url.pathname.split('/')[3] ?? ''));
    return { action: 'Invoke', resources: name ? [arns.function(name)] : [] };
  }
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { action: lastPart(target, '.'), resources: namedIn(parseJson(request.body), arns) };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(request.body.toString());
    const arn = form.get('TopicArn') ?? form.get('TargetArn') ?? form.get('ResourceArn');
    return { action: form.get('Action') ?? 'unknown', resources: arn === null ? [] : [arn] };
  }
  return { action: `${request.method} ${request.url.pathname}`, resources: [] };
}

/** The fields that name a resource in SQS, DynamoDB and Secrets Manager requests. */
const namingSchema = z
  .looseObject({
    QueueUrl: z.string(),
    QueueName: z.string(),
    TableName: z.string(),
    IndexName: z.string(),
    RequestItems: z.record(z.string(), z.unknown()),
    SecretId: z.string(),
    TopicArn: z.string(),
  })
  .partial();

function namedIn(body: unknown, arns: Arns): string[] {
  const parsed = namingSchema.safeParse(body);
  if (!parsed.success) return [];
  const { QueueUrl, QueueName, TableName, IndexName, RequestItems, SecretId, TopicArn } = parsed.data;
  const tableOf = (name: string) => (name.startsWith('arn:') ? name : arns.table(name));
  return [
    ...(QueueUrl === undefined ? [] : [arns.queue(lastPart(QueueUrl, '/'))]),
    ...(QueueName === undefined ? [] : [arns.queue(QueueName)]),
    ...(TableName === undefined
      ? []
      : [IndexName === undefined ? tableOf(TableName) : arns.index(TableName, IndexName)]),
    ...Object.keys(RequestItems ?? {}).map(tableOf),
    ...(SecretId === undefined ? [] : [SecretId.startsWith('arn:') ? SecretId : arns.secret(SecretId)]),
    ...(TopicArn === undefined ? [] : [TopicArn]),
  ];
}

function describeS3({ method, url, headers }: Described, arns: Arns): Description {
  // The bucket is in the host name, or first in the path when the endpoint is an IP address.
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const inHost = /^[\d.]+$/.test(host) || !host.includes('.') ? '' : `/${host.split('.')[0] ?? ''}`;
  const [, bucket = '', ...rest] = decodeURIComponent(`${inHost}${url.pathname}`).split('/');
  const key = rest.join('/');
  const action = url.searchParams.get('x-id') ?? (key ? objectActions : bucketActions)[method];
  const resource = key ? arns.object(bucket, key) : arns.bucket(bucket);
  return { action: action ?? `${method} ${url.pathname}`, resources: bucket ? [resource] : [] };
}

/** What the relay and its tools do with a bucket and its objects. */
const bucketActions: Partial<Record<string, string>> = { PUT: 'CreateBucket', GET: 'ListObjectsV2' };
const objectActions: Partial<Record<string, string>> = { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject' };

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
