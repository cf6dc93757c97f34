import type { Deadline } from '../aws/runtime.ts';
import { timings } from '../facts/timings.ts';
import type { Retry } from '../messaging/retry-reasons.ts';
import type { DocumentStore } from './document-store.ts';

/** What a message may load beside the others of its batch. A message that needs more is heavy. */
const lightBytes = 4_000_000;

/** Thrown to end the handling of a message that can wait no longer. */
class NoTimeLeft extends Error {}

/**
 * Bounds the memory of a running function, whose batch may be five dossiers of 120 MB: messages with small documents
 * are handled side by side, and one heavy message at a time. A document's size is known before it is read, and a small
 * one costs no request more.
 */
export class MemoryBudget {
  private lastHeavy: Promise<unknown> = Promise.resolve();

  /** Handles one message with a store that keeps to the budget, until the message is done. */
  async within<T>(store: DocumentStore, deadline: Deadline, handle: (store: DocumentStore) => Promise<T>) {
    const { promise: done, resolve } = Promise.withResolvers<undefined>();
    let left = lightBytes;
    let turn: Promise<unknown> | undefined;
    const awaitTurn = async (): Promise<void> => {
      if (!turn) {
        const before = (turn = this.lastHeavy);
        this.lastHeavy = before.then(() => done);
      }
      await turn;
      if (deadline.remainingMs() < timings.heavyMessage.ms) throw new NoTimeLeft();
    };
    const get: DocumentStore['get'] = async (key, maxBytes, version) => {
      if (!turn) {
        const stored = await store.get(key, Math.min(maxBytes, left), version);
        if (stored.kind === 'found') left -= stored.bytes.length;
        if (stored.kind !== 'too-large' || stored.size > maxBytes) return stored;
      }
      await awaitTurn();
      return store.get(key, maxBytes, version);
    };
    // One after the other: two small files together may be too much, and sending a file makes a copy of it.
    const inOrder = sequence();
    try {
      return await handle({
        get: (...asked) => inOrder(() => get(...asked)),
        put: (key, bytes) => (turn ? inOrder(() => store.put(key, bytes)) : store.put(key, bytes)),
      });
    } catch (error) {
      if (error instanceof NoTimeLeft) return { kind: 'retry', reason: 'no-time-left' } satisfies Retry;
      throw error;
    } finally {
      resolve(undefined);
    }
  }
}

/** Starts each work when the one before has ended, however it ended. */
function sequence() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}
