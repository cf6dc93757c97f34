import { describe, expect, it } from 'vitest';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { answering, effectsOf, keyOf, paths, recordOf, told } from './scenario.ts';

const done = { kind: 'done' };
const resumeOf = (changes: object = {}) => ({
  type: 'relay.resume',
  version: 1,
  connection: 'example',
  pk: keyOf(),
  ...changes,
});

/** An invoice that was accepted while Chorus Pro took no uploads. */
async function parked(world = relay(), command: object = submitCommand()): Promise<Relay> {
  world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
  const kind = 'retry';
  expect(await world.submit(command, { messageId: 'm-1' })).toMatchObject({ kind, reason: 'platform-down' });
  expect((await recordOf(world)).state).toBe('accepted');
  return world;
}

describe('a parked invoice', () => {
  it('is sent when its message comes again', async () => {
    const world = await parked();
    world.advance(2);
    expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(await recordOf(world)).toMatchObject({ state: 'followed', attempts: 2, messageIds: ['m-1'] });
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('is not called for while the platform was just seen down', async () => {
    const world = await parked();
    const before = world.model.effects.calls;
    const disposition = await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true });
    expect(disposition).toEqual({ kind: 'retry', reason: 'platform-down', atLeastSeconds: 60 });
    expect(world.model.effects.calls).toEqual(before);
  });

  it('is not judged again: what was accepted is what is sent', async () => {
    const key = 'incoming/example/a.pdf';
    const world = relay();
    await world.documents.put(key, Buffer.from(tinyPdf, 'base64'));
    const command = submitCommand({ command: { document: { name: 'F-2026-0001.pdf', key } } });
    await parked(world, command);
    await world.documents.put(key, 'no longer a PDF');
    world.advance(2);
    await world.submit(command, { messageId: 'm-1', redelivered: true });
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('is sent by the relay’s own message too, once however many there are', async () => {
    const world = await parked();
    world.advance(2);
    const outcomes = await Promise.all([world.submit(resumeOf()), world.submit(resumeOf())]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'retry']);
    expect(await world.submit(resumeOf())).toEqual(done);
    expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('survives an outage of any length without an event, and then is sent once', async () => {
    const world = await parked();
    world.faults.add({ kind: 'maintenance', from: world.now().getTime(), to: world.now().getTime() + 60 * 3_600_000 });
    for (let hour = 0; hour < 60; hour += 1) {
      expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toMatchObject({
        kind: 'retry',
      });
      world.advance(60);
    }
    expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('whose documents are lost is a fault, never a silence', async () => {
    const world = await parked();
    world.dependencies.documents = {
      get: (key, most) =>
        key.startsWith('documents/') ? Promise.resolve({ kind: 'missing' }) : world.documents.get(key, most),
      put: (key, bytes) => world.documents.put(key, bytes),
    };
    world.advance(2);
    await expect(world.submit(resumeOf())).rejects.toThrow('not in the document store');
    expect((await recordOf(world)).state).toBe('accepted');
  });
});

describe('the relay’s own message', () => {
  it.each([
    ['about a record that is not there', { pk: 'invoice#none' }, 'unknown-record'],
    ['of another connection than the record’s', { connection: 'other' }, 'unknown-record'],
  ])('%s goes to the dead letters', async (_what, changes, why) => {
    const world = await parked();
    const { access } = world.dependencies;
    world.dependencies.access = () => access('example');
    expect(await world.submit(resumeOf(changes))).toEqual({ kind: 'dead-letter', why });
  });

  it('of a connection that is no longer deployed goes to the dead letters', async () => {
    const world = await parked();
    world.dependencies.access = () => Promise.resolve(undefined);
    expect(await world.submit(resumeOf())).toEqual({ kind: 'dead-letter', why: 'unknown-connection' });
  });

  it('moves nothing that was not to move', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const before = await recordOf(world);
    expect(await world.submit(resumeOf())).toEqual(done);
    expect(await recordOf(world)).toEqual(before);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
  });

  it('leaves a refused invoice refused', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { issueDate: '2026-11-24' } }));
    expect(await world.submit(resumeOf())).toEqual(done);
    expect((await recordOf(world)).state).toBe('refused');
    expect(effectsOf(world).tries).toBe(0);
  });

  it('goes on with the suppliers of yesterday when those of today cannot be read', async () => {
    const world = await parked();
    world.advance(2 * 24 * 60);
    world.faults.add({ kind: 'forbidden', path: paths.suppliers });
    expect(await world.submit(resumeOf())).toEqual(done);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('waits when the supplier is no longer attached', async () => {
    const none = '{"codeRetour":0,"libelle":""}';
    const world = await parked(
      relay({ transport: answering(paths.suppliers, (body, nth) => (nth === 1 ? body : none)) }),
    );
    world.advance(2 * 24 * 60);
    expect(await world.submit(resumeOf())).toMatchObject({ kind: 'retry' });
    expect((await recordOf(world)).state).toBe('accepted');
    expect(effectsOf(world).tries).toBe(0);
  });
});
