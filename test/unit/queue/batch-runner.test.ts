import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { runBatch, type Disposition, type Queue } from '../../../shared/messaging/batch-runner.ts';
import { silentTelemetry } from '../../support/silent-telemetry.ts';

const recordOf = (messageId: string, receives = 1): SQSRecord => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: '{}',
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});

type Handled = Disposition | Error;

/** A batch whose messages are named after what they come to. */
async function run(handled: Record<string, Handled>, { receives = 1, faults = 1, broken = false, random = 0 } = {}) {
  const hidden: [string, number][] = [];
  const deadLetters: [string, string][] = [];
  const done = broken ? () => Promise.reject(new Error('SQS is away')) : () => Promise.resolve();
  const queue: Queue = {
    hide: ({ messageId }, seconds) => {
      hidden.push([messageId, seconds]);
      return done();
    },
    moveToDeadLetters: ({ messageId }, why) => {
      deadLetters.push([messageId, why]);
      return done();
    },
  };
  const { batchItemFailures } = await runBatch(
    { Records: Object.keys(handled).map((messageId) => recordOf(messageId, receives)) },
    ({ messageId }) => {
      const outcome = handled[messageId];
      return outcome && 'kind' in outcome ? Promise.resolve(outcome) : Promise.reject(outcome ?? new Error('unknown'));
    },
    { queue, telemetry: silentTelemetry, random: () => random, countFault: () => Promise.resolve(faults) },
  );
  return { kept: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), hidden, deadLetters };
}

const awsError = Object.assign(new Error('no database'), { $metadata: { attempts: 4 } });
const invalid = Object.assign(new Error('Item size has exceeded the maximum'), {
  name: 'ValidationException',
  $fault: 'client',
  $metadata: {},
});
const timeout = Object.assign(new Error('slow'), { name: 'TimeoutError' });

describe('a batch', () => {
  it('answers for each message alone', async () => {
    const outcome = await run({
      done: { kind: 'done' },
      later: { kind: 'retry', reason: 'platform-down' },
      nonsense: { kind: 'dead-letter', why: 'not-json' },
      faulty: new Error('a fault'),
      alsoDone: { kind: 'done' },
    });
    expect(outcome.kept).toEqual(['later', 'faulty']);
    expect(outcome.deadLetters).toEqual([['nonsense', 'not-json']]);
  });

  it('that is empty has no failures', async () => {
    expect(await run({})).toEqual({ kept: [], hidden: [], deadLetters: [] });
  });

  it('hides what is to come again, for the delay of its reason', async () => {
    const waiting = { kind: 'retry', reason: 'throttled' } as const;
    expect(await run({ waiting }, { random: 0 })).toMatchObject({ kept: ['waiting'], hidden: [['waiting', 15]] });
    expect(await run({ waiting }, { random: 0.999_9, receives: 3 })).toMatchObject({ hidden: [['waiting', 120]] });
    const asked = { ...waiting, atLeastSeconds: 500 };
    expect(await run({ asked })).toMatchObject({ hidden: [['asked', 500]] });
  });

  it('keeps what it could not hide: its visibility ends by itself', async () => {
    expect((await run({ waiting: { kind: 'retry', reason: 'throttled' } }, { broken: true })).kept).toEqual([
      'waiting',
    ]);
  });

  it('keeps what it could not move to the dead letters: nothing is deleted', async () => {
    expect((await run({ nonsense: { kind: 'dead-letter', why: 'not-json' } }, { broken: true })).kept).toEqual([
      'nonsense',
    ]);
  });
});

describe('a fault', () => {
  it.each<[string, Handled, number]>([
    ['of an AWS service', awsError, 3],
    ['of time', timeout, 3],
    ['of what AWS finds invalid', invalid, 30],
    ['of our own', new TypeError('undefined is not a function'), 30],
  ])('%s leaves the message on the queue', async (_what, fault, seconds) => {
    expect(await run({ fault })).toEqual({ kept: ['fault'], hidden: [['fault', seconds]], deadLetters: [] });
  });

  it.each([
    ['of our own', new Error('always')],
    ['of what AWS will never take', invalid],
  ])('%s ends in the dead letters when it comes again and again, with the reason', async (_what, fault) => {
    expect((await run({ fault }, { faults: 7 })).deadLetters).toEqual([]);
    expect(await run({ fault }, { faults: 8 })).toEqual({
      kept: [],
      hidden: [],
      deadLetters: [['fault', 'unexpected']],
    });
  });

  it('of our own is the first one for a message that waited long for other reasons', async () => {
    expect(await run({ fault: new Error('once') }, { receives: 60, faults: 1 })).toMatchObject({
      kept: ['fault'],
      deadLetters: [],
    });
  });

  it('that cannot be counted leaves the message on the queue', async () => {
    const { kept, deadLetters } = await run({ fault: new Error('once') }, { faults: Number.NaN });
    expect({ kept, deadLetters }).toEqual({ kept: ['fault'], deadLetters: [] });
  });

  it('of AWS never does: an outage is no fault of the message', async () => {
    expect(await run({ fault: awsError }, { receives: 500 })).toMatchObject({ kept: ['fault'], deadLetters: [] });
  });

  it('counts a message without a count as received once', async () => {
    expect((await run({ fault: new Error('a fault') }, { receives: Number.NaN })).kept).toEqual(['fault']);
  });
});
