import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Arns } from './arn.ts';
import type { DrivenClock } from './clock.ts';
import { AwsError, type Service, type ServiceReply, type ServiceRequest } from './services/service.ts';
import { describe, signedBy, Wire, type WireRequest } from './wire.ts';

/** Let it pass; keep it from arriving; let it take effect but lose the reply. Both faults reset the connection. */
export type Interception = 'pass' | 'fail-before' | 'lose-reply';
/** Is called with each request, and with the raw one: every byte that its sender sent. */
export type Intercept = (request: WireRequest, raw: ServiceRequest) => Interception | Promise<Interception>;

export interface GatewayOptions {
  services: Partial<Record<string, Service>>;
  /** The name of the caller who signs with this access key id. */
  callerOf: (accessKeyId: string) => string;
  arns: Arns;
  clock: DrivenClock;
  wire?: Wire;
  port?: number;
}

export interface Gateway {
  endpoint: string;
  wire: Wire;
  intercept: Intercept | undefined;
  close: () => Promise<void>;
}

/** The single entry point: passes each request to the service that its signature names, and records it. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const wire = options.wire ?? new Wire();
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    forward(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else write(response, new AwsError('InternalFailure', String(error), 500).reply(), request.method === 'HEAD');
    });
  };
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000, noDelay: true }, respond);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const gateway: Gateway = {
    // An IP address rather than a name: the S3 client then puts the bucket in the path.
    endpoint: `http://127.0.0.1:${port}`,
    wire,
    intercept: undefined,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? '/', gateway.endpoint);
    const method = request.method ?? 'GET';
    const signed = signedBy(request.headers, url.searchParams);
    const service = signed && options.services[signed.service];
    if (!signed || !service) {
      const reason = signed
        ? `the local cloud has no service '${signed.service}'`
        : 'not signed, so the service is unknown';
      write(response, new AwsError('UnknownOperationException', reason, 404).reply(), method === 'HEAD');
      return;
    }
    const entry = wire.record({
      at: options.clock.now(),
      service: signed.service,
      caller: options.callerOf(signed.accessKeyId),
      bytes: body.length,
      ...describe({ service: signed.service, method, url, headers: request.headers, body }, options.arns),
    });
    const raw = { method, url: request.url ?? '/', headers: request.headers, body };
    const interception = (await gateway.intercept?.(entry, raw)) ?? 'pass';
    if (interception === 'fail-before') {
      request.socket.destroy();
      return;
    }
    const start = performance.now();
    const reply = await service(raw);
    entry.milliseconds = performance.now() - start;
    if (interception === 'lose-reply') {
      request.socket.destroy();
      return;
    }
    entry.status = reply.status;
    write(response, reply, method === 'HEAD');
  }

  return gateway;
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function write(response: ServerResponse, reply: ServiceReply, headOnly: boolean): void {
  const headers = Object.fromEntries(
    Object.entries(reply.headers).filter(([name]) => !hopByHop.has(name.toLowerCase())),
  );
  if (headOnly) {
    response.writeHead(reply.status, headers).end();
    return;
  }
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, { ...headers, 'content-length': length }).end(reply.body);
}

/** The whole body: every service behind the gateway keeps it in memory anyway. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
