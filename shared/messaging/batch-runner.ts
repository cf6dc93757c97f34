import * as z from 'zod';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { isServiceFailure } from '../aws/runtime.ts';
import { NothingStored, UnreadableSettings } from '../connection/stored-connections.ts';
import { timings } from '../facts/timings.ts';
import type { Memory } from '../ledger/ledger.ts';
import { type Telemetry, tellFault } from '../telemetry/telemetry.ts';
import type { DeadLetterReason } from './dead-letter-reasons.ts';
import { deliveryLimits, retryDelaySeconds, type Retry, type RetryReason } from './retry-reasons.ts';

/** What happens to a message: it is deleted, it stays on the queue to be retried, or it moves to the dead letters. */
export type Disposition = { kind: 'done' } | Retry | { kind: 'dead-letter'; why: DeadLetterReason };

export interface Queue {
  hide(record: SQSRecord, seconds: number): Promise<void>;
  moveToDeadLetters(record: SQSRecord, why: DeadLetterReason): Promise<void>;
}

/** A queue that is opened when somebody first speaks to it. */
export function madeWhenNeeded(open: () => Promise<Queue>): Queue {
  let opened: Promise<Queue> | undefined;
  const queue = () => (opened ??= open());
  return {
    hide: async (record, seconds) => (await queue()).hide(record, seconds),
    moveToDeadLetters: async (record, why) => (await queue()).moveToDeadLetters(record, why),
  };
}

export interface BatchDependencies {
  queue: Queue;
  telemetry: Telemetry;
  random: () => number;
  now: () => Date;
  /** How many times this message has met a fault of our own, including this time. */
  countFault: (messageId: string) => Promise<number>;
}

/**
 * Handles the records of a batch in parallel, because most of the time is waiting for Chorus Pro.
 * @returns the messages that stay on the queue; SQS deletes the others
 */
export async function runBatch(
  { Records }: SQSEvent,
  handle: (record: SQSRecord) => Promise<Disposition>,
  dependencies: BatchDependencies,
): Promise<SQSBatchResponse> {
  const failures = await Promise.all(
    Records.map(async (record) => {
      const disposition = await handle(record).catch((error: unknown) => afterFault(record, error, dependencies));
      const done = await settle(record, disposition, dependencies).catch((error: unknown) => {
        tellUnsettled(record, error, dependencies);
        return false;
      });
      return done ? [] : [{ itemIdentifier: record.messageId }];
    }),
  );
  return { batchItemFailures: failures.flat() };
}

/** @returns whether the message may be deleted */
async function settle(record: SQSRecord, disposition: Disposition, dependencies: BatchDependencies): Promise<boolean> {
  const { queue, telemetry, random } = dependencies;
  const { messageId } = record;
  switch (disposition.kind) {
    case 'done':
      return true;
    case 'dead-letter':
      await queue.moveToDeadLetters(record, disposition.why);
      telemetry.warn('MESSAGE_UNREADABLE', { messageId, reason: disposition.why });
      telemetry.measure('Unreadable');
      return true;
    case 'retry': {
      const { reason, atLeastSeconds } = disposition;
      const attempt = receiveCount(record);
      const delaySeconds = retryDelaySeconds(reason, attempt, random(), atLeastSeconds);
      telemetry.info('MESSAGE_RETRIED', { messageId, reason, attempt, delaySeconds });
      telemetry.measure('Retries', 1, { reason });
      measureAge(record, dependencies);
      await queue.hide(record, delaySeconds);
      return false;
    }
  }
}

/** SQS’s own age of the oldest message leaves out what was received three times or more. */
function measureAge({ attributes }: SQSRecord, { telemetry, now }: BatchDependencies): void {
  const ageSeconds = Math.round((now().getTime() - Number(attributes.SentTimestamp)) / 1000);
  telemetry.measure('MessageAgeSeconds', ageSeconds);
}

/** Logs that a message could be neither hidden nor moved. It stays, and comes back when its visibility timeout ends. */
function tellUnsettled(record: SQSRecord, error: unknown, dependencies: BatchDependencies): void {
  const { messageId } = record;
  const { telemetry } = dependencies;
  measureAge(record, dependencies);
  if (!isServiceFailure(error)) {
    tellFault(telemetry, error, { messageId });
    return;
  }
  const reason = 'aws-unavailable' satisfies RetryReason;
  telemetry.warn('MESSAGE_RETRIED', { messageId, reason });
  telemetry.measure('Retries', 1, { reason });
}

const receiveCount = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount) || 1;

async function afterFault(
  { messageId }: SQSRecord,
  error: unknown,
  { telemetry, countFault }: BatchDependencies,
): Promise<Disposition> {
  if (isServiceFailure(error)) return { kind: 'retry', reason: 'aws-unavailable' };
  // No fault that counts: the message waits until the settings or the deployed version are changed.
  if (error instanceof UnreadableSettings || error instanceof NothingStored)
    return { kind: 'retry', reason: 'settings-unreadable' };
  tellFault(telemetry, error, { messageId });
  const faults = await countFault(messageId).catch(() => 1);
  return faults >= deliveryLimits.faults.value
    ? { kind: 'dead-letter', why: 'unexpected' }
    : { kind: 'retry', reason: 'unexpected' };
}

const countSchema = z.object({ count: z.int().positive() });

/**
 * Counts how many times a message has met a fault of our own, including this time. The receive count does not tell: a
 * message that waited for the platform over a weekend has been received a hundred times.
 */
export const faultCount =
  (memory: Memory, now: () => Date) =>
  async (messageId: string): Promise<number> => {
    const name = `faults#${messageId}`;
    const before = countSchema.safeParse(await memory.recall(name)).data?.count ?? 0;
    const until = new Date(now().getTime() + timings.faultMemory.ms);
    await memory.remember(name, { count: before + 1 }, until);
    return before + 1;
  };
