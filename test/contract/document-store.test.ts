import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentStore, s3DocumentStore } from '../../shared/documents/document-store.ts';
import { InMemoryDocumentStore } from '../support/in-memory-document-store.ts';
import { s3Access } from '../../shared/aws/runtime.ts';

interface Engine {
  name: string;
  open: () => Promise<{ store: DocumentStore; close: () => Promise<void> }>;
}

const engines: Engine[] = [
  {
    name: 'memory',
    open: () => Promise.resolve({ store: new InMemoryDocumentStore(), close: () => Promise.resolve() }),
  },
  {
    name: 'S3',
    open: async () => {
      const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
      const client = new S3Client({
        endpoint: `http://127.0.0.1:${server.port}`,
        region: 'eu-west-3',
        forcePathStyle: true,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      await client.send(new CreateBucketCommand({ Bucket: 'documents' }));
      const access = {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
        AWS_REGION: 'eu-west-3',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      };
      const close = async () => {
        client.destroy();
        await server.stop();
      };
      return { store: s3DocumentStore(s3Access('documents', access)), close };
    },
  },
];

describe.each(engines)('the document store on $name', ({ open }) => {
  let store: DocumentStore;
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    ({ store, close } = await open());
  });
  afterAll(() => close());

  const bytesOf = async (key: string): Promise<Buffer> => {
    const stored = await store.get(key, 1_000_000);
    if (stored.kind !== 'found') throw new Error(`${key} is ${stored.kind}`);
    return Buffer.from(stored.bytes);
  };

  it('has nothing under a key that was never written', async () => {
    expect(await store.get('incoming/example/none.pdf', 10)).toEqual({ kind: 'missing' });
  });

  it('gives back the bytes that were put', async () => {
    let keys = 0;
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const key = `documents/${(keys += 1)}`;
        await store.put(key, bytes);
        expect((await bytesOf(key)).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps text in UTF-8', async () => {
    await store.put('received/a.json', '{"ville":"Orléans"}');
    expect((await bytesOf('received/a.json')).toString('utf8')).toBe('{"ville":"Orléans"}');
  });

  it('keeps what was put last', async () => {
    await store.put('documents/twice', 'first');
    await store.put('documents/twice', 'second');
    expect((await bytesOf('documents/twice')).toString()).toBe('second');
  });

  it('keeps its content when the caller changes the bytes afterwards', async () => {
    const bytes = Buffer.from('before');
    await store.put('documents/own', bytes);
    bytes.fill('x');
    expect((await bytesOf('documents/own')).toString()).toBe('before');
  });

  it('reads up to the allowed size; for anything larger it only says the size', async () => {
    await store.put('documents/size', Buffer.alloc(1_000));
    expect(await store.get('documents/size', 1_000)).toMatchObject({ kind: 'found' });
    expect(await store.get('documents/size', 999)).toEqual({ kind: 'too-large', size: 1_000 });
    // An object that was not read must not block its connection for the next ones.
    for (let i = 0; i < 60; i += 1)
      expect(await store.get('documents/size', i)).toEqual({ kind: 'too-large', size: 1_000 });
  });

  it.each(['incoming/example/Facture n° 1 (é).pdf', 'incoming/example/a b+c&d=e.pdf', 'incoming/example/100%.pdf'])(
    'accepts any key: %s',
    async (key) => {
      await store.put(key, key);
      expect((await bytesOf(key)).toString()).toBe(key);
    },
  );
});
