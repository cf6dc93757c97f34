import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chorusProFacts } from '../../../shared/chorus-pro/facts.ts';
import { nodeTransport, onlyTo, type HttpRequest } from '../../../shared/chorus-pro/transport.ts';

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return urlOf(server.address());
}

function urlOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server.address());
  server.close();
  await once(server, 'close');
  return url;
}

const post = (url: string, changes: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{"a":1}',
  timeoutMs: 5_000,
  ...changes,
});

describe('the transport', () => {
  it('returns the whole response, with its headers in lower case', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(400, { 'Retry-After': '3', 'content-type': 'application/json' }).end('{"é":true}');
    });
    const answer = await nodeTransport(post(url));
    expect(answer).toMatchObject({
      kind: 'response',
      status: 400,
      body: '{"é":true}',
      headers: { 'retry-after': '3' },
    });
  });

  it('sends the method, headers and body it is given', async () => {
    const seen: string[] = [];
    const url = await listen((request, response) => {
      seen.push(request.method ?? '', request.headers['cpro-account']?.toString() ?? '');
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString())).on('end', () => response.end());
    });
    await nodeTransport(post(url, { headers: { 'cpro-account': 'eA==' } }));
    await nodeTransport({ method: 'GET', url, headers: {}, timeoutMs: 5_000 });
    expect(seen).toEqual(['POST', 'eA==', '{"a":1}', 'GET', '']);
  });

  it('follows no redirect, so credentials never go elsewhere', async () => {
    let reached = 0;
    const elsewhere = await listen((_request, response) => {
      reached += 1;
      response.end();
    });
    const url = await listen((_request, response) => response.writeHead(307, { location: elsewhere }).end());
    expect(await nodeTransport(post(url))).toMatchObject({ kind: 'response', status: 307 });
    expect(reached).toBe(0);
  });

  it('reports "not connected" when no server listens', async () => {
    expect(await nodeTransport(post(await freePort()))).toEqual({ kind: 'not-connected', why: 'ECONNREFUSED' });
  });

  it('reports "not connected" when the name does not resolve', async () => {
    const sending = await nodeTransport(post('http://chorus-pro.invalid'));
    expect(sending.kind).toBe('not-connected');
  });

  it('reports "not connected" when no server listens at any of several addresses', async () => {
    const url = (await freePort()).replace('127.0.0.1', 'localhost');
    expect(await nodeTransport(post(url))).toMatchObject({ kind: 'not-connected' });
  });

  it('reports "not connected" when the request could not be built', async () => {
    const url = await listen((_request, response) => response.end());
    expect(await nodeTransport(post(url, { headers: { 'no header': 'x' } }))).toEqual({
      kind: 'not-connected',
      why: 'ERR_INVALID_HTTP_TOKEN',
    });
  });

  it.each<[string, RequestListener]>([
    ['before the response', (request) => request.socket.destroy()],
    ['with a reset', (request) => request.socket.resetAndDestroy()],
    [
      'in the middle of the response',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => request.socket.destroy());
      },
    ],
  ])('reports "lost" when the connection broke %s', async (_when, listener) => {
    expect((await nodeTransport(post(await listen(listener)))).kind).toBe('lost');
  });

  it('reports "not connected" when the server does not speak TLS', async () => {
    const url = await listen((_request, response) => response.end());
    expect((await nodeTransport(post(url.replace('http:', 'https:')))).kind).toBe('not-connected');
  });

  it('reports the cause of a broken connection', async () => {
    const url = await listen((request) => request.socket.resetAndDestroy());
    expect(await nodeTransport(post(url))).toEqual({ kind: 'lost', why: 'ECONNRESET' });
  });

  it('waits no longer than its timeout', async () => {
    const url = await listen(() => undefined);
    expect(await nodeTransport(post(url, { timeoutMs: 500 }))).toEqual({ kind: 'lost', why: 'TimeoutError' });
  });

  it('also applies its timeout to the rest of a response', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    expect(await nodeTransport(post(url, { timeoutMs: 100 }))).toEqual({ kind: 'lost', why: 'TimeoutError' });
  });

  it('reads a response up to the limit, and no further: one without an end is cut off', async () => {
    const { value: limit } = chorusProFacts.longestResponse;
    const whole = await listen((_request, response) => response.end(Buffer.alloc(limit, 'é')));
    expect(await nodeTransport(post(whole))).toMatchObject({ kind: 'response', status: 200 });
    const cut = Promise.withResolvers<undefined>();
    let sent = 0;
    const endless = await listen((request, response) => {
      request.socket.once('close', () => cut.resolve(undefined));
      const part = Buffer.alloc(1_000_000, 'x');
      const more = (): void => {
        response.write(part, (error) => {
          sent += part.length;
          if (!error) more();
        });
      };
      more();
    });
    expect(await nodeTransport(post(endless))).toEqual({ kind: 'too-large', bytes: limit });
    await cut.promise;
    expect(sent).toBeLessThan(limit + 20_000_000);
  });

  it('does not begin to read a response that says that it is too large', async () => {
    const { value: limit } = chorusProFacts.longestResponse;
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': String(limit + 1) }).flushHeaders();
    });
    expect(await nodeTransport(post(url))).toEqual({ kind: 'too-large', bytes: limit });
  });
});

describe('a connection that was left open', () => {
  /**
   * Responds to the first request on each connection and breaks it at the second, like an idle connection that died.
   */
  async function breaking(): Promise<{ url: string; connections: () => number }> {
    const seen = new Map<Socket, number>();
    const url = await listen((request, response) => {
      const times = (seen.get(request.socket) ?? 0) + 1;
      seen.set(request.socket, times);
      if (times > 1) request.socket.resetAndDestroy();
      else response.end('{}');
    });
    return { url, connections: () => seen.size };
  }

  it('is reused, and if it has died the request counts as lost', async () => {
    const { url, connections } = await breaking();
    expect((await nodeTransport(post(url))).kind).toBe('response');
    expect(await nodeTransport(post(url))).toEqual({ kind: 'lost', why: 'ECONNRESET' });
    expect(connections()).toBe(1);
  });

  it('is neither used nor left open by a request that asks for a fresh one', async () => {
    const { url, connections } = await breaking();
    for (const fresh of [false, true, true, true])
      expect((await nodeTransport(post(url, { fresh }))).kind).toBe('response');
    expect(connections()).toBe(4);
  });
});

describe('a transport that is bound to the hosts of an environment', () => {
  const bound = onlyTo(['https://api.example/base', 'https://oauth.example/token'], () =>
    Promise.resolve({ kind: 'lost', why: 'reached' }),
  );
  const to = (url: string) => () => bound({ method: 'POST', url, headers: {}, timeoutMs: 1_000 });

  it('calls those hosts', async () => {
    expect(await to('https://api.example/cpro/a')()).toMatchObject({ why: 'reached' });
    expect(await to('https://oauth.example/token')()).toMatchObject({ why: 'reached' });
  });

  it.each(['https://api.example.evil/cpro/a', 'http://api.example/cpro/a', 'https://api.example:444/cpro/a'])(
    'and not %s',
    (url) => {
      expect(to(url)).toThrow('is not a host of this connection’s environment');
    },
  );
});
