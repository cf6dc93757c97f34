import type { AwsClient } from 'aws4fetch';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceUnavailable } from '../aws/runtime.ts';
import { timings } from '../facts/timings.ts';

/** Where documents and commands are kept, by key: S3 in the cloud, a map in tests. */
export type Stored = { kind: 'found'; bytes: Uint8Array } | { kind: 'missing' } | { kind: 'too-large'; size: number };

/**
 * `incoming/<connection>/…`: what the ERP uploaded. `received/<connection>/<day>/<message>.json`: every command,
 * unchanged. `documents/<SHA-256>`: every document that was sent. `fetched/<connection>/…`: what was fetched for the
 * ERP.
 */
export interface DocumentStore {
  /**
   * Does not read anything over `maxBytes`.
   * @param version the one that is meant; absent for the last
   */
  get(key: string, maxBytes: number, version?: string): Promise<Stored>;
  put(key: string, bytes: Uint8Array | string): Promise<void>;
}

/** S3's limit, in bytes of UTF-8. */
const longestKey = 1_024;

/** A URL would resolve `..` and `.`, and a connection could reach out of its own folder: such keys are refused. */
export const isPlainKey = (key: string): boolean =>
  key.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
  key.isWellFormed() &&
  Buffer.byteLength(key) <= longestKey;

export const incomingPrefix = (connection: string): string => `incoming/${connection}/`;
/** In a connection's own part of `incoming/`: e-invoices that are sent without a command. */
export const droppedEInvoices = 'e-invoices/';
/** Files that an ERP asked for and may read. The relay keeps none of its own files there. */
export const fetchedKey = (fetched: { connection: string; name: string; sha256: string }): string =>
  `fetched/${fetched.connection}/${fetched.sha256}/${fetched.name}`;
export const documentKey = (sha256: string): string => `documents/${sha256}`;
export const receivedKey = (received: { connection: string; day: string; messageId: string }): string =>
  `received/${received.connection}/${received.day}/${received.messageId}.json`;
/** Which file a message brought, if its command leaves the invoice to the file: its SHA-256, beside the command. */
export const broughtKey = (commandKey: string): string => commandKey.replace(/\.json$/, '.sha256');

export interface S3DocumentStoreOptions {
  /** Signs requests. */
  client: Pick<AwsClient, 'sign'>;
  /** Where the bucket's objects are, without a slash at the end. */
  url: string;
  /** How long to wait for S3. */
  patienceMs?: number;
}

interface Place {
  key: string;
  /** With its question mark. */
  query?: string | undefined;
}

type Read<T> = (response: Response) => Promise<T>;

const binary = { 'content-type': 'application/octet-stream' };

/** Before each try: a pooled connection may have died while the function was frozen, or S3 may be busy. */
const pausesMs = [0, 100, 500] as const;

/** Error codes of a 400 that are temporary: nothing is wrong with the request. [AWS: S3 error responses] */
const passing = /<Code>(ExpiredToken|RequestTimeout|RequestTimeTooSkewed|SlowDown)</;

/**
 * GET and PUT over S3's REST interface, which is all that is needed: the SDK's client for S3 would be a fifth of a
 * bundle (docs/adr/0003-lean-bundles.md).
 */
export function s3DocumentStore({
  client,
  url,
  patienceMs = timings.s3Patience.ms,
}: S3DocumentStoreOptions): DocumentStore {
  /** @throws ServiceUnavailable if another try may succeed, Error if S3 finds the request itself wrong */
  async function requestOnce<T>({ key, query = '' }: Place, init: RequestInit, read: Read<T>): Promise<T> {
    if (!isPlainKey(key)) throw new Error('S3 would read this key in another way than we do');
    const path = key.split('/').map(encodeURIComponent).join('/');
    // Only the signature is used: a Request would lose its signal to garbage collection, and its body's length.
    const { url: address, headers } = await client.sign(`${url}/${path}${query}`, init);
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(address, { ...init, headers, signal });
      if (response.ok || response.status === 404) return await read(response);
      const { status } = response;
      const text = await response.text();
      // 403 too: once someone has corrected a wrong policy, the waiting message goes through.
      if (status >= 500 || status === 429 || status === 403 || passing.test(text))
        throw new ServiceUnavailable(`S3 replied ${status}`);
      throw new Error(`S3 replied ${status} to ${key}`);
    } catch (error) {
      throw isWithoutReply(error) ? new ServiceUnavailable(`S3 did not reply: ${error.name}`) : error;
    }
  }

  async function request<T>(place: Place, init: RequestInit, read: Read<T>): Promise<T> {
    let last: unknown;
    for (const pause of pausesMs) {
      await wait(pause);
      try {
        return await requestOnce(place, init, read);
      } catch (error) {
        if (!(error instanceof ServiceUnavailable)) throw error;
        last = error;
      }
    }
    throw last;
  }

  return {
    get: (key, maxBytes, version) =>
      request({ key, query: version && `?versionId=${encodeURIComponent(version)}` }, {}, async (response) => {
        const size = Number(response.headers.get('content-length') ?? 0);
        if (response.status !== 404 && size <= maxBytes)
          return { kind: 'found', bytes: new Uint8Array(await response.arrayBuffer()) };
        // An unread body would occupy the connection until a timeout.
        await response.body?.cancel();
        return response.status === 404 ? { kind: 'missing' } : { kind: 'too-large', size };
      }),
    put: (key, bytes) =>
      request(
        { key },
        { method: 'PUT', headers: binary, body: typeof bytes === 'string' ? bytes : Buffer.from(bytes) },
        async (response) => {
          await response.body?.cancel();
          if (!response.ok) throw new Error(`S3 replied ${response.status} to ${key}`);
        },
      ),
  };
}

/** What `fetch` throws if no reply came, or only a part of it. */
const isWithoutReply = (error: unknown): error is Error =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
