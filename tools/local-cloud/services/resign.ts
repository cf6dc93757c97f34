import { createHash, createHmac } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { ServiceRequest } from './service.ts';

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/**
 * Signature Version 4 of a DynamoDB request for another engine, with this process's own AWS credentials if it has any.
 */
export function resign(
  request: ServiceRequest,
  endpoint: URL,
  region: string,
  environment: NodeJS.ProcessEnv,
  now = new Date(),
): OutgoingHttpHeaders {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] ?? 'local';
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] ?? 'local';
  const token = environment['AWS_SESSION_TOKEN'];
  const timestamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${timestamp.slice(0, 8)}/${region}/dynamodb/aws4_request`;
  const signed: Record<string, string> = {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0',
    host: endpoint.host,
    'x-amz-date': timestamp,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
    'x-amz-target': String(request.headers['x-amz-target']),
  };
  const names = Object.keys(signed).join(';');
  const canonical = [
    request.method,
    '/',
    '',
    ...Object.entries(signed).map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body),
  ].join('\n');
  const key = ['dynamodb', 'aws4_request'].reduce(
    hmac,
    hmac(hmac(`AWS4${secretAccessKey}`, timestamp.slice(0, 8)), region),
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')).toString('hex');
  return {
    ...signed,
    'content-length': request.body.length,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
