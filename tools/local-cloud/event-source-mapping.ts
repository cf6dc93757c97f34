import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DrivenClock } from './clock.ts';
import { eventRecord, failuresOf, splitBySize, type EventRecord } from './event-batch.ts';
import type { Functions } from './lambda/functions.ts';

export interface MappingSettings {
  queueName: string;
  queueArn: string;
  queueUrl: string;
  functionName: string;
  batchSize: number;
  batchingWindowSeconds: number;
  maximumConcurrency: number;
  reportsItemFailures: boolean;
}

export interface MappingContext {
  /** Through the gateway, like everything else. */
  sqs: SQSClient;
  functions: Functions;
  region: string;
  clock: DrivenClock;
}

/** Lambda's poller between a queue and a function. */
export class EventSourceMapping {
  readonly settings: MappingSettings;
  readonly #context: MappingContext;
  readonly #stop = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #released = new Set<string>();
  #polling: Promise<void> | undefined;
  #freed = Promise.withResolvers<undefined>();

  constructor(settings: MappingSettings, context: MappingContext) {
    this.settings = settings;
    this.#context = context;
  }

  get busy(): boolean {
    return this.#batches.size > 0;
  }

  /** Which of these messages in flight wait for their visibility time-out, rather than for a function. */
  parkedAmong<Item extends { receiptHandle: string }>(inFlight: readonly Item[]): Item[] {
    const present = new Set(inFlight.map(({ receiptHandle }) => receiptHandle));
    for (const handle of this.#released) if (!present.has(handle)) this.#released.delete(handle);
    return inFlight.filter(({ receiptHandle }) => this.#released.has(receiptHandle));
  }

  start(): void {
    this.#polling ??= this.#poll();
  }

  /** Ends the long poll at once; batches that run are left to their functions. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#freed.resolve(undefined);
    await this.#polling;
  }

  async drained(): Promise<void> {
    await Promise.all(this.#batches);
  }

  async #poll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (this.#batches.size >= this.settings.maximumConcurrency) {
        await this.#freed.promise;
        continue;
      }
      const records = await this.#collect();
      for (const batch of splitBySize(records)) this.#begin(batch);
    }
  }

  async #collect(): Promise<EventRecord[]> {
    const { batchSize, batchingWindowSeconds } = this.settings;
    const records = await this.#receive(Math.min(batchSize, 10), 20);
    const closesAt = performance.now() + batchingWindowSeconds * 1000;
    while (records.length > 0 && records.length < batchSize && performance.now() < closesAt) {
      const wait = Math.ceil((closesAt - performance.now()) / 1000);
      const more = await this.#receive(Math.min(batchSize - records.length, 10), wait);
      records.push(...more);
      if (this.#stop.signal.aborted) break;
    }
    return records;
  }

  async #receive(count: number, waitSeconds: number): Promise<EventRecord[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.settings.queueUrl,
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      const { Messages = [] } = await this.#context.sqs.send(command, { abortSignal: this.#stop.signal });
      const { region, clock } = this.#context;
      return Messages.map((message) => eventRecord(message, this.settings.queueArn, region, clock));
    } catch {
      await delay(100, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      return [];
    }
  }

  #begin(records: readonly EventRecord[]): void {
    const batch = this.#process(records).finally(() => {
      this.#batches.delete(batch);
      this.#freed.resolve(undefined);
      this.#freed = Promise.withResolvers<undefined>();
    });
    this.#batches.add(batch);
  }

  /** What succeeded is deleted; what failed is left to the queue's visibility time-out. */
  async #process(records: readonly EventRecord[]): Promise<void> {
    const { functionName, reportsItemFailures, queueUrl } = this.settings;
    const outcome = await this.#context.functions.invoke(functionName, { Records: records });
    const ids = records.map(({ messageId }) => messageId);
    const failed = failuresOf(outcome, ids, reportsItemFailures);
    const release = (left: readonly EventRecord[]) =>
      left.forEach(({ receiptHandle }) => this.#released.add(receiptHandle));
    release(records.filter(({ messageId }) => failed.has(messageId)));
    const done = records.filter(({ messageId }) => !failed.has(messageId));
    for (let start = 0; start < done.length; start += 10) {
      const ten = done.slice(start, start + 10);
      const Entries = ten.map(({ receiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle: receiptHandle }));
      const command = new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries });
      await this.#context.sqs.send(command).catch(() => release(ten));
    }
  }
}
