/** Lambda's poller between a queue and a function, and the rules by which a batch is deleted or comes again. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSServiceException,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { arns, region } from './arn.ts';
import type { DrivenClock } from './clock.ts';
import type { Outcome } from './lambda/execution-environment.ts';
import type { Functions } from './lambda/functions.ts';

export interface MappingSettings {
  queueName: string;
  queueUrl: string;
  functionName: string;
  batchSize: number;
  maximumConcurrency: number;
  reportsItemFailures: boolean;
}

export interface MappingContext {
  /** Through the gateway, like every other caller. */
  sqs: SQSClient;
  functions: Functions;
  clock: DrivenClock;
}

export class EventSourceMapping {
  readonly settings: MappingSettings;
  readonly #context: MappingContext;
  readonly #stop = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #released = new Set<string>();
  #polling: Promise<void> | undefined;
  #refused = false;

  constructor(settings: MappingSettings, context: MappingContext) {
    this.settings = settings;
    this.#context = context;
  }

  get busy(): boolean {
    return this.#batches.size > 0;
  }

  /** SQS refuses to let it receive: what is on the queue stays there. */
  get refused(): boolean {
    return this.#refused;
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

  /** Ends the long poll at once. Batches that run are left to their functions. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#polling;
  }

  async drained(): Promise<void> {
    await Promise.all(this.#batches);
  }

  async #poll(): Promise<void> {
    const stopped = new Promise((resolve) => {
      this.#stop.signal.addEventListener('abort', resolve);
    });
    while (!this.#stop.signal.aborted) {
      if (this.#batches.size >= this.settings.maximumConcurrency) {
        await Promise.race([stopped, ...this.#batches]);
        continue;
      }
      const messages = await this.#receive();
      if (messages.length === 0) continue;
      const batch = this.#process(messages).finally(() => this.#batches.delete(batch));
      this.#batches.add(batch);
    }
  }

  async #receive(): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.settings.queueUrl,
      MaxNumberOfMessages: this.settings.batchSize,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      const { Messages = [] } = await this.#context.sqs.send(command, { abortSignal: this.#stop.signal });
      this.#refused = false;
      return Messages;
    } catch (error) {
      this.#refused = error instanceof SQSServiceException && error.$fault === 'client';
      await delay(100, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      return [];
    }
  }

  /** What succeeded is deleted. What failed is left to the queue's visibility time-out. */
  async #process(messages: readonly Message[]): Promise<void> {
    const { functionName, queueName, reportsItemFailures, queueUrl: QueueUrl } = this.settings;
    const { functions, clock, sqs } = this.#context;
    const Records = messages.map((message) => eventRecord(message, queueName, clock));
    const outcome = await functions.invoke(functionName, { Records });
    const ids = Records.map(({ messageId }) => messageId);
    const failed = failuresOf(outcome, ids, reportsItemFailures);
    const release = (left: typeof Records) => left.forEach(({ receiptHandle }) => this.#released.add(receiptHandle));
    release(Records.filter(({ messageId }) => failed.has(messageId)));
    const done = Records.filter(({ messageId }) => !failed.has(messageId));
    if (done.length === 0) return;
    const Entries = done.map(({ receiptHandle }, i) => ({ Id: String(i), ReceiptHandle: receiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })).catch(() => release(done));
  }
}

/** A message as Lambda passes it to a function, with timestamps from the cloud's clock. */
function eventRecord(message: Message, queueName: string, clock: DrivenClock) {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} } = message;
  const shown = (name: 'SentTimestamp' | 'ApproximateFirstReceiveTimestamp') => ({
    [name]: String(clock.shownAt(Number(Attributes[name]))),
  });
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: { ...Attributes, ...shown('SentTimestamp'), ...shown('ApproximateFirstReceiveTimestamp') },
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue, DataType }]) => [
        name,
        { stringValue: StringValue, dataType: DataType },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: arns.queue(queueName),
    awsRegion: region,
  };
}

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * The messages of a batch that must be delivered again, by Lambda's own rules: none when the response or its list is
 * null or empty; all after an error, or when an identifier is empty, unknown or not a string.
 */
export function failuresOf(outcome: Outcome, messageIds: readonly string[], reportsItemFailures: boolean): Set<string> {
  const all = new Set(messageIds);
  if ('error' in outcome) return all;
  if (!reportsItemFailures) return new Set();
  const response = responseSchema.safeParse(outcome.payload);
  if (!response.success) return all;
  const failed = new Set(response.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? []);
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
