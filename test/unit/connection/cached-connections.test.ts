import { describe, expect, it } from 'vitest';
import { CachedConnections } from '../../../shared/connection/connections.ts';
import { readStored, storeConnection, type ConnectionTable } from '../../../shared/connection/stored-connections.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

const written = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: 'Duval', siret: SUPPLIERS.company }],
};

/** A function's view of a stage that has one connection, and how often it reads the table. */
async function stage() {
  let ms = Date.UTC(2026, 10, 23, 9);
  const now = () => new Date(ms);
  const ledger = new InMemoryLedger(now);
  const down = { table: false };
  const reads: string[] = [];
  const table: ConnectionTable = {
    recall: (name) => {
      reads.push(name);
      return down.table ? Promise.reject(new Error('no table')) : ledger.recall(name);
    },
    remember: (name, value) => ledger.remember(name, value),
    swap: (name, swap) => ledger.swap(name, swap),
  };
  const telemetry = recordedTelemetry();
  const open = () => new CachedConnections({ table, telemetry, now });
  const store = async (name: string, changes: object = {}, state: 'connected' | 'disconnected' = 'connected') => {
    const next = { state, settings: { ...written, ...changes }, changedBy: 'anna', changedAt: now().toISOString() };
    await storeConnection(ledger, name, next, await readStored(ledger, name));
  };
  await store('duval');
  return {
    ...{ down, telemetry, ledger, open, store, connections: open() },
    later: (seconds: number) => {
      ms += seconds * 1000;
    },
    /** Since the last time it was asked. */
    reads: () => reads.splice(0).filter((name) => !name.startsWith('roster/')),
  };
}

describe('the inbox of a connection', () => {
  it('stays its own when it is disconnected: what is still told of it is nobody else’s', async () => {
    const { connections, later, store } = await stage();
    await store('martin', { inbox: 'own' });
    expect(await Promise.all(['duval', 'martin', 'gone'].map((name) => connections.hasOwnInbox(name)))).toEqual([
      ...[false, true, false],
    ]);
    await store('martin', { inbox: 'own' }, 'disconnected');
    later(60);
    expect(await connections.get('martin')).toBeUndefined();
    expect(await connections.hasOwnInbox('martin')).toBe(true);
  });
});

describe('what a function knows of a connection', () => {
  it('is read once a minute, however many messages there are, and once for those that come together', async () => {
    const { connections, reads, later } = await stage();
    const [first, ...others] = await Promise.all(Array.from({ length: 10 }, () => connections.get('duval')));
    expect(first).toMatchObject({ name: 'duval', label: 'Duval' });
    expect(others.every((one) => one === first)).toBe(true);
    later(59);
    expect(await connections.get('duval')).toBe(first);
    expect(reads()).toEqual(['connection/duval']);
    later(1);
    expect(await connections.get('duval'), 'the same object while nothing has changed').toBe(first);
    expect(reads()).toEqual(['connection/duval']);
  });

  it('follows a change within a minute, and a disconnection too', async () => {
    const { connections, store, later } = await stage();
    await connections.get('duval');
    await store('duval', { label: 'Duval TP' });
    later(60);
    expect(await connections.get('duval')).toMatchObject({ label: 'Duval TP' });
    await store('duval', {}, 'disconnected');
    later(60);
    expect(await connections.get('duval')).toBeUndefined();
    await store('duval', {});
    later(1);
    expect(await connections.get('duval')).toMatchObject({ label: 'Duval' });
  });

  it('serves while the table cannot be read; what was never read waits', async () => {
    const { connections, down, later, open } = await stage();
    const before = await connections.get('duval');
    const roster = await connections.roster();
    down.table = true;
    later(3_600);
    expect(await connections.get('duval')).toBe(before);
    expect(await connections.roster()).toBe(roster);
    await expect(open().get('duval')).rejects.toThrow('no table');
    await expect(open().roster()).rejects.toThrow('no table');
    await expect(connections.get('bertin')).rejects.toThrow('no table');
    down.table = false;
    expect(await connections.get('bertin')).toBeUndefined();
  });

  it('that is connected now is known before a second is over, even if it was asked for before', async () => {
    const { connections, store, later } = await stage();
    expect(await connections.get('bertin')).toBeUndefined();
    await store('bertin');
    later(1);
    expect(await connections.get('bertin')).toMatchObject({ name: 'bertin' });
  });

  it('and that does not exist costs one read a second, not one a message', async () => {
    const { connections, reads } = await stage();
    for (let message = 0; message < 100; message += 1) expect(await connections.get('bertin')).toBeUndefined();
    expect(reads()).toEqual(['connection/bertin']);
    for (let i = 0; i < 1_500; i += 1) await connections.get(`nobody-${i}`);
    reads();
    await connections.get('nobody-1499');
    expect(reads(), 'the last ones are remembered').toEqual([]);
    await connections.get('nobody-0');
    expect(reads(), 'the first ones are not: a thousand are enough').toEqual(['connection/nobody-0']);
  });

  it.each(['duval/1', 'Duval', 'unknown', '', 'd'.repeat(33)])('is nothing for %j, without a read', async (name) => {
    const { connections, store, reads } = await stage();
    await store('duval', { label: 'Duval TP' });
    reads();
    expect(await connections.get(name)).toBeUndefined();
    expect(reads()).toEqual([]);
  });

  it('cannot be read if a newer version has stored it: that is told, by the connection’s name alone', async () => {
    const { connections, ledger, telemetry } = await stage();
    const newer = { version: 2, state: 'connected', settings: { ...written, colour: 'red' }, changedBy: 'b' };
    await ledger.remember('connection/duval', { ...newer, changedAt: '2026-11-23T09:00:00Z' });
    await expect(connections.get('duval')).rejects.toMatchObject({ name: 'UnreadableSettings', paths: ['colour'] });
    expect(telemetry.logged).toEqual([['error', 'SETTINGS_UNREADABLE', { connection: 'duval' }]]);
  });
});

describe('a stage in which nothing is stored yet', () => {
  it('tells nobody that a connection does not exist: it was deployed before its connections were stored', async () => {
    const connections = new CachedConnections({
      table: new InMemoryLedger(),
      telemetry: recordedTelemetry(),
      now: () => new Date(),
    });
    await expect(connections.get('duval')).rejects.toMatchObject({ name: 'NothingStored' });
    expect(await connections.roster()).toEqual([]);
  });
});
