import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { functionNameIn, lastPart, type Arns } from './arn.ts';

export interface SignedBy {
  accessKeyId: string;
  service: string;
}

/** Who asks which service: the credential scope of Signature Version 4, in the header or in a presigned address. */
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

/** The members that name a resource in the JSON services we speak: SQS, DynamoDB, Secrets Manager. */
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
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const inHost = /^[\d.]+$/.test(host) || !host.includes('.') ? '' : `/${host.split('.')[0] ?? ''}`;
  const [, bucket = '', ...rest] = decodeURIComponent(`${inHost}${url.pathname}`).split('/');
  const key = rest.join('/');
  const copied = headers['x-amz-copy-source'];
  const source = typeof copied === 'string' ? decodeURIComponent(copied).replace(/^\//, '').split('/') : [];
  const [sourceBucket, ...sourceKey] = source;
  const resource = key ? arns.object(bucket, key) : arns.bucket(bucket);
  return {
    action:
      url.searchParams.get('x-id') ??
      s3Action(method, url.searchParams, { bucket, key, copied: sourceBucket !== undefined }),
    resources: [
      ...(bucket ? [resource] : []),
      ...(sourceBucket === undefined ? [] : [arns.object(sourceBucket, sourceKey.join('/'))]),
    ],
  };
}

function s3Action(
  method: string,
  query: URLSearchParams,
  on: { bucket: string; key: string; copied: boolean },
): string {
  if (!on.bucket) return 'ListBuckets';
  if (!on.key) {
    const actions: Record<string, string> = {
      PUT: 'CreateBucket',
      GET: 'ListObjectsV2',
      HEAD: 'HeadBucket',
      POST: 'DeleteObjects',
    };
    return actions[method] ?? 'DeleteBucket';
  }
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const actions: Record<string, string> = {
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    };
    return actions[method] ?? 'ListParts';
  }
  if (on.copied) return 'CopyObject';
  const actions: Record<string, string> = { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject' };
  return actions[method] ?? 'DeleteObject';
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
