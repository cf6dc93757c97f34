/**
 * AWS, in a process of its own: dynalite, in memory, for DynamoDB; maps for what S3, SNS and Secrets Manager do here.
 * It counts what it is asked for.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { listen } from '../../../tools/local-cloud/gateway.ts';
import type { ServiceReply } from '../../../tools/local-cloud/services/aws-service.ts';
import { startDatabase } from '../../../tools/local-cloud/services/engines.ts';
import { answerTo } from './processes.ts';
import { Counts } from './counts.ts';

const database = startDatabase();
const objects = new Map<string, Buffer>();
const secretSchema = z.object({ SecretId: z.string() });
let counts = new Counts();
let secret = '';

const xml = 'text/xml';
const json = 'application/x-amz-json-1.1';
const reply = (status: number, body: Buffer | string = '', type = json): ServiceReply => ({
  ...{ status, body },
  headers: { 'content-type': type },
});

const published = (action: string, entries: number): string => {
  const members = Array.from(
    { length: entries },
    (_, i) => `<member><Id>${i}</Id><MessageId>m${i}</MessageId></member>`,
  );
  const inside =
    action === 'PublishBatch' ? `<Successful>${members.join('')}</Successful>` : '<MessageId>m</MessageId>';
  return `<${action}Response><${action}Result>${inside}</${action}Result></${action}Response>`;
};

async function respond(request: IncomingMessage): Promise<ServiceReply> {
  const { method = '', url = '', headers } = request;
  const body = await buffer(request);
  const target = headers['x-amz-target']?.toString();
  const [service = '', action = ''] = target?.split('.') ?? [];
  if (service.startsWith('DynamoDB')) {
    counts.note(`dynamodb ${action}`, body.length);
    return database({ method, url, headers, body });
  }
  if (service === 'secretsmanager') {
    counts.note('secretsmanager', body.length);
    const { SecretId } = secretSchema.parse(JSON.parse(body.toString()));
    const VersionId = '00000000-0000-0000-0000-000000000001';
    return reply(
      200,
      JSON.stringify({ ARN: SecretId, Name: SecretId, VersionId, SecretString: secret, CreatedDate: 1 }),
    );
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body.toString());
    const sent = form.get('Action') ?? '';
    counts.note(`sns ${sent}`, body.length);
    const entries = [...form.keys()].filter((name) => name.endsWith('.Id')).length;
    return reply(200, published(sent, entries), xml);
  }
  const [key = ''] = url.split('?');
  counts.note(`s3 ${method}`, body.length);
  if (method === 'PUT') {
    objects.set(key, body);
    return reply(200);
  }
  const found = objects.get(key);
  return found
    ? reply(200, found, 'application/octet-stream')
    : reply(404, '<Error><Code>NoSuchKey</Code></Error>', xml);
}

const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
  respond(request).then(
    ({ status, headers, body }) => {
      counts.reply(Buffer.byteLength(body));
      response.writeHead(status, headers).end(body);
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

const endpoint = await listen(server);
answerTo({
  endpoint: () => endpoint,
  keepSecret: (value) => {
    secret = z.string().parse(value);
  },
  /** Since the last time. */
  counts: () => {
    const before = counts;
    counts = new Counts();
    return before.told();
  },
});
