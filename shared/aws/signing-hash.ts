import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

/** Keys as Node wants them: the signer gives the same bytes for every request of a day. */
const keys = new WeakMap<object, KeyObject>();

function keyOf(secret: SourceData): KeyObject | string {
  if (typeof secret === 'string') return secret;
  const known = keys.get(secret);
  if (known) return known;
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(secret) ? secret : new Uint8Array(secret);
  const key = createSecretKey(new Uint8Array(buffer, byteOffset, byteLength));
  keys.set(secret, key);
  return key;
}

function hashBy(secret: SourceData | undefined) {
  if (!secret) return () => createHash('sha256');
  const key = keyOf(secret);
  return () => createHmac('sha256', key);
}

/**
 * SHA-256 for the signatures of requests to AWS. The SDK's own makes a key out of its bytes for each of them, which
 * takes Node 24 longer than the rest of a signature.
 */
export class SigningHash implements Checksum {
  private readonly begin: ReturnType<typeof hashBy>;
  private hash: ReturnType<SigningHash['begin']>;

  constructor(secret?: SourceData) {
    this.begin = hashBy(secret);
    this.hash = this.begin();
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    this.hash = this.begin();
  }
}
