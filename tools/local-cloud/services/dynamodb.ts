import { once } from 'node:events';
import { AwsV4Signer } from 'aws4fetch';
import dynalite from 'dynalite';
import type { Service, ServiceReply, ServiceRequest } from './service.ts';

export interface Database {
  service: Service;
  close: () => Promise<void>;
}

/** dynalite in this process, or the engine at `endpoint`. */
export async function startDatabase(region: string, endpoint?: string): Promise<Database> {
  if (endpoint !== undefined) return otherEngine(endpoint, region);
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    service: (request) => send(`http://127.0.0.1:${port}/`, request.body, headersOf(request)),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Signed again with this process's own AWS credentials, if it has any: DynamoDB Local keeps a database per access key,
 * and the callers' keys mean nothing to another engine.
 */
function otherEngine(endpoint: string, region: string): Database {
  const service: Service = async (request) => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId = 'local',
      AWS_SECRET_ACCESS_KEY: secretAccessKey = 'local',
      AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    const signer = new AwsV4Signer({
      method: request.method,
      url: endpoint,
      headers: headersOf(request),
      body: request.body,
      service: 'dynamodb',
      region,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    });
    const { headers } = await signer.sign();
    return send(endpoint, request.body, headers);
  };
  return { service, close: () => Promise.resolve() };
}

/** The headers of the protocol itself; a reply that is not compressed can be passed on as it is. */
const headersOf = ({ headers }: ServiceRequest): Record<string, string> => ({
  'content-type': headers['content-type'] ?? 'application/x-amz-json-1.0',
  'x-amz-target': String(headers['x-amz-target']),
  'accept-encoding': 'identity',
  ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
  ...(typeof headers['x-amz-date'] === 'string' ? { 'x-amz-date': headers['x-amz-date'] } : {}),
});

async function send(url: string, body: Buffer, headers: Headers | Record<string, string>): Promise<ServiceReply> {
  const response = await fetch(url, { method: 'POST', headers, body: Uint8Array.from(body) });
  const content = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body: content };
}
