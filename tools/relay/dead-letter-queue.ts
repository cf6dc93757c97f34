/** Reads the dead letters, and moves them back to their queue. */
import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readDropped } from '../../shared/documents/dropped-file.ts';
import { visible } from '../../shared/invoice/characters.ts';
import { keptBodyIn, type KeptBody } from '../../shared/messaging/sqs-queue.ts';
import { Failure, saidBy } from '../command-line/command.ts';

/** A message that could not be processed, as shown to an operator. */
export interface DeadLetter {
  messageId: string;
  /** The relay's own reason, or that SQS gave up. */
  why: string;
  /** The type of its command, and the number of its invoice, if it gives them. */
  type: string | undefined;
  number: string | undefined;
  /** When it was first sent, not when it came here. */
  sentAt: string | undefined;
}

/** A dead letter with what is needed to move it. */
export interface HeldLetter extends DeadLetter {
  /** The message, or the reference to it if that could not be followed. */
  body: string;
  /** Why the stored body could not be read. */
  bodyGone: string | undefined;
  /** Undefined when the message does not say, or cannot be read. */
  connection: string | undefined;
  group: string | undefined;
  receiptHandle: string;
  /** The id that the message had on the queue, which the log names; identifies a redriven one that fails again. */
  originalMessageId: string | undefined;
}

/** Messages that SQS itself moves here have no reason of the relay. */
export const receivedTooOften = 'received too often';

/** Whatever is wrong with the rest, and however long: no number or type is longer. */
const shownField = z
  .union([z.string(), z.number()])
  .transform((given) => visible(String(given).slice(0, 60)))
  .optional()
  .catch(undefined);

const bodySchema = z.object({
  connection: z.string().optional().catch(undefined),
  type: shownField,
  invoice: z.object({ number: shownField }).optional().catch(undefined),
  /** The fields of the relay's own `relay.resume`. */
  pk: z.string().optional().catch(undefined),
});

/** What a body says of itself, as far as it can be read. */
export function saidIn(body: string): Pick<HeldLetter, 'connection' | 'type' | 'number'> {
  const { connection, type, invoice, pk } = bodySchema.safeParse(parseJson(commandIn(body))).data ?? {};
  return { connection, type, number: invoice?.number ?? numberIn(pk) };
}

/** The command in a message: an e-invoice that was dropped into its folder means one. */
export function commandIn(body: string): string {
  const dropped = readDropped(body);
  return dropped?.kind === 'e-invoice' ? dropped.body : body;
}

/** `invoice#<environment>#<supplier>#<number>` */
const numberIn = (pk: string | undefined): string | undefined => pk?.split('#')[3];

/**
 * A body that left no room for the reason why it is here was stored, and its letter only refers to it. One that is gone
 * must not hide all other letters.
 */
async function readKept(
  { bucket, key }: KeptBody,
  s3: S3Client,
): Promise<Partial<Pick<HeldLetter, 'body' | 'bodyGone'>>> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { body: (await Body?.transformToString()) ?? '' };
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return { bodyGone: error.name };
  }
}

async function letterOf(message: Message, s3: S3Client): Promise<HeldLetter> {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} } = message;
  // What SQS itself moved here has the attributes that its sender gave it. The relay always says why.
  const isMovedByUs = Attributes.DeadLetterQueueSourceArn === undefined && MessageAttributes['reason'] !== undefined;
  const said = (name: string) => (isMovedByUs ? MessageAttributes[name]?.StringValue : undefined);
  const kept = keptBodyIn(parseJson(Body));
  // An ERP can write a reference too, to what it may not read. It cannot know its message's id before SQS gives it one.
  const isOurs = kept?.key.endsWith(`/${said('originalMessageId') ?? ''}.json`);
  const { body = Body, bodyGone } = kept && isOurs ? await readKept(kept, s3) : {};
  return {
    ...saidIn(body),
    messageId: MessageId,
    why: said('reason') ?? receivedTooOften,
    sentAt: instantOf(said('originallySent') ?? Attributes.SentTimestamp),
    body,
    bodyGone,
    group: Attributes.MessageGroupId,
    receiptHandle: ReceiptHandle,
    originalMessageId: said('originalMessageId'),
  };
}

/** To the second. */
function instantOf(milliseconds: string | undefined): string | undefined {
  const instant = new Date(Number(milliseconds ?? NaN));
  return Number.isNaN(instant.getTime()) ? undefined : `${instant.toISOString().slice(0, 19)}Z`;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Ten at most, hidden from others for `holdSeconds`. A long poll, because a short one may miss messages. */
export async function receiveLetters(
  { sqs, s3, deadLetters: QueueUrl }: Pick<Reading, 'sqs' | 's3' | 'deadLetters'>,
  holdSeconds: number,
): Promise<HeldLetter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
      VisibilityTimeout: holdSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Promise.all(Messages.map((message) => letterOf(message, s3)));
}

