/** The simulator over HTTP, with routes of its own to look at it and to drive it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { STATUSES } from './enumerations.ts';
import { applyFaults, createFaultPlan, type FaultPlan } from './faults.ts';
import type { Request, RequestListener } from './gateway.ts';
import type { ChorusPro } from './model.ts';
import { TOKEN_PATH } from './operation.ts';
import { gateway, json, type Reply } from './replies.ts';
import { askedSchema } from './subcontractors.ts';
import { isoDateTime, readSpan } from './time.ts';
import { isTroubleWord, TROUBLE_WORDS, TroubleSwitch } from './trouble-switch.ts';
import { credentialsNow } from './troubles.ts';

/** For people who drive the simulator by hand. Chorus Pro has nothing like it. */
const CONTROL_PREFIX = '/simulator/';

const statusOrder = z.strictObject({
  invoice: z.union([z.string(), z.int()]),
  status: z.enum(STATUSES),
  comment: z.string().optional(),
});
const troubleOrder = z.strictObject({
  trouble: z
    .string()
    .refine(isTroubleWord, `one of ${Object.keys(TROUBLE_WORDS).join(', ')}, or null to end them all`)
    .nullable(),
});

const clockOrder = z.strictObject({
  forward: z.string().transform((text, context) => {
    const span = readSpan(text);
    if (span === undefined) context.addIssue('a span of at most 400 days, such as "40d", "12h" or "30m"');
    return span ?? 0;
  }),
});

interface Control extends Pick<Given, 'model' | 'passTime'> {
  faults: FaultPlan;
}

/** @returns what handles a request to the control routes */
function controlOf({ model, faults, passTime }: Control): (request: Request) => Promise<Reply> {
  const troubles = new TroubleSwitch({ model, faults });
  const clock = () => json(200, { now: isoDateTime(model.clock.now()), calls: model.effects.calls });
  let passed = Promise.resolve();
  const routes: Record<string, (body: unknown) => Reply | Promise<Reply>> = {
    'GET /simulator/clock': clock,
    'POST /simulator/clock': async (body) => {
      if (!passTime) return json(409, { error: 'this clock is not moved from here' });
      const { forward } = clockOrder.parse(body);
      // One after the other: who asks for two leaps at once gets both.
      const leap = passed.then(() => passTime(forward));
      passed = leap.catch(() => undefined);
      await leap;
      return clock();
    },
    'GET /simulator/state': () => {
      const { invoices, unusedDrafts, calls, completed, failedLogins } = model.effects;
      return json(200, {
        now: isoDateTime(model.clock.now()),
        effects: { invoices, unusedDrafts, calls, completed, failedLogins },
        invoices: model.accepted().map((one) => ({ ...one, at: isoDateTime(one.at), ...model.invoice(one.id) })),
      });
    },
    'POST /simulator/status': (body) => {
      const { invoice, status, comment } = statusOrder.parse(body);
      if (!model.invoice(invoice)) return json(404, { error: `no invoice ${invoice}` });
      model.setStatus(invoice, status, comment);
      return json(200, { invoice, status });
    },
    'POST /simulator/request': (body) => {
      const asked = askedSchema.parse(body);
      return json(200, { chorusProId: model.askValidation(asked) });
    },
    'GET /simulator/trouble': () => json(200, { on: troubles.on }),
    'POST /simulator/trouble': (body) => {
      const { trouble } = troubleOrder.parse(body);
      if (trouble === null) troubles.endAll();
      else troubles.begin(trouble);
      return json(200, { trouble, ...credentialsNow(model.world) });
    },
  };
  return async ({ method, path, body }) => {
    const route = routes[`${method} ${path}`];
    if (!route) return json(404, { error: 'unknown route', routes: Object.keys(routes) });
    try {
      const content: unknown = body === '' ? {} : JSON.parse(body);
      return await route(content);
    } catch (error) {
      return json(400, { error: error instanceof Error ? error.message : 'unreadable' });
    }
  };
}

interface Given {
  model: ChorusPro;
  /** 0, a free port, by default. */
  port?: number;
  faults?: FaultPlan;
  /** Each /cpro request with its parsed body, no headers: what `--record` writes. */
  onRequest?: RequestListener;
  /** Moves the clock that the model reads, and all that lives by it. */
  passTime?: (milliseconds: number) => Promise<void>;
}

export interface ChorusProServer {
  url: string;
  tokenUrl: string;
  close(): Promise<void>;
}

/** Room for an archive of 30 MB in base64; it is the model that decides what is too large. */
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

const send = (response: ServerResponse, { status, headers, body }: Reply) =>
  void response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);

/** Chorus Pro and PISTE on 127.0.0.1, one origin for both. */
export async function startChorusProServer(given: Given): Promise<ChorusProServer> {
  const { model, port = 0, onRequest } = given;
  const faults = given.faults ?? createFaultPlan({ clock: model.clock });
  const control = controlOf({ ...given, faults });
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
      send(response, await control(request));
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
