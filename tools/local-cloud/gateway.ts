/** The cloud's single entry point: passes each request to the service that its signature names, and records it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { DrivenClock } from './clock.ts';
import { AwsError, type Service, type ServiceReply, type ServiceRequest } from './services/aws-service.ts';
import { describe, signedBy, Wire, type WireRequest } from './wire.ts';

/**
 * Let it pass; keep it from arriving; let it take effect but lose the reply; refuse it. The first two faults reset the
 * connection.
 */
export type Interception = 'pass' | 'fail-before' | 'lose-reply' | AwsError;
/** Called with each request and the raw bytes that its sender sent. */
export type Intercept = (request: WireRequest, raw: ServiceRequest) => Interception | Promise<Interception>;

interface GatewayOptions {
  services: Partial<Record<string, Service>>;
  /** What a service refuses before it looks at a request. */
  refuse: (request: WireRequest) => AwsError | undefined;
  clock: DrivenClock;
  port: number;
}

export interface Gateway {
  endpoint: string;
  wire: Wire;
  intercept: Intercept | undefined;
  close: () => Promise<void>;
}

export async function openGateway({ services, refuse, clock, port }: GatewayOptions): Promise<Gateway> {
  const wire = new Wire();

  /** @returns undefined when a fault cuts the connection */
  async function replyTo(request: ServiceRequest): Promise<ServiceReply | undefined> {
    const signed = signedBy(request);
    const service = signed && services[signed.service];
    if (!service) {
      const reason = signed ? `the local cloud has no service '${signed.service}'` : 'the request is not signed';
      return new AwsError('UnknownOperationException', reason, 404).reply();
    }
    const entry: WireRequest = { at: clock.now(), ...signed, ...describe(signed.service, request) };
    wire.record(entry);
    const interception = (await gateway.intercept?.(entry, request)) ?? 'pass';
    if (interception === 'fail-before') return undefined;
    const refusal = interception instanceof AwsError ? interception : refuse(entry);
    const reply = refusal ? refusal.reply() : await service(request);
    if (interception === 'lose-reply') return undefined;
    entry.status = reply.status;
    return reply;
  }

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const reply = await replyTo({ method, url, headers, body: await buffer(incoming) });
    if (reply) write(response, reply);
    else incoming.socket.destroy();
  }

  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000, noDelay: true }, (incoming, response) => {
    respond(incoming, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else write(response, new AwsError('InternalFailure', String(error), 500).reply());
    });
  });
  const gateway: Gateway = {
    endpoint: await listen(server, port),
    wire,
    intercept: undefined,
    close: () => closeServer(server),
  };
  return gateway;
}

/** @returns its address: an IP address rather than a name, so that the S3 client puts the bucket in the path */
export async function listen(server: Server, port = 0): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : port}`;
}

export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function write(response: ServerResponse, { status, headers, body }: ServiceReply): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hopByHop.has(name.toLowerCase())) response.setHeader(name, value);
  response.writeHead(status).end(body);
}
