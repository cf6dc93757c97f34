import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { answering, codesOf, keyOf, paths, recordOf, told } from './scenario.ts';

const command = (changes: object) => submitCommand({ command: changes });

describe('a supplier that is not attached to the technical account', () => {
  it('is refused, and sent as soon as it is attached', async () => {
    const world = relay({
      transport: answering(paths.suppliers, (body, nth) => (nth === 1 ? '{"codeRetour":0,"libelle":""}' : body)),
    });
    await world.submit(submitCommand());
    expect(codesOf(await recordOf(world))).toEqual(['supplier-unknown']);
    await world.submit(submitCommand());
    expect(await recordOf(world, keyOf())).toMatchObject({ state: 'followed' });
  });
});

describe('the answer to an unknown connection, whose outbox no poll reads', () => {
  const nowhere = command({ connection: 'nowhere' });
  const throttled = Object.assign(new Error('no topic'), { name: 'ThrottlingException', $metadata: {} });

  it('leaves before its message may go: what cannot be published brings the message again', async () => {
    const world = relay();
    const { publish } = world.dependencies;
    world.dependencies.publish = () => Promise.reject(throttled);
    const message = { messageId: 'm-1' };
    await expect(world.submit(nowhere, message)).rejects.toBe(throttled);
    await expect(world.submit(nowhere, { ...message, redelivered: true })).rejects.toBe(throttled);
    world.dependencies.publish = publish;
    expect(await world.submit(nowhere, { ...message, redelivered: true })).toEqual({ kind: 'done' });
    expect(told(world)).toEqual(['refused']);
    expect(await recordOf(world, 'command#m-1')).toMatchObject({ outbox: [], state: 'refused' });
  });

  it('leaves too if the first delivery ended between the ledger and the topic', async () => {
    const world = relay();
    const { publish } = world.dependencies;
    world.dependencies.publish = () => Promise.reject(throttled);
    await expect(world.submit(nowhere, { messageId: 'm-1' })).rejects.toBe(throttled);
    world.dependencies.publish = publish;
    // A duplicate that SQS delivers as if it were the first.
    expect(await world.submit(nowhere, { messageId: 'm-1' })).toEqual({ kind: 'done' });
    expect(told(world)).toEqual(['refused']);
  });

  it('is left to the poll if the connection is known', async () => {
    const world = relay();
    world.dependencies.publish = () => Promise.reject(throttled);
    expect(await world.submit(command({ type: 'invoice.send' }), { messageId: 'm-1' })).toEqual({ kind: 'done' });
  });
});