export interface Reading {
  sqs: SQSClient;
  s3: S3Client;
  /** The queue's URL. */
  deadLetters: string;
  /** How long SQS hides received messages from others. If the run dies, they are visible again after this. */
  holdSeconds?: number;
  /** Stops between two messages. */
  signal?: AbortSignal | undefined;
}

/**
 * Shows every message once. Meanwhile others do not get them; those that stay are visible again at the end.
 *
 * @param visit says whether the message is still in the queue
 */
export async function readLetters(
  { holdSeconds = 300, signal, ...queue }: Reading,
  visit: (letter: HeldLetter) => Promise<'stays' | 'gone'> | 'stays',
): Promise<void> {
  const seen = new Set<string>();
  // The letters that stay, by message: when one is received twice, only its last handle is valid.
  const held = new Map<string, HeldLetter>();
  try {
    for (;;) {
      const letters = await receiveLetters(queue, holdSeconds);
      for (const letter of letters) held.set(letter.messageId, letter);
      const unseen = letters.filter(({ messageId }) => !seen.has(messageId));
      if (unseen.length === 0) return;
      for (const letter of unseen) {
        signal?.throwIfAborted();
        seen.add(letter.messageId);
        if ((await visit(letter)) === 'gone') held.delete(letter.messageId);
      }
    }
  } finally {
    await release([...held.values()], queue);
  }
}

export interface Redriving extends Reading {
  /** The URL of the queue that they go back to. */
  invoices: string;
  connection: string;
  /** Only the letters with this reason. */
  reason?: string | undefined;
  /** Reads, and moves nothing. */
  dryRun: boolean;
}

export interface Redriven {
  /** Moved; in a dry run, what would be moved. */
  messages: DeadLetter[];
  left: {
    /** By the name of the connection. */
    otherConnections: Record<string, number>;
    otherReasons: number;
    /** Not JSON, or without a connection: only a person can tell whose it is. */
    unreadable: number;
    /** Moved by this same run and back again: the cause is still there. */
    backAgain: number;
  };
}

/**
 * Moves a connection's dead letters back to their queue. Each is sent BEFORE it is deleted: a crash in between leaves a
 * duplicate, which the ledger recognises, but never a loss. Reads every message once; skipped ones stay visible.
 * @throws Failure that says how far it got
 */
export async function redriveConnection(redriving: Redriving): Promise<Redriven> {
  const redriven: Redriven = {
    messages: [],
    left: { otherConnections: {}, otherReasons: 0, unreadable: 0, backAgain: 0 },
  };
  const sent = new Set<string>();
  try {
    await readLetters(redriving, async (letter) => {
      if (!isWanted(letter, { redriving, sent, left: redriven.left })) return 'stays';
      if (!redriving.dryRun) sent.add(await moveBack(letter, redriving));
      redriven.messages.push(shown(letter));
      return redriving.dryRun ? 'stays' : 'gone';
    });
    return redriven;
  } catch (error) {
    const moved = redriving.dryRun ? 0 : redriven.messages.length;
    const why = saidBy(error);
    throw new Failure(
      {
        fr: `arrêt après ${moved} ${moved > 1 ? 'messages renvoyés' : 'message renvoyé'} : ${why.fr}`,
        en: `stopped after ${moved} messages were moved: ${why.en}`,
      },
      { cause: error },
    );
  }
}

const shown = ({ messageId, why, type, number, sentAt }: HeldLetter): DeadLetter => ({
  ...{ messageId, why, type, number, sentAt },
});

/** Counts the letters that are left where they are. */
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

/** Sent BEFORE it is deleted, see `redriveConnection`. @returns its new id on the queue */
export async function moveBack(
  { body, group, connection, receiptHandle }: HeldLetter,
  { sqs, deadLetters, invoices }: Pick<Redriving, 'sqs' | 'deadLetters' | 'invoices'>,
): Promise<string> {
  const MessageGroupId = group ?? connection;
  const { MessageId = '' } = await sqs.send(
    new SendMessageCommand({ QueueUrl: invoices, MessageBody: body, ...(MessageGroupId ? { MessageGroupId } : {}) }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle: receiptHandle }));
  return MessageId;
}

/** A message that cannot be made visible now becomes visible by itself later. */
async function release(
  letters: readonly HeldLetter[],
  { sqs, deadLetters }: Pick<Reading, 'sqs' | 'deadLetters'>,
): Promise<void> {
  for (const { receiptHandle } of letters) {
    const visible = { QueueUrl: deadLetters, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(visible)).catch(() => undefined);
  }
}
