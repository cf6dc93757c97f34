import type { AwsClient } from 'aws4fetch';
import { ServiceUnavailable } from '../aws/failure.ts';
import type { DocumentStore } from './document-store.ts';

export interface S3DocumentStoreOptions {
  /** Signs requests, and repeats those that S3 says it could not serve. */
  client: Pick<AwsClient, 'fetch'>;
  /** Where the bucket's objects are, without a slash at the end. */
  url: string;
}

/** A document of 10 MB on a slow day. */
const patienceMs = 20_000;
/** A pooled connection may have died while the function was frozen: a request without an answer is repeated. */
const tries = 3;

/**
 * Two operations of S3's REST interface, which is all that is needed; the SDK's client for S3 is a fifth of a bundle
 * (docs/adr/0003-lean-bundles.md).
 */
export function s3DocumentStore({ client, url }: S3DocumentStoreOptions): DocumentStore {
  const send = async (key: string, init: RequestInit, triesLeft = tries): Promise<Response> => {
    const path = key.split('/').map(encodeURIComponent).join('/');
    try {
      return await client.fetch(`${url}/${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      if (triesLeft === 1) throw new ServiceUnavailable(`S3 does not answer: ${error.name}`);
      return send(key, init, triesLeft - 1);
    }
  };

  /** @throws ServiceUnavailable when another time may be better, Error when S3 finds the request itself wrong */
  const ask = async (key: string, init: RequestInit = {}): Promise<Response> => {
    const response = await send(key, init);
    const { ok, status } = response;
    if (ok || status === 404) return response;
    await response.body?.cancel();
    const text = `S3 answers ${status} to ${key}`;
    // 403 too: a policy or a clock that is wrong is put right, and the message has waited.
    const passing = status >= 500 || status === 429 || status === 403;
    throw passing ? new ServiceUnavailable(text) : new Error(text);
  };

  return {
    async get(key, maxBytes) {
      const response = await ask(key);
      const size = Number(response.headers.get('content-length') ?? 0);
      if (response.status === 404 || size > maxBytes) {
        // Unread, it would hold the connection until a timeout.
        await response.body?.cancel();
        return response.status === 404 ? { kind: 'missing' } : { kind: 'too-large', size };
      }
      return { kind: 'found', bytes: new Uint8Array(await response.arrayBuffer()) };
    },
    async put(key, bytes) {
      const response = await ask(key, { method: 'PUT', body: typeof bytes === 'string' ? bytes : Buffer.from(bytes) });
      await response.body?.cancel();
      // There is no such bucket.
      if (!response.ok) throw new Error(`S3 answers ${response.status} to ${key}`);
    },
  };
}

/** What `fetch` throws when no answer came. */
const isUnanswered = (error: unknown): error is Error =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
