import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../support/commands.ts';
import { readLedger } from './faults-crowd.ts';

const busy = Array.from({ length: 20 }, (_, i) => `busy-${i + 1}`);
const down = 'down';
/** What the connection that is down has dropped before the others come. */
const crowdOfTheDown = 40;
const settings = {
  label: 'Duval',
  environment: 'qualification',
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company }],
};

/** Its password is wrong: every call it makes is refused, and its messages stay on the queue that all share. */
describe('one connection that is down beside twenty that are busy', () => {
  let relay: Relay;
  let folder: string;
  let records: LedgerRecord[] = [];
  let refusedLogins = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
    const names = [down, ...busy];
    for (const name of names) await writeFile(join(folder, `${name}.json`), JSON.stringify(settings));
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      context: { connections: names },
      build: { connectionsFolder: folder },
      // So few that messages which wait would be in the way of the others, if they could be.
      maximumConcurrency: 2,
      onLog: ({ line }) => {
        if (line.includes('CONNECTION_SUSPENDED')) refusedLogins += 1;
      },
    });
    relay.cloud.storeSecret(secretNameOf('qualification', down), {
      ...simulatorCredentials,
      technicalPassword: 'not-the-password',
    });
    const endpoints = endpointsOf(relay);
    const erp = new Erp(endpoints);
    const send = (connection: string, i: number) => {
      const number = `${connection}-${i}`;
      return erp.send(JSON.stringify(submitCommand({ command: { connection }, invoice: { number } })), connection);
    };
    for (let i = 1; i <= crowdOfTheDown; i += 1) await send(down, i);
    for (const connection of busy) await Promise.all([1, 2, 3].map((i) => send(connection, i)));
    await relay.cloud.idle({ parked: 'leave' });
    erp.close();
    const { dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'operator' });
    records = await readLedger(dynamodb, endpoints.table);
    destroy();
  });
  afterAll(async () => {
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  it('the twenty have all their invoices in Chorus Pro, at once', () => {
    const followed = records.filter(({ state }) => state === 'followed').map(({ connection }) => connection);
    expect(followed.sort()).toEqual(busy.flatMap((name) => [name, name, name]).sort());
  });

  it('the one has lost nothing: its messages wait on the queue', async () => {
    const counts = [...(await relay.cloud.queues())];
    const waiting = counts.reduce((sum, [, { visible, inFlight, delayed }]) => sum + visible + inFlight + delayed, 0);
    expect(waiting - records.reduce((sum, { sequence }) => sum + sequence, 0)).toBe(crowdOfTheDown);
    expect(records.filter(({ connection }) => connection === down)).toEqual([]);
  });

  it('and has not locked its account', () => {
    expect(refusedLogins).toBeGreaterThan(0);
    expect(refusedLogins).toBeLessThanOrEqual(2);
  });
});
