import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceUnavailable, type Sign } from '../aws/runtime.ts';
import { timings } from '../facts/timings.ts';

/** Where documents and commands are kept, by key: S3 in the cloud, a map in tests. */
export type Stored = { kind: 'found'; bytes: Uint8Array } | { kind: 'missing' } | { kind: 'too-large'; size: number };

/**
 * `incoming/<connection>/…`: what the ERP uploaded. `received/<connection>/<day>/<message>.json`: every command,
 * unchanged. `documents/<SHA-256>`: every document that was sent, and what was sent and answered in a call that must
 * not be repeated. `fetched/<connection>/…`: what was fetched for the ERP.
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
export const isDropped = (connection: string, key: string | undefined): boolean =>
  key?.startsWith(`${incomingPrefix(connection)}${droppedEInvoices}`) ?? false;
/** Files that an ERP asked for and may read. The relay keeps none of its own files there. */
export const fetchedKey = (fetched: { connection: string; name: string; sha256: string }): string =>
  `fetched/${fetched.connection}/${fetched.sha256}/${fetched.name}`;
export const documentKey = (sha256: string): string => `documents/${sha256}`;
export const receivedKey = (received: { connection: string; day: string; messageId: string }): string =>
  `received/${received.connection}/${received.day}/${received.messageId}.json`;
/** Which file a message brought, if its command leaves the invoice to the file: its SHA-256, beside the command. */
export const broughtKey = (commandKey: string): string => commandKey.replace(/\.json$/, '.sha256');

export interface S3DocumentStoreOptions {
  sign: Sign;
  /** Where the bucket's objects are, without a slash at the end. */
  url: string;
  /** How long to wait for S3. */
  patienceMs?: number;
}

interface Asked {
  method: 'GET' | 'PUT';
  key: string;
  query?: Record<string, string>;
  body?: Uint8Array | string;
}

type Read<T> = (response: IncomingMessage) => Promise<T>;

/** Before the second try and the third: a pooled connection may have died in a frozen function, or S3 may be busy. */
const pausesMs = [100, 500] as const;

/** Error codes of a 400 that are temporary: nothing is wrong with the request. [AWS: S3 error responses] */
const passing = /<Code>(ExpiredToken|RequestTimeout|RequestTimeTooSkewed|SlowDown)</;

/** As a signature has it: without the five characters that encodeURIComponent leaves. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (left) => `%${left.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * GET and PUT over S3's REST interface, which is all that is needed: the SDK's client for S3 would be a fifth of a
 * bundle (docs/adr/0003-lean-bundles.md).
 */
export function s3DocumentStore({
  sign,
  url,
  patienceMs = timings.s3Patience.ms,
}: S3DocumentStoreOptions): DocumentStore {
  const { protocol, host, hostname, port, pathname } = new URL(url);
  const start = protocol === 'http:' ? requestHttp : requestHttps;
  const place = { protocol, hostname, ...(port === '' ? {} : { port: Number(port) }) };
  const folder = pathname.replace(/\/$/, '');
  const headers = { host, 'content-type': 'application/octet-stream', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

  /** @throws ServiceUnavailable if another try may succeed, Error if S3 finds the request itself wrong */
  async function requestOnce<T>({ method, key, query = {}, body }: Asked, read: Read<T>): Promise<T> {
    const path = `${folder}/${key.split('/').map(escaped).join('/')}`;
    const signed = await sign({ ...place, method, path, query, headers: { ...headers } });
    const search = Object.entries(query).map(([name, value]) => `?${name}=${escaped(value)}`);
    const whole = { ...place, method, path: path + search.join(''), headers: signed.headers };
    const asking = start(whole);
    const timer = setTimeout(() => asking.destroy(), patienceMs);
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        asking.once('response', resolve).once('error', reject).end(body);
      });
      const { statusCode: status = 0 } = response;
      if (status < 300 || status === 404) return await read(response);
      const text = (await bytesOf(response)).toString();
      // 403 too: once someone has corrected a wrong policy, the waiting message goes through.
      if (status >= 500 || status === 429 || status === 403 || passing.test(text))
        throw new ServiceUnavailable(`S3 replied ${status}`);
      throw new Error(`S3 replied ${status} to ${key}`);
    } catch (error) {
      throw isWithoutReply(error) ? new ServiceUnavailable(`S3 did not reply: ${error.code}`) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  async function request<T>(asked: Asked, read: Read<T>): Promise<T> {
    if (!isPlainKey(asked.key)) throw new Error('S3 would read this key in another way than we do');
    for (const pause of pausesMs) {
      try {
        return await requestOnce(asked, read);
      } catch (error) {
        if (!(error instanceof ServiceUnavailable)) throw error;
        await wait(pause);
      }
    }
    return requestOnce(asked, read);
  }

  return {
    get: (key, maxBytes, version) =>
      request({ method: 'GET', key, ...(version ? { query: { versionId: version } } : {}) }, async (response) => {
        if (response.statusCode === 404) {
          response.resume();
          return { kind: 'missing' };
        }
        const size = Number(response.headers['content-length'] ?? 0);
        if (size <= maxBytes) return { kind: 'found', bytes: await bytesOf(response) };
        // An unread body would occupy the connection until a timeout.
        response.destroy();
        return { kind: 'too-large', size };
      }),
    put: (key, body) =>
      request({ method: 'PUT', key, body }, (response) => {
        response.resume();
        if (response.statusCode === 404) throw new Error(`S3 replied 404 to ${key}`);
        return Promise.resolve();
      }),
  };
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const coming: AsyncIterable<Uint8Array> = response;
  for await (const part of coming) parts.push(part);
  return Buffer.concat(parts);
}

/** What Node throws if no reply came, or only a part of it. */
const isWithoutReply = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error;
