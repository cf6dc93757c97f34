/** Where documents and commands are kept, by key: S3 in the cloud, a map in tests. */
export type Stored = { kind: 'found'; bytes: Uint8Array } | { kind: 'missing' } | { kind: 'too-large'; size: number };

/**
 * `incoming/<connection>/…`: what the ERP uploaded. `received/<connection>/<day>/<message>.json`: every command as it came.
 * `documents/<SHA-256>`: every document as it was deposited. `fetched/<connection>/…`: what was fetched for the ERP.
 */
export interface DocumentStore {
  /** Does not read anything over `maxBytes`. */
  get(key: string, maxBytes: number): Promise<Stored>;
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
/** What an ERP asked for and may read. The relay keeps nothing of its own there. */
export const fetchedKey = (fetched: { connection: string; name: string; sha256: string }): string =>
  `fetched/${fetched.connection}/${fetched.sha256}/${fetched.name}`;
export const documentKey = (sha256: string): string => `documents/${sha256}`;
export const receivedKey = (received: { connection: string; day: string; messageId: string }): string =>
  `received/${received.connection}/${received.day}/${received.messageId}.json`;
