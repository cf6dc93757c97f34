import { createServer, type ServerResponse } from 'node:http';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sqsClient } from '../../tools/local-cloud/clients.ts';
import { failuresOf } from '../../tools/local-cloud/event-source-mapping.ts';
import { listen } from '../../tools/local-cloud/gateway.ts';
import type { LocalCloud, LogLine } from '../../tools/local-cloud/index.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { cloudOf, lambda, textLike, workedQueue } from './local-fixture.ts';

/** Does what each message says, and logs it. */
const worker = `
  exports.handler = async ({ Records }, context) => {
    const batchItemFailures = [];
    for (const record of Records) {
      console.log(JSON.stringify({ did: record.body, record }));
      if (record.body === 'throw') throw new TypeError('on purpose');
      if (record.body === 'hang') await new Promise(() => setInterval(() => {}, 1000));
      if (record.body === 'fail') batchItemFailures.push({ itemIdentifier: record.messageId });
      if (record.body === 'unknown') batchItemFailures.push({ itemIdentifier: 'missing' });
    }
    return { batchItemFailures };
  };
`;

function client(cloud: LocalCloud): SQSClient {
  const sqs = sqsClient({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'ERP' });
  onTestFinished(() => sqs.destroy());
  return sqs;
}

const urlOf = (cloud: LocalCloud, queue: string) => `${cloud.endpoint}/${cloud.accountId}/${queue}`;

async function send(cloud: LocalCloud, ...bodies: string[]): Promise<void> {
  const sqs = client(cloud);
  for (const MessageBody of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(cloud, 'invoices'), MessageBody }));
}

async function inQueue(cloud: LocalCloud, queue: string): Promise<string[]> {
  const command = new ReceiveMessageCommand({ QueueUrl: urlOf(cloud, queue), MaxNumberOfMessages: 10 });
  const { Messages = [] } = await client(cloud).send(command);
  return Messages.map(({ Body = '' }) => Body);
}

/** A function starts within this, on a machine that has other work too. */
const patience = { timeout: 9_000 };

describe('what becomes of a batch', () => {
  const ids = ['one', 'two'];
  test.each([
    ['null', null],
    ['an empty response', {}],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
  ])('%s: everything succeeded', (_, payload) => {
    expect([...failuresOf({ payload }, ids, true)]).toEqual([]);
  });

  test.each([
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a misspelt member', { batchItemFailures: [{ itemIdentifer: 'one' }] }],
    ['an unknown identifier', { batchItemFailures: [{ itemIdentifier: 'one' }, { itemIdentifier: 'three' }] }],
    ['something else', 'done'],
  ])('%s: everything comes again', (_, payload) => {
    expect([...failuresOf({ payload }, ids, true)]).toEqual(ids);
  });

  test('an error: everything comes again, whatever is reported', () => {
    expect([...failuresOf({ error: { type: 'Error', message: '' } }, ids, false)]).toEqual(ids);
  });

  test('without ReportBatchItemFailures the response is not read', () => {
    expect([...failuresOf({ payload: { batchItemFailures: [{ itemIdentifier: 'one' }] } }, ids, false)]).toEqual([]);
  });
});

