import { SQSClient, type SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isServiceFailure } from '../../../shared/aws/runtime.ts';
import { sqsTurns, turnSchema, type SendTurns, type Turn } from '../../../shared/messaging/turn.ts';

const batchSchema = z.object({
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string(), MessageGroupId: z.string() })),
});

/** Over the SDK's own client, whose commands are answered where they would leave. */
function queueOf(failed: SendMessageBatchCommandOutput['Failed'] = []): { batches: Turn[][]; send: SendTurns } {
  const batches: Turn[][] = [];
  const client = new SQSClient({ region: 'eu-west-3' });
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        const { Entries } = batchSchema.parse(input);
        expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
        const turns = Entries.map(({ MessageBody }) => turnSchema.parse(JSON.parse(MessageBody)));
        expect(Entries.map(({ MessageGroupId }) => MessageGroupId)).toEqual(turns.map(({ connection }) => connection));
        batches.push(turns);
        return Promise.resolve({ response: {}, output: { $metadata: {}, Successful: [], Failed: failed } });
      },
    { step: 'initialize', priority: 'high' },
  );
  return { batches, send: sqsTurns(client, 'https://sqs.test/turns') };
}

const turns = (count: number): Turn[] =>
  Array.from({ length: count }, (_, i) => ({ connection: `builder-${i}`, what: 'statuses', before: 0 }));

describe('turns are given', () => {
  it('in batches of ten, each in the group of its connection', async () => {
    const { batches, send } = queueOf();
    await send(turns(23));
    expect(batches.map((batch) => batch.length).sort()).toEqual([10, 10, 3]);
    expect(new Set(batches.flat().map(({ connection }) => connection)).size).toBe(23);
  });

  it('by no call, if there are none', async () => {
    const { batches, send } = queueOf();
    await send([]);
    expect(batches).toEqual([]);
  });

  it.each([
    ['SQS', false, true],
    ['the relay', true, false],
  ])('or an error is thrown: a fault of %s', async (_, SenderFault, isTemporary) => {
    const { send } = queueOf([{ Id: '1', Code: 'InternalError', SenderFault }]);
    const error: unknown = await send(turns(2)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: 'SQS did not take 1 of 2 turns: InternalError' });
    expect(isServiceFailure(error)).toBe(isTemporary);
  });
});

it('a turn that an operator writes needs no more than a name', () => {
  expect(turnSchema.parse({ connection: 'example' })).toEqual({ connection: 'example', what: 'statuses', before: 0 });
});
