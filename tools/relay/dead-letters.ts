import { ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** A message that nobody could take, as an operator wants to see it. */
export interface DeadLetter {
  messageId: string;
  /** The relay's own reason, or SQS gave up. */
  why: string;
  /** Of the invoice that it is about, as far as it says. */
  number: string | undefined;
  /** When it was first sent, not when it came here. */
  sentAt: string | undefined;
}

/** A dead letter with what it takes to move it. */
export interface HeldLetter extends DeadLetter {
  body: string;
  /** Undefined when the message does not say, or nobody can read it. */
  connection: string | undefined;
  group: string | undefined;
  receiptHandle: string;
  /** Who redrives a message knows it again when it fails again. */
  originalMessageId: string | undefined;
}

/** What SQS moves here by itself has no reason of the relay. */
export const receivedTooOften = 'received too often';

const bodySchema = z.object({
  connection: z.string(),
  invoice: z.object({ number: z.string() }).optional().catch(undefined),
  /** Of the relay's own `relay.resume`. */
  pk: z.string().optional().catch(undefined),
});

/** `invoice#<environment>#<supplier>#<number>` */
const numberIn = (pk: string | undefined): string | undefined => pk?.split('#')[3];

function letterOf(message: Message): HeldLetter {
  const { MessageId = '', ReceiptHandle = '', Body: body = '', Attributes = {}, MessageAttributes = {} } = message;
  const said = (name: string) => MessageAttributes[name]?.StringValue;
  const { connection, invoice, pk } = bodySchema.safeParse(parseJson(body)).data ?? {};
  return {
    messageId: MessageId,
    why: said('reason') ?? receivedTooOften,
    number: invoice?.number ?? numberIn(pk),
    sentAt: instantOf(said('originallySent') ?? Attributes.SentTimestamp),
    body,
    connection,
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

/** Ten at the most, hidden from others for so long. Long polling: a short one may find nothing though there is something. */
export async function receiveLetters(sqs: SQSClient, QueueUrl: string, holdSeconds: number): Promise<HeldLetter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
      VisibilityTimeout: holdSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(letterOf);
}
