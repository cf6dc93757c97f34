import type { DocumentStore, Stored } from '../../shared/documents/document-store.ts';

/** For tests and the simulation, held to the same contract as S3. */
export class InMemoryDocumentStore implements DocumentStore {
  private readonly objects = new Map<string, Uint8Array>();

  get(key: string, maxBytes: number): Promise<Stored> {
    const bytes = this.objects.get(key);
    if (!bytes) return Promise.resolve({ kind: 'missing' });
    return Promise.resolve(
      bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'found', bytes },
    );
  }

  put(key: string, bytes: Uint8Array | string): Promise<void> {
    this.objects.set(key, typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes));
    return Promise.resolve();
  }

  keys(): string[] {
    return [...this.objects.keys()];
  }
}
