import { expect, it } from 'vitest';
import { incomingPrefix, type DocumentStore } from '../../../shared/documents/document-store.ts';
import { pdfText, submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { recordOf } from './scenario.ts';

/** What S3 and the ledger are asked for in a row is time in which a function waits: these are asked for at once. */

const key = `${incomingPrefix('example')}F-2026-0001.pdf`;
const withFile = submitCommand({ command: { document: { name: 'F-2026-0001.pdf', key } } });

/** A store that stores no command before it has been asked for the file of one. */
function storingLate(store: DocumentStore): void {
  const asked = Promise.withResolvers<undefined>();
  const [get, put] = [store.get.bind(store), store.put.bind(store)];
  store.get = (of, ...rest) => {
    if (of === key) asked.resolve(undefined);
    return get(of, ...rest);
  };
  store.put = async (at, bytes) => {
    if (at.startsWith('received/')) await asked.promise;
    await put(at, bytes);
  };
}

it('reads the file of a command while the command itself is stored', async () => {
  const world = relay();
  await world.documents.put(key, pdfText());
  storingLate(world.documents);
  expect(await world.submit(withFile)).toEqual({ kind: 'done' });
  expect((await recordOf(world)).state).toBe('followed');
});

it('stores what was exchanged while the outcome is written', async () => {
  const world = relay();
  const stored = Promise.withResolvers<undefined>();
  const put = world.documents.put.bind(world.documents);
  world.documents.put = async (at, bytes) => {
    if (typeof bytes === 'string' && bytes.includes('soumettre')) stored.resolve(undefined);
    await put(at, bytes);
  };
  const write = world.ledger.write.bind(world.ledger);
  world.ledger.write = async (given) => {
    if (given.transition === 'follow') await stored.promise;
    return write(given);
  };
  expect(await world.submit(submitCommand())).toEqual({ kind: 'done' });
  expect((await recordOf(world)).state).toBe('followed');
});

it('tells nothing of a file as long as the command itself is not stored', async () => {
  const world = relay();
  await world.documents.put(key, 'no PDF');
  const put = world.documents.put.bind(world.documents);
  world.documents.put = (at, bytes) =>
    at.startsWith('received/') ? Promise.reject(new Error('S3 is down')) : put(at, bytes);
  await expect(world.submit(withFile)).rejects.toThrow('S3 is down');
  expect(world.published).toEqual([]);
  expect(world.ledger.records()).toEqual([]);
});
