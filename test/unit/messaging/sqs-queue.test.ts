import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { sqsQueue } from '../../../shared/messaging/sqs-queue.ts';

/** A command by its name, and what it was given. */
type Sent = [name: string | undefined, input: object];

const queueUrl = 'https://sqs.test/invoices';
const deadLettersUrl = 'https://sqs.test/dead-letters';

/** The queue over the SDK's own client, which records its commands where they would leave. */
function recordedQueue(keep?: () => Promise<never>) {
  const sent: Sent[] = [];
  const kept: string[] = [];
  const client = new SQSClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    (_next, { commandName }) =>
      ({ input }) => {
        sent.push([commandName, input]);
        return Promise.resolve({ response: {}, output: { $metadata: {} } });
      },
    { step: 'initialize', priority: 'high' },
  );
  const keepBody = ({ body, messageId }: SQSRecord) => {
    kept.push(body);
    return Promise.resolve({ bucket: 'documents', key: `received/${messageId}` });
  };
  return { sent, kept, queue: sqsQueue({ client, queueUrl, deadLettersUrl, keepBody: keep ?? keepBody }) };
}

const record = (attributes: Partial<SQSRecord['attributes']> = {}): SQSRecord => ({
  messageId: 'm-1',
  receiptHandle: 'handle of m-1',
  body: '{"what":"ever"}',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1764000000000',
    SenderId: 'AIDAERP',
    ApproximateFirstReceiveTimestamp: '1764000000001',
    ...attributes,
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});

describe('the queue of invoices', () => {
  it('hides a message that is to come again', async () => {
    const { queue, sent } = recordedQueue();
    await queue.hide(record(), 77);
    const input = { QueueUrl: queueUrl, ReceiptHandle: 'handle of m-1', VisibilityTimeout: 77 };
    expect(sent).toEqual([['ChangeMessageVisibilityCommand', input]]);
  });

  it.each<[what: string, group: { MessageGroupId?: string }]>([
    ['and keeps its group', { MessageGroupId: 'example' }],
    ['and gets no group if it had none', {}],
  ])('moves a message to the dead letters: it says why and which one it was, %s', async (_what, group) => {
    const { queue, sent } = recordedQueue();
    await queue.moveToDeadLetters(record(group), 'not-json');
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = {
      reason: text('not-json'),
      originalMessageId: text('m-1'),
      originallySent: text('1764000000000'),
    };
    const input = { QueueUrl: deadLettersUrl, MessageBody: '{"what":"ever"}', MessageAttributes, ...group };
    expect(sent).toEqual([['SendMessageCommand', input]]);
  });
});

/** SQS counts the attributes with the body. */
const mebibyte = 1_048_576;
const attributeBytes =
  'reasonStringnot-json'.length + 'originalMessageIdStringm-1'.length + 'originallySentString1764000000000'.length;
const reference = JSON.stringify({ type: 'relay.kept-body', bucket: 'documents', key: 'received/m-1' });

it.each<[what: string, body: string, whole: boolean]>([
  ['as long as the queue takes', 'x'.repeat(mebibyte), false],
  ['with a byte too few left for its attributes', 'x'.repeat(mebibyte - attributeBytes + 1), false],
  ['with just enough left for them', 'x'.repeat(mebibyte - attributeBytes), true],
  ['of fewer characters than bytes', 'é'.repeat(mebibyte / 2), false],
])('a message %s reaches the dead letters with its attributes: whole, or by reference', async (_what, body, whole) => {
  const { queue, sent, kept } = recordedQueue();
  await queue.moveToDeadLetters({ ...record(), body }, 'not-json');
  expect(sent).toMatchObject([
    [
      'SendMessageCommand',
      {
        MessageBody: whole ? body : reference,
        MessageAttributes: { reason: { StringValue: 'not-json' }, originalMessageId: { StringValue: 'm-1' } },
      },
    ],
  ]);
  expect(kept).toEqual(whole ? [] : [body]);
});

it('a message that can be kept nowhere stays on its queue', async () => {
  const { queue, sent } = recordedQueue(() => Promise.reject(new Error('no store')));
  const long = { ...record(), body: 'x'.repeat(mebibyte) };
  await expect(queue.moveToDeadLetters(long, 'not-json')).rejects.toThrow('no store');
  expect(sent).toEqual([]);
});
