import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CachedConnections } from '../../shared/connection/connections.ts';
import { connectedNames, enrol, readRoster } from '../../shared/connection/roster.ts';
import {
  readEarlier,
  readStored,
  settingsIn,
  storeConnection,
  UnreadableSettings,
  type StoredConnection,
} from '../../shared/connection/stored-connections.ts';
import type { Ledger, Memory } from '../../shared/ledger/ledger.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { silentTelemetry } from '../support/silent-telemetry.ts';
import { ledgerEngines } from './ledger-engines.ts';

const at = new Date('2026-11-23T09:00:00Z');
const written = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: 'Duval', siret: SUPPLIERS.company }],
  bankAccounts: { FR7630006000011234567890189: 'Compte courant' },
};
const change = (changes: Partial<Omit<StoredConnection, 'version'>> = {}): Omit<StoredConnection, 'version'> => ({
  ...{ state: 'connected', settings: written, changedBy: 'anna', changedAt: at.toISOString() },
  ...changes,
});

let names = 0;
/** Every test has its own connection: the engines live as long as the file. */
const fresh = (): string => `duval-${(names += 1)}`;

describe.each(ledgerEngines(process.env['DYNAMODB_ENDPOINT']))('the connections on $name', ({ open }) => {
  let table: Ledger & Memory;
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    ({ ledger: table, close } = await open(() => at));
  });
  afterAll(() => close());

  const connections = () => new CachedConnections({ table, telemetry: silentTelemetry, now: () => at });
  const store = async (name: string, next: Omit<StoredConnection, 'version'>, before?: StoredConnection) => {
    const stored = await storeConnection(table, name, next, before);
    if (!stored) throw new Error('lost');
    return stored;
  };

  it('gives back what a file says, with the defaults of whoever reads it', async () => {
    const name = fresh();
    expect(await readStored(table, name)).toBeUndefined();
    const stored = await store(name, change());
    expect(stored).toEqual({ ...change(), version: 1 });
    expect(await readStored(table, name)).toEqual(stored);
    expect(await connections().get(name)).toEqual(settingsIn(name, stored));
    expect(await connections().get(name)).toMatchObject({ pollingIntervalMinutes: 15, ...written });
  });

  it('keeps every version before, with who made it and when', async () => {
    const name = fresh();
    const first = await store(name, change());
    const second = await store(
      name,
      change({ settings: { ...written, label: 'Duval TP' }, changedBy: 'bruno' }),
      first,
    );
    await store(name, change({ state: 'disconnected' }), second);
    expect(await readEarlier(table, name, 1)).toEqual(first);
    expect(await readEarlier(table, name, 2)).toEqual(second);
    expect(await readStored(table, name)).toMatchObject({ version: 3, state: 'disconnected' });
    expect(await connections().get(name)).toBeUndefined();
  });

  it('of two people who change one at once, one wins whole, and the other stores nothing', async () => {
    const name = fresh();
    const first = await store(name, change());
    const both = ['anna', 'bruno'].map((changedBy) =>
      storeConnection(table, name, change({ changedBy, settings: { ...written, label: changedBy } }), first),
    );
    const [winner, ...others] = (await Promise.all(both)).filter((stored) => stored !== undefined);
    expect(others).toEqual([]);
    expect(winner?.settings['label']).toBe(winner?.changedBy);
    expect(await readStored(table, name)).toEqual(winner);
    expect(await readEarlier(table, name, 1)).toEqual(first);
    expect(await storeConnection(table, name, change(), undefined), 'who thought there was none').toBeUndefined();
  });

  it('stores nothing that it could not read', async () => {
    const name = fresh();
    await expect(store(name, change({ settings: { ...written, colour: 'red' } }))).rejects.toThrow(
      new UnreadableSettings(name, ['colour']),
    );
    expect(await readStored(table, name)).toBeUndefined();
    expect((await readRoster(table)).map((entry) => entry.name)).not.toContain(name);
  });

  it('of a newer version’s setting says so, and the others go on', async () => {
    const [damaged, other] = [fresh(), fresh()];
    await store(other, change());
    const first = await store(damaged, change());
    const newer = { ...first, version: 2, settings: { ...written, works: { colour: 'red' } } };
    await table.swap(`connection/${damaged}`, { value: { ...newer, writeId: 'w' }, replaces: 1 });
    const read = connections();
    await expect(read.get(damaged)).rejects.toMatchObject({ name: 'UnreadableSettings', paths: ['works.colour'] });
    expect(await read.get(other)).toMatchObject({ name: other });
    expect(connectedNames(await read.roster())).toEqual(expect.arrayContaining([damaged, other]));
  });

  it('has a roster of all of them, which many may enter at once', async () => {
    const crowd = Array.from({ length: 40 }, fresh);
    await Promise.all(crowd.map((name) => store(name, change())));
    const [one = ''] = crowd;
    const settings = { ...written, pollingIntervalMinutes: 5, validations: {}, orders: {} };
    await store(one, change({ settings }), { ...change(), version: 1 });
    const roster = await readRoster(table);
    expect(connectedNames(roster)).toEqual(expect.arrayContaining(crowd));
    expect(roster.map(({ name }) => name)).toEqual(roster.map(({ name }) => name).sort());
    expect(roster.find(({ name }) => name === one)).toEqual({
      ...{ name: one, version: 2, state: 'connected', orders: true, mail: false, hasOwnInbox: false },
      ...{ pollingIntervalMinutes: 5, validationsIntervalMinutes: 60 },
    });
  });

  it('and a late entry of an earlier version does not take the place of a later one', async () => {
    const name = fresh();
    const first = await store(name, change());
    await store(name, change({ state: 'disconnected' }), first);
    await enrol(table, first, settingsIn(name, first));
    expect(connectedNames(await readRoster(table))).not.toContain(name);
  });
});
