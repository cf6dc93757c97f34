import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { storeConnection } from '../../shared/connection/stored-connections.ts';
import { placeOf } from '../../shared/lists/places.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { typeOf } from '../../shared/invoice/events.ts';
import { type Builder, buildersOf, worldOf } from '../support/builders.ts';
import { submitCommand } from '../support/commands.ts';
import { atScale } from '../support/scale.ts';

const count = atScale(1_000, 20);
const each = atScale(20, 2);
const oneIn = atScale(50, 6);
/** Of each call of a slow connection. */
const slowness = 2000;
const minute = 60_000;
/** Twenty thousand invoices take an hour or more. */
const patience = atScale(180, 8) * minute;
const interval = 15;

const builders = buildersOf(count, oneIn);
const healthy = builders.filter(({ trouble }) => trouble === undefined);
/** Who is slow is served too, in its own time. */
const served = builders.filter(({ trouble }) => trouble === undefined || trouble === 'slow');
const settingsOf = ({ name, siret }: Pick<Builder, 'name' | 'siret'>) => ({
  label: 'A builder',
  environment: 'qualification',
  companies: [{ name, siret }],
});
const numbersOf = ({ name }: Builder): string[] => Array.from({ length: each }, (_, i) => `${name}-${i + 1}`);

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
  /** For how many minutes turns were given: the schedule comes due each minute. */
  const minutesOfTurns = () => relay.cloud.schedules().find(({ name }) => name.includes('turns'))?.runs ?? 0;
  const expected = healthy.flatMap(numbersOf);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'many-connections-'));
    await writeFile(
      join(folder, 'first.json'),
      JSON.stringify(settingsOf({ name: 'First', siret: SUPPLIERS.company })),
    );
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    relay = await bringUp({
      clock,
      world: worldOf(builders, clock.now()),
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
    const ledger = new DynamoDbLedger({ client: dynamodb, table: endpoints.table, placeOf });
    const changedAt = '2026-11-23T08:00:00.000Z';
    for (const builder of builders) {
      const change = { state: 'connected', settings: settingsOf(builder), changedBy: 'test', changedAt } as const;
      await storeConnection(ledger, builder.name, change, undefined);
      const { name, trouble, credentials } = builder;
      const secret = trouble === 'password' ? { ...credentials, technicalPassword: 'of last year' } : credentials;
      relay.cloud.storeSecret(secretNameOf('qualification', name), secret);
      if (trouble === 'slow')
        relay.simulator?.faults.add({ kind: 'latency', milliseconds: slowness, account: credentials.technicalLogin });
    }
    destroy();
    for (const builder of builders)
      await Promise.all(
        numbersOf(builder).map((number) => {
          const command = { connection: builder.name, supplier: { company: builder.name } };
          return erp.send(JSON.stringify(submitCommand({ command, invoice: { number } })), builder.name);
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
    const own = served.flatMap((builder) => numbersOf(builder).map((number) => `${builder.siret}/${number}`));
    expect(Object.keys(invoices).sort()).toEqual(own.toSorted());
    expect(Object.values(invoices).every((times) => times === 1)).toBe(true);
  });

  it(
    'are told of what is paid within the interval, and each is read once in each',
    async () => {
      // What came due while so many were sent is made up for at once: one turn for each.
      await relay.cloud.advance(interval * minute, { catchUp: 'last' });
      expect((await paid()).size).toBe(0);
      for (const number of served.flatMap(numbersOf)) relay.simulator?.model.setStatus(number, 'MISE_EN_PAIEMENT');
      polls = new Map();
      const before = minutesOfTurns();
      await relay.cloud.advance(interval * minute);
      // The clock runs on while a slow machine works: then it is more than one interval.
      const intervals = (minutesOfTurns() - before) / interval;
      const isOnceInEach = (times = 0) => times === Math.floor(intervals) || times === Math.ceil(intervals);
      expect(intervals).toBeGreaterThanOrEqual(1);
      expect(healthy.filter(({ name }) => !isOnceInEach(polls.get(name)))).toEqual([]);
      const told = await paid();
      expect(expected.filter((number) => !told.has(number))).toEqual([]);
    },
    patience,
  );
});
