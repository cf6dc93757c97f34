import { SNSClient, type PublishBatchCommandOutput } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isServiceFailure } from '../../../shared/aws/runtime.ts';
import type { InvoiceEvent } from '../../../shared/invoice/events.ts';
import { operationsTopic, snsEventPublisher } from '../../../shared/messaging/senders.ts';
import { begun } from '../ledger/records.ts';

/** A command by its name, and what it was given. */
type Sent = [name: string | undefined, input: object];

type Failed = NonNullable<PublishBatchCommandOutput['Failed']>;

/**
 * The topics over the SDK's own client. SNS says of a batch which of its entries it did not take.
 * @param refuse the name of the error for a call to this topic, if there is one
 */
function recordedTopic(failed: Failed = [], refuse: (topicArn: string) => string | false = () => false) {
  const sent: Sent[] = [];
  const client = new SNSClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    (_next, { commandName }) =>
      ({ input }) => {
        sent.push([commandName, input]);
        const name = refuse(z.object({ TopicArn: z.string() }).parse(input).TopicArn);
        if (name) return Promise.reject(Object.assign(new Error(name), { name }));
        return Promise.resolve({ response: {}, output: { $metadata: {}, Failed: failed } });
      },
    { step: 'initialize', priority: 'high' },
  );
  return {
    sent,
    publish: snsEventPublisher({
      client,
      topicArn: 'arn:topic',
      hasOwnInbox: (connection) => Promise.resolve(connection === 'own'),
    }),
    tell: operationsTopic(client, 'arn:operations'),
  };
}

const events = (count: number) =>
  begun(
    'claim',
    Array.from({ length: count }, () => ({ type: 'accepted' as const })),
  ).record.outbox;

it('a mail about a connection goes to the operators and to its own contacts alone', async () => {
  const { tell, sent } = recordedTopic();
  await tell('duval', { subject: 'renew it', text: 'how' });
  expect(sent).toEqual([
    ['PublishCommand', { TopicArn: 'arn:operations', Subject: 'renew it', Message: 'how' }],
    ['PublishCommand', { TopicArn: 'arn:operations-contacts-duval', Subject: 'renew it', Message: 'how' }],
  ]);
});

it('a mail about a connection without a stack of its own goes to the operators, and is no failure', async () => {
  const missing = (TopicArn: string) => TopicArn.endsWith('-contacts-duval') && 'NotFoundException';
  const { tell, sent } = recordedTopic([], missing);
  await tell('duval', { subject: 'renew it', text: 'how' });
  expect(sent).toHaveLength(2);
  const closed = recordedTopic([], (TopicArn) => TopicArn.endsWith('-contacts-duval') && 'InternalErrorException');
  await expect(closed.tell('duval', { subject: 'renew it', text: 'how' })).rejects.toThrow('InternalErrorException');
  const gone = recordedTopic([], () => 'NotFoundException');
  await expect(gone.tell('duval', { subject: 'renew it', text: 'how' })).rejects.toThrow('NotFoundException');
});

describe('the topics of events', () => {
  const saying = (connection: string): unknown => expect.stringContaining(`"${connection}"`);
  const of = (connection: string, event: InvoiceEvent): InvoiceEvent => ({
    ...event,
    data: { ...event.data, connection },
  });

  it('are kept apart: that of a connection with its own inbox gets its events, and nobody else', async () => {
    const { publish, sent } = recordedTopic();
    const [a, b, c] = events(3);
    if (!a || !b || !c) throw new Error('no events');
    await publish([of('own', a), of('duval', b), of('own', c)]);
    expect(sent).toMatchObject([
      [
        'PublishBatchCommand',
        {
          TopicArn: 'arn:topic-own',
          PublishBatchRequestEntries: [{ Message: saying('own') }, { Message: saying('own') }],
        },
      ],
      ['PublishBatchCommand', { TopicArn: 'arn:topic', PublishBatchRequestEntries: [{ Message: saying('duval') }] }],
    ]);
  });

  it('do not take an event while one is missing, which therefore waits', async () => {
    const { publish } = recordedTopic([], (TopicArn) => TopicArn === 'arn:topic-own' && 'NotFoundException');
    const waiting = events(1).map((event) => of('own', event));
    await expect(publish(waiting)).rejects.toThrow('NotFoundException');
  });
});

describe('the topic of events', () => {
  it('gets ten events a batch', async () => {
    const { publish, sent } = recordedTopic();
    await publish(events(11));
    expect(sent).toMatchObject([
      ['PublishBatchCommand', { TopicArn: 'arn:topic', PublishBatchRequestEntries: { length: 10 } }],
      ['PublishBatchCommand', { TopicArn: 'arn:topic', PublishBatchRequestEntries: { length: 1 } }],
    ]);
  });

  it('gets in one batch what invoices have to tell while another batch is on its way', async () => {
    const { publish, sent } = recordedTopic();
    await Promise.all([1, 2, 3].map(() => publish(events(2))));
    expect(sent).toMatchObject([
      ['PublishBatchCommand', { PublishBatchRequestEntries: { length: 2 } }],
      ['PublishBatchCommand', { PublishBatchRequestEntries: { length: 4 } }],
    ]);
  });

  it('gets no batch that is larger than it takes', async () => {
    const { publish, sent } = recordedTopic();
    const [event] = events(1);
    if (!event) throw new Error('no event');
    const large = { ...event, data: { ...event.data, message: { fr: 'x'.repeat(100_000), en: '' } } };
    await publish([large, large, large]);
    expect(sent).toMatchObject([
      ['PublishBatchCommand', { PublishBatchRequestEntries: { length: 2 } }],
      ['PublishBatchCommand', { PublishBatchRequestEntries: { length: 1 } }],
    ]);
  });

  it('gets with each event what its subscribers filter by', async () => {
    const { publish, sent } = recordedTopic();
    const [event] = events(1);
    if (!event) throw new Error('no event');
    await publish([event]);
    expect(sent).toMatchObject([
      [
        'PublishBatchCommand',
        {
          PublishBatchRequestEntries: [
            {
              Message: JSON.stringify(event),
              MessageAttributes: {
                connection: { DataType: 'String', StringValue: event.data.connection },
                type: { DataType: 'String', StringValue: event.type },
                'action-needed': { DataType: 'String', StringValue: 'false' },
              },
            },
          ],
        },
      ],
    ]);
  });

  it.each([
    ['is a fault of ours if SNS says so', true, false],
    ['passes by itself if the fault is SNS’s own', false, true],
  ])('an event that was not taken %s', async (_whose, SenderFault, passes) => {
    const { publish } = recordedTopic([{ Id: '1', Code: 'Whatever', SenderFault }]);
    const failure = await publish(events(2)).catch((error: unknown) => error);
    expect(String(failure)).toContain('SNS did not take an event: Whatever');
    expect(isServiceFailure(failure)).toBe(passes);
  });
});
