import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { receiveLetters, type DeadLetter, type HeldLetter } from './dead-letters.ts';

export interface Redriving {
  sqs: SQSClient;
  /** URLs. */
  deadLetters: string;
  invoices: string;
  connection: string;
  /** Only what lies there for this reason. */
  reason?: string | undefined;
  /** Looks and moves nothing. */
  dryRun: boolean;
  /** How long SQS hides from others what a run has received: if the run dies, it is all there again after this. */
  holdSeconds?: number;
  /** Stops between two messages. */
  signal?: AbortSignal | undefined;
}

export interface Redriven {
  /** Moved; of a dry run, what would be. */
  messages: DeadLetter[];
  left: {
    /** By the name of the connection. */
    otherConnections: Record<string, number>;
    otherReasons: number;
    /** No JSON, or without a connection: whose it is only a person can tell. */
    unreadable: number;
    /** Moved by this very run, and here again: what made them fail is still there. */
    backAgain: number;
  };
}

/**
 * Moves a connection's dead letters back to their queue, each sent BEFORE it is deleted: a crash in between leaves a duplicate,
 * which the ledger answers, and never a loss. Sees every message once, and leaves what it skips visible.
 * @throws Error that says how far it had come
 */
export async function redrive(redriving: Redriving): Promise<Redriven> {
  const { sqs, deadLetters: QueueUrl, holdSeconds = 300 } = redriving;
  const redriven: Redriven = {
    messages: [],
    left: { otherConnections: {}, otherReasons: 0, unreadable: 0, backAgain: 0 },
  };
  const seen = new Set<string>();
  const sent = new Set<string>();
  // What stays here, by message: of one that was received twice only the last handle is good.
  const held = new Map<string, HeldLetter>();
  try {
    for (;;) {
      const letters = await receiveLetters(sqs, QueueUrl, holdSeconds);
      for (const letter of letters) held.set(letter.messageId, letter);
      const unseen = letters.filter(({ messageId }) => !seen.has(messageId));
      if (unseen.length === 0) return redriven;
      for (const letter of unseen) {
        redriving.signal?.throwIfAborted();
        seen.add(letter.messageId);
        if (!isWanted(letter, { redriving, sent, left: redriven.left })) continue;
        if (!redriving.dryRun) {
          sent.add(await moveBack(letter, redriving));
          held.delete(letter.messageId);
        }
        redriven.messages.push(shown(letter));
      }
    }
  } catch (error) {
    const moved = redriving.dryRun ? 0 : redriven.messages.length;
    throw new Error(`stopped after ${moved} messages were moved: ${String(error)}`, { cause: error });
  } finally {
    await release([...held.values()], redriving);
  }
}

const shown = ({ messageId, why, number, sentAt }: HeldLetter): DeadLetter => ({ messageId, why, number, sentAt });

/** Counts what is left where it is. */
function isWanted(
  { connection, why, messageId, originalMessageId }: HeldLetter,
  { redriving, sent, left }: { redriving: Redriving; sent: ReadonlySet<string>; left: Redriven['left'] },
): boolean {
  if (sent.has(originalMessageId ?? messageId)) left.backAgain += 1;
  else if (connection === undefined) left.unreadable += 1;
  else if (connection !== redriving.connection)
    left.otherConnections[connection] = (left.otherConnections[connection] ?? 0) + 1;
  else if (redriving.reason !== undefined && why !== redriving.reason) left.otherReasons += 1;
  else return true;
  return false;
}

/** @returns the id under which it is on its queue again */
async function moveBack({ body, group, receiptHandle }: HeldLetter, redriving: Redriving): Promise<string> {
  const { sqs, deadLetters, invoices, connection } = redriving;
  const { MessageId = '' } = await sqs.send(
    new SendMessageCommand({ QueueUrl: invoices, MessageBody: body, MessageGroupId: group ?? connection }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle: receiptHandle }));
  return MessageId;
}

/** What cannot be made visible now becomes so by itself. */
async function release(letters: readonly HeldLetter[], { sqs, deadLetters }: Redriving): Promise<void> {
  for (const { receiptHandle } of letters) {
    const visible = { QueueUrl: deadLetters, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(visible)).catch(() => undefined);
  }
}
