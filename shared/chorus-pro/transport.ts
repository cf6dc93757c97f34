import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { chorusProFacts } from './facts.ts';

/** One HTTP request, and whether it certainly never left, got its response, or was lost. */

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Use a new connection, never one that was left open. */
  fresh?: boolean;
}

/** Header names in lower case. */
export interface HttpResponse {
  kind: 'response';
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * What happened to a request. `not-connected`: not one byte of it left, so nothing can have happened. `lost`: it left,
 * or may have left, and no complete response came back, so anything can have happened. `too-large`: the same, but a
 * response came, and was cut off after so many bytes.
 */
export type Sending =
  | HttpResponse
  | { kind: 'not-connected'; why: string }
  | { kind: 'lost'; why: string }
  | { kind: 'too-large'; bytes: number };

export type Transport = (request: HttpRequest) => Promise<Sending>;

const protocols = {
  'http:': { request: requestHttp, connected: 'connect' },
  'https:': { request: requestHttps, connected: 'secureConnect' },
} as const;

/**
 * Uses Node's own client and not its `fetch`, for two reasons. First, `fetch` takes any open connection, and one that
 * died while the function was frozen breaks under the first request written to it (tried with Node 24: ECONNRESET, and
 * a POST is not sent again). A call that must not be repeated would be in doubt for hours, so it gets a connection of
 * its own; all others share the open ones. Second, this client says when a connection is established: before that, not
 * one byte of a request leaves. Redirects are not followed, so that credentials go to no other host.
 */
export const nodeTransport: Transport = async ({ method, url, headers, body, timeoutMs, fresh }) => {
  const connection = { established: false, isTooLate: false };
  let timer: NodeJS.Timeout | undefined;
  try {
    const { request: start, connected } = protocols[new URL(url).protocol === 'http:' ? 'http:' : 'https:'];
    const request = start(url, { method, headers, minVersion: 'TLSv1.2', ...(fresh ? { agent: false } : {}) });
    // Not by a signal: each would take as long as the request itself.
    timer = setTimeout(() => {
      connection.isTooLate = true;
      request.destroy();
    }, timeoutMs);
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once(connected, () => (connection.established = true));
      else connection.established = true;
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject).end(body);
    });
    const content = await contentOf(response);
    if (content === undefined) return { kind: 'too-large', bytes: longest };
    return { kind: 'response', status: response.statusCode ?? 0, headers: headersOf(response), body: content };
  } catch (error) {
    const why = connection.isTooLate ? 'TimeoutError' : namesOf(error).slice(-1).join();
    return { kind: connection.established ? 'lost' : 'not-connected', why };
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Allows only the hosts of the connection's own environment, so that credentials go nowhere else.
 * @throws Error before anything is sent to another host: that is a mistake in the code
 */
export function onlyTo(addresses: readonly string[], transport: Transport): Transport {
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  return (request) => {
    const { origin } = new URL(request.url);
    if (!origins.has(origin)) throw new Error(`${origin} is not a host of this connection’s environment`);
    return transport(request);
  };
}

const { value: longest } = chorusProFacts.longestResponse;

/** @returns undefined if it is too large: then the rest is not read, and the connection is closed */
async function contentOf(response: IncomingMessage): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let left = longest;
  let content = '';
  if (Number(response.headers['content-length']) > longest) return void response.destroy();
  const parts: AsyncIterable<Uint8Array> = response;
  for await (const part of parts) {
    left -= part.length;
    if (left < 0) return undefined;
    content += decoder.decode(part, { stream: true });
  }
  return content + decoder.decode();
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** An error’s name and the names of its causes, the deepest last. A host with several addresses has several causes. */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const several: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [own, ...[error.cause, ...several].flatMap(namesOf)];
}
