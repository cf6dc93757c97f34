import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MemoryBudget } from '../../../shared/documents/memory-budget.ts';
import { createChorusPro, drivenClock } from '../../../tools/chorus-pro-simulator/index.ts';
import { pdfText } from '../../support/commands.ts';
import { InMemoryDocumentStore } from '../../support/in-memory-document-store.ts';

const long = { remainingMs: () => 57_000 };
const megabytes = (count: number) => new Uint8Array(count * 1_000_000);

async function stored(sizes: Record<string, number>) {
  const store = new InMemoryDocumentStore();
  for (const [key, size] of Object.entries(sizes)) await store.put(key, megabytes(size));
  const reads: string[] = [];
  const get = store.get.bind(store);
  store.get = (key, maxBytes) => {
    reads.push(key);
    return get(key, maxBytes);
  };
  return { store, reads };
}

describe('the budget of memory', () => {
  it('lets messages with small documents run side by side, each read once', async () => {
    const { store, reads } = await stored({ a: 1, b: 1 });
    const budget = new MemoryBudget();
    const both = Promise.withResolvers<undefined>();
    let running = 0;
    const handle = (key: string) =>
      budget.within(store, long, async (own) => {
        await own.get(key, 10_000_000);
        if ((running += 1) === 2) both.resolve(undefined);
        await both.promise;
      });
    await Promise.all([handle('a'), handle('b')]);
    expect(reads).toEqual(['a', 'b']);
  });

  it('handles one heavy message at a time, also one that is heavy by many small documents', async () => {
    const { store } = await stored({ big: 9, x: 2, y: 2, z: 2 });
    const budget = new MemoryBudget();
    let heavy = 0;
    let most = 0;
    const handle = (...keys: string[]) =>
      budget.within(store, long, async (own) => {
        await Promise.all(keys.map((key) => own.get(key, 10_000_000)));
        most = Math.max(most, (heavy += 1));
        await new Promise((resolve) => setImmediate(resolve));
        heavy -= 1;
      });
    await Promise.all([handle('big'), handle('x', 'y', 'z'), handle('big'), handle('z', 'x', 'y')]);
    expect(most).toBe(1);
  });

  it('lets the next one begin after a failure, and sends back what has too little time left', async () => {
    const { store } = await stored({ big: 9 });
    const budget = new MemoryBudget();
    const failing = budget.within(store, long, async (own) => {
      await own.get('big', 10_000_000);
      throw new Error('a fault');
    });
    await expect(failing).rejects.toThrow('a fault');
    const late = budget.within(store, { remainingMs: () => 19_000 }, (own) => own.get('big', 10_000_000));
    expect(await late).toEqual({ kind: 'retry', reason: 'no-time-left' });
  });

  it('says that a document is too large without waiting', async () => {
    const { store } = await stored({ big: 9 });
    const found = new MemoryBudget().within(store, { remainingMs: () => 0 }, (own) => own.get('big', 8_000_000));
    expect(await found).toEqual({ kind: 'too-large', size: 9_000_000 });
  });
});

const reportSchema = z.object({
  ended: z.array(z.object({ kind: z.string() })),
  states: z.array(z.string()),
  megabytes: z.number(),
});

/** A PDF of almost 10 MB: twelve of them are almost what a dossier may weigh. */
const paper = Buffer.from(pdfText().replace('\n', `\n%${'x'.repeat(9_900_000)}\n`));

const shortened = (_field: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > 1_000_000 ? 'JVBERi0x' : value;

/** S3 and Chorus Pro in one server, which keeps no file: only the other process is measured. */
async function servedBySimulator<T>(use: (url: string) => Promise<T>): Promise<T> {
  const model = createChorusPro({ clock: drivenClock({ start: Date.now() }) });
  const drained = async (request: IncomingMessage) => {
    await request.resume().toArray();
  };
  const reply = async (request: IncomingMessage): Promise<{ status: number; body: string | Buffer }> => {
    const path = request.url ?? '';
    if (path.startsWith('/documents/')) {
      await drained(request);
      return { status: 200, body: request.method === 'GET' ? paper : '' };
    }
    const sent = await text(request);
    // The model would keep every file.
    const body = sent.length > 1_000_000 ? JSON.stringify(JSON.parse(sent), shortened) : sent;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    return model.handle({ method: request.method ?? '', path, headers, body });
  };
  const server = createServer((request, response) => {
    void reply(request).then(({ status, body }) =>
      response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  } finally {
    server.close();
  }
}

it('five dossiers of twelve papers of almost 10 MB in one batch stay within 900 MB', { timeout: 480_000 }, async () => {
  const report = await servedBySimulator(async (url) => {
    const script = new URL('../../support/heavy-batch.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [script, url, '5', '12']);
    return reportSchema.parse(JSON.parse(stdout));
  });
  expect(report.ended).toEqual(Array.from({ length: 5 }, () => ({ kind: 'done' })));
  expect(report.states).toEqual(Array.from({ length: 5 }, () => 'followed'));
  expect(report.megabytes).toBeLessThan(900);
});
