import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf, writeEndpoints } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { runVerbs } from '../infra/operator-fixture.ts';
import { submitCommand } from '../support/commands.ts';

/** Deployed with another connection, so that `example` is new to it. */
const other = {
  label: 'Bertin',
  environment: 'qualification',
  companies: [{ name: 'Bertin', siret: SUPPLIERS.company }],
};

describe('a new connection in a stage that is deployed', () => {
  let relay: Relay;
  let folder: string;
  let erp: Erp;
  const logged: string[] = [];

  const run = async (...args: string[]) => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'fr_FR.UTF-8', RELAY_LOCAL: folder };
    return runVerbs([...args, '--local'], env);
  };
  const send = (number: string) => erp.send(JSON.stringify(submitCommand({ invoice: { number } })), 'example');
  /** What the ERP heard last. */
  const told = async () => {
    const { type, data } = (await erp.readInbox()).at(-1) ?? {};
    return [type, data?.number, ...(data?.reasons ?? []).map(({ code }) => code)];
  };
  const unknown = (number: string) => ['chorus-relay.invoice.refused.v1', number, 'unknown-connection'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-'));
    await writeFile(join(folder, 'bertin.json'), JSON.stringify(other));
    await writeFile(join(folder, 'credentials.json'), JSON.stringify(simulatorCredentials));
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      context: { connections: ['bertin'] },
      build: { connectionsFolder: folder },
      onLog: ({ line }) => logged.push(line),
    });
    const endpoints = endpointsOf(relay);
    await writeEndpoints(endpoints, join(folder, 'endpoints.json'));
    erp = new Erp(endpoints);
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  it('is unknown, and the ERP is told so, without the names of others', async () => {
    await send('N-1');
    await relay.cloud.idle();
    expect(await told()).toEqual(unknown('N-1'));
    expect(JSON.stringify(await erp.readInbox())).not.toContain('bertin');
  });

  it('stores nothing with credentials that do not work', async () => {
    const wrong = { ...simulatorCredentials, technicalPassword: 'wrong' };
    await writeFile(join(folder, 'wrong.json'), JSON.stringify(wrong));
    const { code, errors } = await run('connect', 'example', '--from-file', join(folder, 'wrong.json'));
    expect(code).toBe(1);
    expect(errors).toContain('Rien n’a été enregistré.');
    await send('N-2');
    await relay.cloud.idle();
    expect(await told()).toEqual(unknown('N-2'));
    expect(await erp.readInbox()).toHaveLength(2);
  });

  it('is established under a minute, and no function is deployed for it', async () => {
    // What a function believes of the name from the message before.
    await send('N-3');
    await relay.cloud.idle();
    const started = performance.now();
    const { code, output } = await run('connect', 'example', '--from-file', join(folder, 'credentials.json'));
    const seconds = (performance.now() - started) / 1000;
    expect(output).toMatch(/^Connectée : version 1, /m);
    expect(output.trimEnd()).toMatch(/Connexion avec Chorus Pro établie$/);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(60);
    await send('N-4');
    await relay.cloud.idle();
    expect(await told()).toEqual(['chorus-relay.invoice.submitted.v1', 'N-4']);
  });

  it('is polled, checked and watched from then on', async () => {
    const invoke = (name: string) => relay.cloud.invoke(`chorus-relay-qualification-${name}`, {});
    const names = z.object({ payload: z.array(z.looseObject({ connection: z.string() })) });
    await relay.cloud.advance(120_000, { catchUp: 'last' });
    const polled = logged.filter((line) => line.includes('POLL_DONE'));
    for (const connection of ['bertin', 'example'])
      expect(
        polled.some((line) => line.includes(`"connection":"${connection}"`)),
        connection,
      ).toBe(true);
    for (const name of ['check-connection', 'watch-credentials']) {
      const { payload } = names.parse(await invoke(name));
      expect(payload.map(({ connection }) => connection).sort(), name).toEqual(['bertin', 'example']);
    }
    expect(await invoke('give-turns')).toEqual({ payload: { given: 5 } });
    expect(logged.filter((line) => line.includes('UNEXPECTED'))).toEqual([]);
  });

  it('is told that a Client Secret is the one from before, and until when it is to be renewed', async () => {
    const store = async (pisteSecretCreatedAt: string) => {
      const file = join(folder, 'again.json');
      await writeFile(file, JSON.stringify({ ...simulatorCredentials, pisteSecretCreatedAt }));
      return run('credentials', 'example', '--from-file', file);
    };
    const young = await store('2026-11-23T08:00:00Z');
    expect(young.output).toContain(
      'Le Client Secret est le même qu’avant : il est à renouveler avant le 21 février 2027.',
    );
    expect(young.output).toContain('« npx relay check example --local »');
    expect(young.code).toBe(0);
    const old = await store('2026-08-01T08:00:00Z');
    expect(old.output).toContain('il reste à renouveler depuis le 30 octobre 2026. Créez-en un nouveau dans PISTE');
    expect(old.code).toBe(4);
  });
});
