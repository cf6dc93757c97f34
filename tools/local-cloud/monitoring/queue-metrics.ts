/** What SQS tells CloudWatch of a queue, minute by minute. [AWS: Available CloudWatch metrics for Amazon SQS] */
import type { MetricStore } from './metric-store.ts';

export interface QueuedMessage {
  /** By the cloud's clock. */
  sentAt: number;
  receives: number;
  isVisible: boolean;
}

const minute = 60_000;
/** A queue is active while it has messages, and for this long after the last request. */
const activeMs = 6 * 60 * minute;
/** So late metrics may come once a queue becomes active again. */
const wakingMs = 15 * minute;
/** The age leaves out what was received this often: it went to the back of the queue. */
const backOfTheQueue = 3;

export class QueueMetrics {
  readonly #name: string;
  readonly #store: MetricStore;
  #messages: readonly QueuedMessage[] = [];
  #lastRequest: number;
  #told: number;
  #awakeSince: number | undefined;

  constructor(name: string, store: MetricStore, createdAt: number) {
    this.#name = name;
    this.#store = store;
    this.#lastRequest = this.#told = createdAt;
    this.#awakeSince = createdAt - wakingMs;
  }

  /** Tells of the minutes since the last time, when the queue was as it was then; from now on it is like this. */
  advance(now: number, messages: readonly QueuedMessage[], lastRequest: number | undefined): void {
    for (; this.#told + minute <= now; this.#told += minute) this.#tell(this.#told);
    this.#messages = messages;
    this.#lastRequest = Math.max(this.#lastRequest, lastRequest ?? 0);
  }

  #tell(at: number): void {
    const isActive = this.#messages.length > 0 || at - this.#lastRequest < activeMs;
    this.#awakeSince = isActive ? (this.#awakeSince ?? at) : undefined;
    if (this.#awakeSince === undefined || at - this.#awakeSince < wakingMs) return;
    this.#put('ApproximateNumberOfMessagesVisible', at, this.#messages.filter(({ isVisible }) => isVisible).length);
    const ages = this.#messages.filter(({ receives }) => receives < backOfTheQueue).map(({ sentAt }) => at - sentAt);
    this.#put('ApproximateAgeOfOldestMessage', at, Math.round(Math.max(0, ...ages) / 1000));
  }

  #put(name: string, at: number, value: number): void {
    this.#store.put({ namespace: 'AWS/SQS', name, dimensions: { QueueName: this.#name } }, at, value);
  }
}
