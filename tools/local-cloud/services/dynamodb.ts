import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import dynalite from 'dynalite';
import { resign } from './resign.ts';
import type { Service, ServiceReply, ServiceRequest } from './service.ts';

export interface Database {
  service: Service;
  close: () => Promise<void>;
}

/** dynalite in this process, or whatever engine `endpoint` leads to. */
export async function startDatabase(region: string, endpoint?: string): Promise<Database> {
  return endpoint === undefined ? startDynalite() : proxyTo(new URL(endpoint), region);
}

async function startDynalite(): Promise<Database> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const agent = new HttpAgent({ keepAlive: true, maxSockets: 32 });
  return {
    service: (request) => send(request, (listener) => httpRequest({ ...target(request, port), agent }, listener)),
    close: async () => {
      agent.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const target = ({ method, url, headers }: ServiceRequest, port: number) => ({
  host: '127.0.0.1',
  port,
  method,
  path: url,
  headers: { ...headers, connection: 'keep-alive' },
});

/** Each caller's own key is replaced by one that the engine knows: DynamoDB Local keeps a database per access key. */
function proxyTo(endpoint: URL, region: string): Database {
  const secure = endpoint.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const ask = secure ? httpsRequest : httpRequest;
  return {
    service: (request) => {
      const headers = resign(request, endpoint, region, process.env);
      return send(request, (listener) => ask(endpoint, { method: request.method, headers, agent }, listener));
    },
    close: () => {
      agent.destroy();
      return Promise.resolve();
    },
  };
}

type Ask = (listener: (response: IncomingMessage) => void) => ReturnType<typeof httpRequest>;

function send(request: ServiceRequest, ask: Ask): Promise<ServiceReply> {
  return new Promise((resolve, reject) => {
    const asked = ask((response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    asked.once('error', reject);
    asked.end(request.body);
  });
}
