/** S3 tells EventBridge of objects, and a rule puts what it tells on a queue: as much of it as our template has. */
import { randomUUID } from 'node:crypto';
import { accountId, arns, lastPart, region } from '../arn.ts';
import type { Service, ServiceRequest } from './aws-service.ts';

interface ObjectRule {
  buckets: readonly string[];
  /** What a key must be like. */
  keys: readonly RegExp[];
  queue: string;
}

interface Created {
  bucket: string;
  key: string;
  size: number;
}

export class ObjectEvents {
  /** Buckets that tell EventBridge. */
  private readonly telling = new Set<string>();
  private readonly rules: ObjectRule[] = [];
  private created = 0;

  tellOf(bucket: string): void {
    this.telling.add(bucket);
  }

  /** @param wildcards patterns of keys, in which * stands for any characters */
  addRule(rule: { buckets: readonly string[]; wildcards: readonly string[]; queueArn: string }): void {
    const { buckets, wildcards, queueArn } = rule;
    const keys = wildcards.map((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's'));
    this.rules.push({ buckets, keys, queue: lastPart(queueArn, ':') });
  }

  /** @param deliver puts a message on a queue */
  after(service: Service, deliver: (queue: string, body: string) => Promise<void>): Service {
    return async (request) => {
      const reply = await service(request);
      const created = reply.status === 200 ? createdBy(request) : undefined;
      if (!created) return reply;
      for (const { queue } of this.rulesFor(created)) await deliver(queue, this.eventOf(created));
      return reply;
    };
  }

  private rulesFor({ bucket, key }: Created): ObjectRule[] {
    if (!this.telling.has(bucket)) return [];
    return this.rules.filter(({ buckets, keys }) => buckets.includes(bucket) && keys.some((like) => like.test(key)));
  }

  /** [AWS: EventBridge event message structure] */
  private eventOf({ bucket, key, size }: Created): string {
    this.created += 1;
    const version = String(this.created).padStart(16, '0');
    return JSON.stringify({
      version: '0',
      id: randomUUID(),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: accountId,
      region,
      resources: [arns.bucket(bucket)],
      detail: {
        version: '0',
        bucket: { name: bucket },
        object: { key, size, 'version-id': version, sequencer: version },
        reason: 'PutObject',
      },
    });
  }
}

const literally = (text: string): string => text.replaceAll(/[^\w/]/g, String.raw`\$&`);

/** The object that a request writes: at once, or by the last request of an upload in parts. */
function createdBy({ method, url, body }: ServiceRequest): Created | undefined {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const writes = method === 'PUT' ? !searchParams.has('partNumber') : method === 'POST' && searchParams.has('uploadId');
  const [, bucket = '', ...parts] = decodeURIComponent(pathname).split('/');
  const key = parts.join('/');
  return writes && key !== '' ? { bucket, key, size: body.length } : undefined;
}