describe('a queue with a function behind it', () => {
  test('deletes what succeeded, leaves what failed, and hands over records as Lambda does', async () => {
    const lines: LogLine[] = [];
    const clock = new DrivenClock({ start: new Date('2030-05-01T08:00:00Z') });
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue() },
      { bundles: { worker }, clock, onLog: (line) => lines.push(line) },
    );
    await send(cloud, 'well', 'fail');
    await cloud.idle({ parked: 'leave' });

    expect((await cloud.queues()).get('invoices')).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    expect(lines.map(({ line }) => line)).toContainEqual(expect.stringContaining('"did":"well"'));
    const text = lines.find(({ line }) => line.includes('"did":"well"'))?.line ?? '';
    expect(JSON.parse(text)).toMatchObject({
      record: {
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-3:000000000000:invoices',
        awsRegion: 'eu-west-3',
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: textLike(/^1903/) },
      },
    });
  });

  test('takes a failure to the dead-letter queue after maxReceiveCount, through driven time', async () => {
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue({ visibility: 3600, maxReceiveCount: 3 }) },
      { bundles: { worker }, clock: new DrivenClock() },
    );
    await send(cloud, 'fail');
    await cloud.idle({ parked: 'leave' });
    await cloud.advance(2 * 3600_000);
    expect(await inQueue(cloud, 'dead')).toEqual([]);
    await cloud.advance(2 * 3600_000);
    expect(await inQueue(cloud, 'dead')).toEqual(['fail']);
    await cloud.idle();
  });

  test('takes it there in real time too', async () => {
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue({ visibility: 1, maxReceiveCount: 2 }) },
      { bundles: { worker } },
    );
    await send(cloud, 'throw');
    await cloud.idle();
    expect(await inQueue(cloud, 'dead')).toEqual(['throw']);
  });

  test('keeps the group of a message, into the dead-letter queue and out of it', async () => {
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue({ visibility: 3600, maxReceiveCount: 1 }) },
      { bundles: { worker }, clock: new DrivenClock() },
    );
    const sqs = client(cloud);
    const Entries = [{ Id: 'one', MessageBody: 'fail', MessageGroupId: 'example' }];
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf(cloud, 'invoices'), Entries }));
    await cloud.advance(2 * 3600_000);
    const command = new ReceiveMessageCommand({
      QueueUrl: urlOf(cloud, 'dead'),
      MessageSystemAttributeNames: ['MessageGroupId'],
    });
    const { Messages } = await sqs.send(command);
    expect(Messages?.[0]?.Attributes).toEqual({ MessageGroupId: 'example' });
  });

  test('lets the whole batch come again after an unknown identifier', async () => {
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue() },
      { bundles: { worker }, clock: new DrivenClock() },
    );
    await send(cloud, 'unknown');
    await cloud.idle({ parked: 'leave' });
    expect((await cloud.queues()).get('invoices')?.inFlight).toBe(1);
  });

  test('survives a function that is killed mid-call: the message comes again', async () => {
    const lines: LogLine[] = [];
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue({ visibility: 900 }) },
      { bundles: { worker }, clock: new DrivenClock(), onLog: (line) => lines.push(line) },
    );
    await send(cloud, 'hang');
    await expect.poll(() => lines.some(({ line }) => line.includes('"did":"hang"')), patience).toBe(true);
    expect(cloud.killRandom()).toBe('worker');
    await cloud.idle({ parked: 'leave' });
    expect(lines).toContainEqual({
      function: 'worker',
      stream: 'platform',
      line: textLike(/Runtime.ExitError/),
    });

    const again = cloud.advance(900_000);
    await expect.poll(() => lines.filter(({ line }) => line.includes('"did":"hang"')).length, patience).toBe(2);
    expect(cloud.killRandom()).toBe('worker');
    await again;
  });

  test('works on two batches at once if it may, and on no more', async () => {
    // A call waits here until another one is waiting, however slow the machine is.
    const waiting: ServerResponse[] = [];
    let most = 0;
    const meeting = createServer((_request, response) => {
      most = Math.max(most, waiting.push(response));
      if (waiting.length > 1) setTimeout(() => waiting.splice(0).forEach((one) => one.end()), 20);
    });
    onTestFinished(() => void meeting.close());
    const address = await listen(meeting);
    const meets = `exports.handler = () => fetch('${address}').then(() => null);`;
    const cloud = await cloudOf(
      { worker: lambda('worker'), ...workedQueue({ batchSize: 1, concurrency: 2 }) },
      { bundles: { worker: meets } },
    );
    await send(cloud, ...Array.from({ length: 8 }, (_, index) => `${index}`));
    await cloud.idle();
    expect(most).toBe(2);
    expect(cloud.wire.count({ caller: 'poller:worker', action: 'DeleteMessageBatch', resource: ':invoices' })).toBe(8);
  });
});
