/** The log of requests to AWS: what was called, by whom, on which resource. */
import * as z from 'zod';
import { arns, functionNameIn, lastPart } from './arn.ts';
import { lambdaAction } from './lambda/lambda-api.ts';
import type { ServiceRequest } from './services/aws-service.ts';

/** One request to AWS. */
export interface WireRequest {
  /** By the cloud's clock. */
  at: number;
  service: string;
  /** As IAM spells it: SendMessage, GetObject… */
  action: string;
  /** The access key id: a function's name, `poller:<function>`, `deployment`, or what another client calls itself. */
  caller: string;
  /** ARNs; several for a batch over tables. */
  resources: readonly string[];
  /** Absent until there is a reply, and after a fault that a test injected. */
  status?: number;
}

export type WireFilter = Partial<Pick<WireRequest, 'service' | 'action' | 'caller'>> & {
  /** A whole ARN or its end. */
  resource?: string;
};

export class Wire {
  #requests: WireRequest[] = [];

  get requests(): readonly WireRequest[] {
    return this.#requests;
  }

  record(request: WireRequest): void {
    this.#requests.push(request);
  }

  matching({ service, action, caller, resource = '' }: WireFilter = {}): WireRequest[] {
    return this.#requests.filter(
      (request) =>
        (service ?? request.service) === request.service &&
        (action ?? request.action) === request.action &&
        (caller ?? request.caller) === request.caller &&
        (resource === '' || request.resources.some((arn) => arn.endsWith(resource))),
    );
  }

  count(filter: WireFilter = {}): number {
    return this.matching(filter).length;
  }

  reset(): void {
    this.#requests = [];
  }
}

/** Caller and service, from the credential scope of Signature Version 4: in the header, or in a presigned URL. */
export function signedBy({ headers, url }: ServiceRequest): Pick<WireRequest, 'caller' | 'service'> | undefined {
  const inUrl = new URL(url, 'http://aws').searchParams.get('X-Amz-Credential') ?? '';
  const scope = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? inUrl;
  const [, caller, service] = /^(.+)\/\d+\/[^/]+\/([^/]+)\/aws4_request$/.exec(scope) ?? [];
  return caller === undefined || service === undefined ? undefined : { caller, service };
}

type Called = Pick<WireRequest, 'action' | 'resources'>;

export function describe(service: string, { method, url, headers, body }: ServiceRequest): Called {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const path = decodeURIComponent(pathname);
  if (service === 's3') return describeS3(method, path, searchParams);
  if (service === 'lambda') {
    const name = functionNameIn(path.split('/')[3] ?? '');
    return { action: lambdaAction({ method, url }), resources: [arns.function(name)] };
  }
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { action: lastPart(target, '.'), resources: namedIn(body) };
  const form = new URLSearchParams(body.toString());
  return { action: form.get('Action') ?? 'unknown', resources: form.getAll('TopicArn') };
}

/** The fields that name a resource in requests to SQS, DynamoDB and Secrets Manager. */
const namesSchema = z
  .looseObject({
    QueueUrl: z.string().transform((url) => [arns.queue(lastPart(url, '/'))]),
    QueueName: z.string().transform((name) => [arns.queue(name)]),
    RequestItems: z.record(z.string(), z.unknown()).transform((tables) => Object.keys(tables).map(arns.table)),
    SecretId: z.string().transform((id) => [id.startsWith('arn:') ? id : arns.secret(id)]),
    TableName: z.string(),
    IndexName: z.string(),
  })
  .partial();

function namedIn(body: Buffer): string[] {
  const { QueueUrl, QueueName, RequestItems, SecretId, TableName, IndexName } =
    namesSchema.safeParse(JSON.parse(body.toString())).data ?? {};
  const named = QueueUrl ?? QueueName ?? RequestItems ?? SecretId;
  if (named || TableName === undefined) return named ?? [];
  return [IndexName === undefined ? arns.table(TableName) : arns.index(TableName, IndexName)];
}

/** What the relay and its tools do with a bucket and its objects, where the SDK does not name the operation. */
const bucketActions: Partial<Record<string, string>> = { PUT: 'CreateBucket', GET: 'ListObjectsV2' };
const objectActions: Partial<Record<string, string>> = { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject' };

/** The bucket comes first in the path, because the cloud's address is an IP address. */
function describeS3(method: string, path: string, query: URLSearchParams): Called {
  const [, bucket = '', ...rest] = path.split('/');
  const key = rest.join('/');
  if (method === 'GET' && key && query.has('versionId'))
    return { action: 'GetObjectVersion', resources: [arns.object(bucket, key)] };
  const action = query.get('x-id') ?? (key ? objectActions : bucketActions)[method] ?? `${method} ${path}`;
  return { action, resources: [key ? arns.object(bucket, key) : arns.bucket(bucket)] };
}
