import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { storeConnection } from '../../shared/connection/stored-connections.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { typeOf } from '../../shared/invoice/events.ts';
import { submitCommand } from '../support/commands.ts';
import { atScale } from '../support/scale.ts';

const count = atScale(1_000, 20);
const each = atScale(20, 2);
/** These have no credentials, or a wrong password. */
const oneIn = atScale(50, 10);
const minute = 60_000;
/** Twenty thousand invoices take an hour or more. */
const patience = atScale(180, 8) * minute;
const interval = 15;

const settings = {
  label: 'A builder',
  environment: 'qualification',
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company }],
};
const names = Array.from({ length: count }, (_, i) => `builder-${i + 1}`);
const broken = names.filter((_, i) => i % oneIn === oneIn - 1);
const healthy = names.filter((name) => !broken.includes(name));
const numbersOf = (name: string): string[] => Array.from({ length: each }, (_, i) => `${name}-${i + 1}`);

/** What a line of the log says of a turn. */
const lineSchema = z.looseObject({ code: z.string().optional(), connection: z.string().optional() });

describe(`${count} connections with ${count * each} invoices, one in ${oneIn} broken`, () => {
  let relay: Relay;
  let folder: string;
  let erp: Erp;
  /** How often each connection was read to the end since the last look. */
  let polls = new Map<string, number>();

  const paid = async () => {
    const events = await erp.readInbox();
    return new Set(events.flatMap((event) => (event.type === typeOf('paid') ? [event.data.number] : [])));
  };
  const expected = healthy.flatMap(numbersOf);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'many-connections-'));
    await writeFile(join(folder, 'first.json'), JSON.stringify(settings));
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      context: { connections: ['first'] },
      build: { connectionsFolder: folder },
      onLog: ({ line }) => {
        if (!line.includes('POLL_DONE')) return;
        const { connection = '' } = lineSchema.parse(JSON.parse(line));
        polls.set(connection, (polls.get(connection) ?? 0) + 1);
      },
    });
    const endpoints = endpointsOf(relay);
    erp = new Erp(endpoints);
    const { dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'operator' });
    const ledger = new DynamoDbLedger({ client: dynamodb, table: endpoints.table });
    const changedAt = '2026-11-23T08:00:00.000Z';
    for (const [i, name] of names.entries()) {
      const change = { state: 'connected', settings, changedBy: 'test', changedAt } as const;
      await storeConnection(ledger, name, change, undefined);
      const wrong = { ...simulatorCredentials, technicalPassword: 'of last year' };
      if (!broken.includes(name)) relay.cloud.storeSecret(secretNameOf('qualification', name), simulatorCredentials);
      else if (i % 2 === 0) relay.cloud.storeSecret(secretNameOf('qualification', name), wrong);
    }
    destroy();
    for (const name of names)
      await Promise.all(
        numbersOf(name).map((number) => {
          const command = { connection: name };
          return erp.send(JSON.stringify(submitCommand({ command, invoice: { number } })), name);
        }),
      );
    await relay.cloud.idle({ parked: 'leave' });
  }, patience);
  afterAll(async () => {
    erp.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  it('have every invoice of the healthy ones in Chorus Pro, each once', () => {
    const { invoices } = relay.simulator?.model.effects ?? { invoices: {} };
    expect(Object.keys(invoices).sort()).toEqual(expected.map((number) => `${SUPPLIERS.company}/${number}`).toSorted());
    expect(Object.values(invoices).every((times) => times === 1)).toBe(true);
  });

  it(
    'are told of what is paid within the interval, and each is read once in it',
    async () => {
      await relay.cloud.advance(interval * minute);
      for (const number of expected) relay.simulator?.model.setStatus(number, 'MISE_EN_PAIEMENT');
      expect((await paid()).size).toBe(0);
      polls = new Map();
      await relay.cloud.advance(interval * minute);
      expect([...polls.keys()].filter((name) => name !== 'first').sort()).toEqual(healthy.toSorted());
      expect([...(await paid())].sort()).toEqual(expected.toSorted());
      expect(new Set(polls.values())).toEqual(new Set([1]));
    },
    patience,
  );
});
