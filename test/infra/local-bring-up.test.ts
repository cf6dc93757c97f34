import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectedNames, readRoster } from '../../shared/connection/roster.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { bringUp, type Step } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import {
  claimEndpoints,
  endpointsOf,
  readEndpoints,
  removeEndpoints,
  writeEndpoints,
} from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { cloudOf } from './local-fixture.ts';
import { writeHandlers } from './stacks-fixture.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bring-up-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('the project’s own template comes up with the simulator, the credentials and the endpoints', async () => {
  const folder = await temporaryFolder();
  await writeHandlers(
    join(folder, 'functions'),
    'export const handler = async () => process.env.CHORUS_PRO_URL ?? null;',
  );
  const steps: Step[] = [];
  const relay = await bringUp({
    clock: new DrivenClock(),
    build: { source: join(folder, 'functions'), outdir: join(folder, 'built') },
    onStep: (step) => steps.push(step),
  });
  onTestFinished(() => relay.stop());
  expect(steps).toEqual(['simulator', 'template', 'cloud', 'connections']);
  const { cloud, simulator } = relay;
  expect(await cloud.invoke('submit-invoice')).toEqual({ payload: simulator?.url });

  const { endpoint, region } = cloud;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ endpoint, region, credentials });
  onTestFinished(() => client.destroy());
  const secret = await client.send(new GetSecretValueCommand({ SecretId: 'chorus-relay/qualification/example' }));
  expect(JSON.parse(secret.SecretString ?? '')).toEqual(simulatorCredentials);

  const file = join(folder, '.local', 'endpoints.json');
  const endpoints = endpointsOf(relay);
  await writeEndpoints(endpoints, file);
  expect(await readEndpoints(file)).toEqual(endpoints);
  expect(endpoints.queues['chorus-relay-qualification-invoices']).toBe(endpoints.outputs['InvoicesQueueUrl']);
  expect([endpoints.bucket, endpoints.table, endpoints.topic]).not.toContain('');
  await removeEndpoints({ ...endpoints, endpoint: 'of another relay' }, file);
  expect(await readEndpoints(file)).toEqual(endpoints);
  await removeEndpoints(endpoints, file);
  expect(await readEndpoints(file)).toBeUndefined();

  await cloud.advance(3_600_000);
  expect(cloud.schedules().find(({ name }) => name === 'give-turns')?.runs).toBe(60);
});

test('two that come up at once have each its own connections', async () => {
  const folder = await temporaryFolder();
  const source = join(folder, 'functions');
  await writeHandlers(source);
  const up = async (name: string) => {
    const connectionsFolder = join(folder, name);
    await mkdir(connectionsFolder);
    const companies = [{ name, siret: SUPPLIERS.company }];
    const settings = { label: name, environment: 'qualification', companies };
    await writeFile(join(connectionsFolder, `${name}.json`), JSON.stringify(settings));
    const context = { connections: [name] };
    const relay = await bringUp({ clock: new DrivenClock(), context, build: { source, connectionsFolder } });
    onTestFinished(() => relay.stop());
    const clients = localClients({ ...relay.cloud, accessKeyId: 'operator' });
    onTestFinished(clients.destroy);
    const table = relay.cloud.outputs['LedgerTable'] ?? '';
    return connectedNames(await readRoster(new DynamoDbMemory({ client: clients.dynamodb, table })));
  };
  expect(await Promise.all(['bertin', 'duval'].map(up))).toEqual([['bertin'], ['duval']]);
});

interface Ended {
  code: number;
  output: string;
}

async function run(verb: string, ...args: string[]): Promise<Ended> {
  const path = fileURLToPath(new URL('../../tools/start.js', import.meta.url));
  const env = { PATH: process.env['PATH'] };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path, verb, ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), output: String(error.stderr) };
  }
}

test.each([
  ['local', ['--help'], 0, 'exit codes'],
  ['local', ['--fast'], 2, '--fast'],
  ['local', ['--port', 'any'], 2, 'any'],
  ['local', ['--chorus-pro', 'http://localhost:1'], 2, '--piste'],
  ['local', ['--no-simulator'], 2, 'PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN, CHORUS_PRO_PASSWORD'],
  ['invoke', ['--help'], 0, 'exit codes'],
  ['invoke', [], 2, 'usage'],
  ['invoke', ['take-turns', '{not JSON'], 2, 'not JSON'],
  ['invoke', ['take-turns', 'no-such-file.json'], 2, 'no-such-file.json'],
])('%s %j ends with %i', async (verb, args, code, said) => {
  const ended = await run(verb, ...args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});

describe('before a relay comes up', () => {
  const at = async (path: string, content?: object): Promise<string> => {
    const folder = await temporaryFolder();
    if (content) await writeFile(join(folder, 'endpoints.json'), JSON.stringify(content));
    return join(folder, path);
  };
  const known = { region: 'r', queues: {}, bucket: 'b', table: 't', topic: 't', functions: [], outputs: {} };

  test('one that is up already is named, and one that is gone is no obstacle', async () => {
    const cloud = await cloudOf({});
    const file = await at('endpoints.json', { ...known, endpoint: cloud.endpoint });
    await expect(claimEndpoints(file)).rejects.toThrow(`a relay is up already at ${cloud.endpoint}: end it first`);
    await cloud.stop();
    await claimEndpoints(file);
  });

  test('a file that cannot be written is named', async () => {
    const file = await at('endpoints.json/folder/endpoints.json', known);
    await expect(claimEndpoints(file)).rejects.toThrow(`cannot write ${file}, where the other commands look`);
  });

  test('a file in the place of its folder is to be removed', async () => {
    const file = await at('endpoints.json/endpoints.json', known);
    await expect(claimEndpoints(file)).rejects.toThrow(
      'endpoints.json is a file, where the local relay has its folder',
    );
  });
});
