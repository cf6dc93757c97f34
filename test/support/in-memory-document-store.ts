import type { DocumentStore, Stored } from '../../shared/documents/document-store.ts';

/** For tests and the simulation, held to the same contract as S3. */
export class InMemoryDocumentStore implements DocumentStore {
  /** Their versions are called v1, v2 and so on, the last one last. */
  private readonly objects = new Map<string, Uint8Array[]>();

  get(key: string, maxBytes: number, version?: string): Promise<Stored> {
    const versions = this.objects.get(key);
    const bytes = version === undefined ? versions?.at(-1) : versions?.[Number(version.slice(1)) - 1];
    if (!bytes) return Promise.resolve({ kind: 'missing' });
    return Promise.resolve(
      bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'found', bytes },
    );
  }

  put(key: string, bytes: Uint8Array | string): Promise<void> {
    const written = typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes);
    this.objects.set(key, [...(this.objects.get(key) ?? []), written]);
    return Promise.resolve();
  }

  keys(): string[] {
    return [...this.objects.keys()];
  }
}
