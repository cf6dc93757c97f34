import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { control, CONTROL_PREFIX } from './control.ts';
import type { DrivenClock } from './time.ts';
import { gateway } from './replies.ts';
import { applyFaults, createFaultPlan, type FaultPlan } from './faults.ts';
import { type Request, type RequestListener, TOKEN_PATH } from './gateway.ts';
import type { ChorusPro } from './model.ts';

interface Given {
  model: ChorusPro;
  /** For POST /simulator/clock; without one that route says 409. */
  clock?: DrivenClock;
  /** 0, a free port, by default. */
  port?: number;
  faults?: FaultPlan;
  /** Each /cpro request with its parsed body, no headers: what `--record` writes. */
  onRequest?: RequestListener;
}

export interface ChorusProServer {
  url: string;
  tokenUrl: string;
  close(): Promise<void>;
}

/** Room for an archive of 30 MB in base64: it is the model that says what is too large. */
const BODY_LIMIT = 45_000_000;

async function bodyOf(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= BODY_LIMIT) chunks.push(bytes);
  }
  return size <= BODY_LIMIT ? Buffer.concat(chunks).toString('utf8') : undefined;
}

const headersOf = (message: IncomingMessage) =>
  Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, value?.toString()]));

/** Chorus Pro and PISTE on 127.0.0.1, one origin for both. */
export async function startChorusProServer(given: Given): Promise<ChorusProServer> {
  const { model, clock, port = 0, onRequest } = given;
  const faults = given.faults ?? createFaultPlan({ clock: model.clock });
  const controlled = { model, clock, faults, mends: [] };
  const closing = new AbortController();
  if (onRequest) model.observe(onRequest);

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(message);
    if (body === undefined) {
      send(response, gateway.tooLarge());
      return;
    }
    const path = message.url ?? '/';
    const request: Request = { path, method: message.method ?? 'GET', headers: headersOf(message), body };
    if (path.startsWith(CONTROL_PREFIX)) {
      send(response, control(controlled, request));
      return;
    }
    const { outcome, latencyMs } = applyFaults({ model, plan: faults, request });
    if (latencyMs > 0) await pause(latencyMs, undefined, { signal: closing.signal });
    // A hang keeps the socket open until the caller gives up, or the server closes.
    if (outcome.kind === 'reset') message.socket.resetAndDestroy();
    if (outcome.kind === 'reply') send(response, outcome);
  }

  const server = createServer((message, response) => {
    respond(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    tokenUrl: url + TOKEN_PATH,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const send = (response: ServerResponse, { status, headers, body }: { status: number; headers: object; body: string }) =>
  void response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
