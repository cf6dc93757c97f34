import { setTimeout as wait } from 'node:timers/promises';
import type { AwsClient } from 'aws4fetch';
import { ServiceUnavailable } from '../aws/failure.ts';
import { isPlainKey, type DocumentStore } from './document-store.ts';

export interface S3DocumentStoreOptions {
  /** Signs requests. */
  client: Pick<AwsClient, 'sign'>;
  /** Where the bucket's objects are, without a slash at the end. */
  url: string;
  /** How long S3 may be silent. */
  patienceMs?: number;
}

const binary = { 'content-type': 'application/octet-stream' };

/** Three times this still fits into an invocation. */
const patience = 8_000;
/** Before each next try: a pooled connection may have died while the function was frozen, or S3 may be busy. */
const pausesMs = [0, 100, 500] as const;

/** Codes of 400 that say nothing against the request: time heals them. [AWS: S3 error responses] */
const passing = /<Code>(ExpiredToken|RequestTimeout|RequestTimeTooSkewed|SlowDown)</;

/**
 * Two operations of S3's REST interface, which is all that is needed; the SDK's client for S3 is a fifth of a bundle
 * (docs/adr/0003-lean-bundles.md).
 */
export function s3DocumentStore({ client, url, patienceMs = patience }: S3DocumentStoreOptions): DocumentStore {
  /** @throws ServiceUnavailable when another try may do, Error when S3 finds the request itself wrong */
  async function askOnce<T>(key: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    if (!isPlainKey(key)) throw new Error('a key that S3 would read otherwise than we do');
    const path = key.split('/').map(encodeURIComponent).join('/');
    // Only the signature is taken over: a signal inside a Request is lost with the garbage, and a body loses its length.
    const { url: address, headers } = await client.sign(`${url}/${path}`, init);
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(address, { ...init, headers, signal });
      if (response.ok || response.status === 404) return await read(response);
      const { status } = response;
      const text = await response.text();
      // 403 too: a policy that is wrong is put right, and the message has waited.
      if (status >= 500 || status === 429 || status === 403 || passing.test(text))
        throw new ServiceUnavailable(`S3 answers ${status}`);
      throw new Error(`S3 answers ${status} to ${key}`);
    } catch (error) {
      throw isUnanswered(error) ? new ServiceUnavailable(`S3 does not answer: ${error.name}`) : error;
    }
  }

  async function ask<T>(key: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    let last: unknown;
    for (const pause of pausesMs) {
      await wait(pause);
      try {
        return await askOnce(key, init, read);
      } catch (error) {
        if (!(error instanceof ServiceUnavailable)) throw error;
        last = error;
      }
    }
    throw last;
  }

  return {
    get: (key, maxBytes) =>
      ask(key, {}, async (response) => {
        const size = Number(response.headers.get('content-length') ?? 0);
        if (response.status !== 404 && size <= maxBytes)
          return { kind: 'found', bytes: new Uint8Array(await response.arrayBuffer()) };
        // Unread, it would hold the connection until a timeout.
        await response.body?.cancel();
        return response.status === 404 ? { kind: 'missing' } : { kind: 'too-large', size };
      }),
    put: (key, bytes) =>
      ask(
        key,
        { method: 'PUT', headers: binary, body: typeof bytes === 'string' ? bytes : Buffer.from(bytes) },
        async (response) => {
          await response.body?.cancel();
          if (!response.ok) throw new Error(`S3 answers ${response.status} to ${key}`);
        },
      ),
  };
}

/** What `fetch` throws when no answer came, or not the whole of it. */
const isUnanswered = (error: unknown): error is Error =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
