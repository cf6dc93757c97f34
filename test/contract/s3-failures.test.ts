import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { s3Access, isServiceFailure } from '../../shared/aws/runtime.ts';
import { s3DocumentStore } from '../../shared/documents/document-store.ts';

/** Short, for an S3 that stays silent. Any other one replies at once, however busy this machine is. */
const shortPatience = { patienceMs: 100 };

/**
 * An S3 that behaves as the listener says, and the requests it got. `tries` counts on our side: on a busy machine a
 * request may be given up before S3 has seen it.
 */
async function s3That(listener: RequestListener, patience: { patienceMs?: number } = {}) {
  const requests: string[] = [];
  const tries: unknown[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const { sign, url } = s3Access('documents', environment);
  const counting: typeof sign = (request) => {
    tries.push(request);
    return sign(request);
  };
  const store = s3DocumentStore({ sign: counting, url, ...patience });
  const fails = (key = 'incoming/a/b.pdf') => store.get(key, 1_000).catch((error: unknown) => error);
  return { requests, tries, store, fails };
}

const says =
  (status: number, code: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
  };

it.each<[what: string, listener: RequestListener, patience?: { patienceMs: number }]>([
  ['does not reply', () => undefined, shortPatience],
  ['breaks off', (_request, response) => void response.socket?.destroy()],
  [
    'breaks off in the middle of a document',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('12345');
      setImmediate(() => response.socket?.destroy());
    },
  ],
  [
    'falls silent in the middle of a document',
    (_request, response) => void response.writeHead(200, { 'content-length': '10' }).write('12345'),
    shortPatience,
  ],
  ['is busy', says(503, 'SlowDown')],
  ['finds the clock wrong', says(403, 'RequestTimeTooSkewed')],
  ['finds the role’s token too old', says(400, 'ExpiredToken')],
])('an S3 that %s is tried three times, and counts as unavailable', async (_what, listener, patience) => {
  const { tries, fails } = await s3That(listener, patience);
  expect(isServiceFailure(await fails())).toBe(true);
  expect(tries).toHaveLength(3);
});

it('an S3 that finds the request itself wrong is tried once: that is a fault of ours', async () => {
  const { requests, fails } = await s3That(says(400, 'InvalidArgument'));
  const error = await fails();
  expect(error).toBeInstanceOf(Error);
  expect(isServiceFailure(error)).toBe(false);
  expect(requests).toHaveLength(1);
});

it.each(['incoming/a/../b/payroll.pdf', 'incoming/a/./b.pdf', 'incoming//b.pdf'])(
  'a key that a URL would resolve differently is never requested: %s',
  async (key) => {
    const { requests, fails } = await s3That(says(200, 'None'));
    expect(await fails(key)).toBeInstanceOf(Error);
    expect(requests).toEqual([]);
  },
);

it('a second try after a failed connection succeeds', async () => {
  let nth = 0;
  const lengths: unknown[] = [];
  const { requests, store } = await s3That(({ headers }, response) => {
    nth += 1;
    lengths.push(headers['content-length']);
    if (nth === 1) response.socket?.destroy();
    else response.writeHead(200).end();
  });
  await store.put('documents/aa', 'content');
  expect(lengths).toEqual(['7', '7']);
  expect(requests).toEqual(['PUT /documents/documents/aa', 'PUT /documents/documents/aa']);
});

it('asks for the version that is meant, whatever characters it has', async () => {
  const { requests, store } = await s3That((_, response) => response.writeHead(200).end('content'));
  await store.get('incoming/example/F.xml', 100, 'a+b/c=');
  expect(requests).toEqual(['GET /documents/incoming/example/F.xml?versionId=a%2Bb%2Fc%3D']);
});
