import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { runBatch, type Disposition, type Queue } from '../../../shared/messaging/batch-runner.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

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

interface RunOptions {
  receives?: number;
  faults?: number;
  random?: number;
  /** How long ago the messages were sent. */
  ageMs?: number;
  /** The error that every call to the queue fails with. */
  broken?: Error;
}

/** A batch whose message ids are named after their outcomes. */
async function run(
  handled: Record<string, Handled>,
  { receives = 1, faults = 1, random = 0, ageMs = 0, ...options }: RunOptions = {},
) {
  const telemetry = recordedTelemetry();
  const hidden: [string, number][] = [];
  const deadLetters: [string, string][] = [];
  const { broken } = options;
  const done = () => (broken ? Promise.reject(broken) : Promise.resolve());
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
    { queue, telemetry, random: () => random, now: () => new Date(ageMs), countFault: () => Promise.resolve(faults) },
  );
  const kept = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { came: { kept, hidden, deadLetters }, telemetry };
}

/** The same, for a test that does not look at the telemetry. */
const outcomeOf = async (...given: Parameters<typeof run>) => (await run(...given)).came;

const awsError = Object.assign(new Error('no database'), { $metadata: { attempts: 4 } });
const invalid = Object.assign(new Error('Item size has exceeded the maximum'), {
  name: 'ValidationException',
  $fault: 'client',
  $metadata: {},
});
const timeout = Object.assign(new Error('slow'), { name: 'TimeoutError' });

describe('a batch', () => {
  it('reports each message separately', async () => {
    const outcome = await outcomeOf({
      done: { kind: 'done' },
      later: { kind: 'retry', reason: 'platform-down' },
      nonsense: { kind: 'dead-letter', why: 'not-json' },
      faulty: new Error('a fault'),
      alsoDone: { kind: 'done' },
    });
    expect(outcome.kept).toEqual(['later', 'faulty']);
    expect(outcome.deadLetters).toEqual([['nonsense', 'not-json']]);
  });

  it('without messages has no failures', async () => {
    expect(await outcomeOf({})).toEqual({ kept: [], hidden: [], deadLetters: [] });
  });

  it('hides a message to retry for the delay of its reason', async () => {
    const waiting = { kind: 'retry', reason: 'throttled' } as const;
    expect(await outcomeOf({ waiting }, { random: 0 })).toMatchObject({ kept: ['waiting'], hidden: [['waiting', 15]] });
    expect(await outcomeOf({ waiting }, { random: 0.999_9, receives: 3 })).toMatchObject({
      hidden: [['waiting', 120]],
    });
    const asked = { ...waiting, atLeastSeconds: 500 };
    expect(await outcomeOf({ asked })).toMatchObject({ hidden: [['asked', 500]] });
  });

  it('measures how long ago a message that it retries was sent', async () => {
    const ageMs = 4 * 86_400_000;
    const waiting = { kind: 'retry', reason: 'platform-down' } as const;
    const { telemetry } = await run({ waiting, done: { kind: 'done' } }, { receives: 60, ageMs });
    expect(telemetry.measured.filter(([name]) => name === 'MessageAgeSeconds')).toEqual([
      ['MessageAgeSeconds', 345_600, undefined],
    ]);
  });

  describe.each<[string, Disposition]>([
    ['hide', { kind: 'retry', reason: 'throttled' }],
    ['move to the dead letters', { kind: 'dead-letter', why: 'not-json' }],
  ])('that cannot %s a message', (_what, disposition) => {
    it.each([
      ['SQS is unavailable', awsError],
      ['the call is refused', invalid],
      ['our own code is wrong', new TypeError('undefined is not a function')],
    ])('leaves it on the queue when %s', async (_why, broken) => {
      expect((await outcomeOf({ stuck: disposition }, { broken })).kept).toEqual(['stuck']);
    });

    it('logs an unavailable service as a retry', async () => {
      const { logged, measured } = (await run({ stuck: disposition }, { broken: awsError })).telemetry;
      expect(logged).toContainEqual(['warn', 'MESSAGE_RETRIED', { messageId: 'stuck', reason: 'aws-unavailable' }]);
      expect(measured).toContainEqual(['Retries', 1, { reason: 'aws-unavailable' }]);
    });

    it('measures its age, by which an alarm rings if that lasts', async () => {
      const ageMs = 4 * 86_400_000;
      const { measured } = (await run({ stuck: disposition }, { broken: awsError, ageMs })).telemetry;
      expect(measured).toContainEqual(['MessageAgeSeconds', 345_600, undefined]);
    });

    it.each([
      ['a call that AWS refuses', invalid],
      ['a bug', new TypeError('undefined is not a function')],
    ])('reports %s as a fault of the relay', async (_what, broken) => {
      const { logged, measured } = (await run({ stuck: disposition }, { broken })).telemetry;
      const [fault] = logged.filter(([, code]) => code === 'UNEXPECTED');
      expect(fault).toMatchObject(['error', 'UNEXPECTED', { messageId: 'stuck' }]);
      expect(fault?.[2]?.error).toContain(broken.message);
      expect(measured).toContainEqual(['Unexpected', undefined, undefined]);
    });
  });
});

describe('a fault', () => {
  it.each<[string, Handled, number]>([
    ['of an AWS service', awsError, 3],
    ['of a timeout', timeout, 3],
    ['of an invalid call to AWS', invalid, 30],
    ['of our own', new TypeError('undefined is not a function'), 30],
  ])('%s leaves the message on the queue', async (_what, fault, seconds) => {
    expect(await outcomeOf({ fault })).toEqual({ kept: ['fault'], hidden: [['fault', seconds]], deadLetters: [] });
  });

  it.each([
    ['of our own', new Error('always')],
    ['of what AWS will never take', invalid],
  ])('%s sends the message to the dead letters when it keeps happening, with the reason', async (_what, fault) => {
    expect((await outcomeOf({ fault }, { faults: 7 })).deadLetters).toEqual([]);
    expect(await outcomeOf({ fault }, { faults: 8 })).toEqual({
      kept: [],
      hidden: [],
      deadLetters: [['fault', 'unexpected']],
    });
  });

  it('of our own counts from one for a message that has waited long for other reasons', async () => {
    expect(await outcomeOf({ fault: new Error('once') }, { receives: 60, faults: 1 })).toMatchObject({
      kept: ['fault'],
      deadLetters: [],
    });
  });

  it('that cannot be counted leaves the message on the queue', async () => {
    const { kept, deadLetters } = await outcomeOf({ fault: new Error('once') }, { faults: Number.NaN });
    expect({ kept, deadLetters }).toEqual({ kept: ['fault'], deadLetters: [] });
  });

  it('of AWS never moves a message to the dead letters', async () => {
    expect(await outcomeOf({ fault: awsError }, { receives: 500 })).toMatchObject({ kept: ['fault'], deadLetters: [] });
  });

  it('treats a message without a receive count as received once', async () => {
    expect((await outcomeOf({ fault: new Error('a fault') }, { receives: Number.NaN })).kept).toEqual(['fault']);
  });
});
