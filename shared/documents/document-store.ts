export type Stored = { kind: 'found'; bytes: Uint8Array } | { kind: 'missing' } | { kind: 'too-large'; size: number };

/**
 * What the ERP uploaded (`incoming/<connection>/…`), every command as it came (`received/<connection>/<day>/<message>.json`)
 * and every document as it was deposited (`documents/<SHA-256>`).
 */
export interface DocumentStore {
  /** Nothing over `maxBytes` is read. */
  get(key: string, maxBytes: number): Promise<Stored>;
  put(key: string, bytes: Uint8Array | string): Promise<void>;
}

export const incomingPrefix = (connection: string): string => `incoming/${connection}/`;
export const documentKey = (sha256: string): string => `documents/${sha256}`;
export const receivedKey = (received: { connection: string; day: string; messageId: string }): string =>
  `received/${received.connection}/${received.day}/${received.messageId}.json`;
