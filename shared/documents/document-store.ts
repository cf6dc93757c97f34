export type Stored = { kind: 'found'; bytes: Uint8Array } | { kind: 'missing' } | { kind: 'too-large'; size: number };

/**
 * What the ERP uploaded (`incoming/<connection>/…`), every command as it came (`received/<connection>/<day>/<message>.json`)
 * and every document as it was deposited (`documents/<SHA-256>`), and what was fetched for the ERP (`fetched/<connection>/…`).
 */
export interface DocumentStore {
  /** Nothing over `maxBytes` is read. */
  get(key: string, maxBytes: number): Promise<Stored>;
  put(key: string, bytes: Uint8Array | string): Promise<void>;
}

/** S3's limit, in bytes of UTF-8. */
const longestKey = 1_024;

/**
 * A key that means what it says: a URL would fold `..` and `.` away, and a connection could reach out of its own folder.
 */
export const isPlainKey = (key: string): boolean =>
  key.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
  key.isWellFormed() &&
  Buffer.byteLength(key) <= longestKey;

export const incomingPrefix = (connection: string): string => `incoming/${connection}/`;
/** What an ERP asked for and may read: the relay keeps nothing there for itself. */
export const fetchedKey = (fetched: { connection: string; name: string; sha256: string }): string =>
  `fetched/${fetched.connection}/${fetched.sha256}/${fetched.name}`;
export const documentKey = (sha256: string): string => `documents/${sha256}`;
export const receivedKey = (received: { connection: string; day: string; messageId: string }): string =>
  `received/${received.connection}/${received.day}/${received.messageId}.json`;
