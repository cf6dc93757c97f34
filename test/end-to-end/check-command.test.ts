import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { DrivenClock, type LocalCloud } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials, startSimulator, type Simulator } from '../../tools/local-cloud/simulator.ts';
import { makeTrouble, type TroubleName } from '../../tools/chorus-pro-simulator/index.ts';
import { cloudOf } from '../infra/local-fixture.ts';
import { runVerbs } from '../infra/operator-fixture.ts';

const start = new Date('2026-11-23T09:00:00Z');
const inVariables = {
  PISTE_CLIENT_ID: simulatorCredentials.pisteClientId,
  PISTE_CLIENT_SECRET: simulatorCredentials.pisteClientSecret,
  CHORUS_PRO_LOGIN: simulatorCredentials.technicalLogin,
  CHORUS_PRO_PASSWORD: simulatorCredentials.technicalPassword,
};

async function simulator(trouble?: TroubleName): Promise<Simulator> {
  const clock = new DrivenClock({ start });
  const started = await startSimulator({ clock });
  onTestFinished(() => started.close());
  if (trouble) makeTrouble(started.model.world, trouble, clock.now());
  return started;
}

const state = await mkdtemp(join(tmpdir(), 'check-state-'));
afterAll(() => rm(state, { recursive: true }));

interface Given {
  server?: Simulator;
  cloud?: LocalCloud;
  variables?: NodeJS.ProcessEnv;
  input?: string;
  /** In a process of its own, with a standard input of its own, rather than in the one that other tests use too. */
  alone?: boolean;
}

async function runAlone(args: readonly string[], env: NodeJS.ProcessEnv, input: string) {
  const path = fileURLToPath(new URL('../../tools/start.js', import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output, errors };
}

/** As on a French machine that is set up for this cloud, with nobody at the keyboard. */
async function run(command: 'check' | 'credentials', args: readonly string[], given: Given = {}) {
  const { server, cloud, variables = {}, input = '', alone = false } = given;
  const servers = server ? ['--chorus-pro', server.url, '--piste', server.url] : [];
  const env = {
    PATH: process.env['PATH'],
    LC_ALL: 'fr_FR.UTF-8',
    AWS_ENDPOINT_URL: cloud?.endpoint ?? 'http://127.0.0.1:1',
    AWS_REGION: cloud?.region ?? 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
    XDG_STATE_HOME: state,
    ...variables,
  };
  const { code, output, errors } = await (alone ? runAlone : runVerbs)([command, ...args, ...servers], env, input);
  for (const secret of [simulatorCredentials.pisteClientSecret, simulatorCredentials.technicalPassword])
    expect(output + errors).not.toContain(secret);
  return { code, output, errors };
}

const SecretId = 'chorus-relay/qualification/example';
/** By its queue, the operator’s commands know that the stage is deployed here. */
const deployed = {
  invoices: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'chorus-relay-qualification-invoices' } },
};

function secretsOf({ endpoint, region }: LocalCloud): SecretsManagerClient {
  const client = new SecretsManagerClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  return client;
}

describe('npx relay check', () => {
  test('says in a table that lines up, without colours, that all holds', async () => {
    const { code, output } = await run('check', ['example'], { server: await simulator(), variables: inVariables });
    expect(code).toBe(0);
    expect(output).not.toContain('\u001b');
    const lines = output.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('Connexion avec Chorus Pro établie');
    const column = lines[0]?.indexOf('les quatre') ?? 0;
    expect(lines.filter((line) => line.startsWith('✓')).length).toBeGreaterThan(10);
    for (const line of lines.filter((one) => /^[✓!✗–]/.test(one))) {
      expect(line.slice(column - 2, column)).toBe('  ');
      expect(line[column]).not.toBe(' ');
    }
  });

  test('says what does not hold and where to mend it, in English too, or as JSON', async () => {
    const server = await simulator('no-raccordement');
    const spoken = await run('check', ['example', '--language', 'en'], { server, variables: inVariables });
    expect(spoken.code).toBe(1);
    expect(spoken.output).toMatch(
      /✗ Raccordement +the account is known[^\n]+\n +→ Chorus Pro, Raccordement EDI et API/,
    );
    const machine = await run('check', ['example', '--json'], { server, variables: inVariables });
    expect(machine.code).toBe(1);
    expect(JSON.parse(machine.output)).toMatchObject({ connection: 'example', established: false });
  });

  test('tells a wrong client id from a wrong secret once it has seen them work', async () => {
    const server = await simulator();
    await run('check', ['example'], { server, variables: inVariables });
    const other = 'fa4efa4e-0000-4000-8000-000000000009';
    const wrong = async (variables: object) =>
      (await run('check', ['example'], { server, variables: { ...inVariables, ...variables } })).output;
    expect(await wrong({ PISTE_CLIENT_ID: other })).toContain('l’identifiant client (Client ID) est faux');
    expect(await wrong({ PISTE_CLIENT_SECRET: other })).toContain('le secret (Client Secret) est faux');
  });

  test('takes credentials from a file, standard input or Secrets Manager', async () => {
    const server = await simulator();
    const input = JSON.stringify(simulatorCredentials);
    expect((await run('check', ['example', '--credentials', '-'], { server, input, alone: true })).code).toBe(0);
    const cloud = await cloudOf(deployed, { clock: new DrivenClock({ start }) });
    const { code, output } = await run('check', ['example'], { server, cloud });
    expect([code, output.split('\n')[0]]).toEqual([1, expect.stringContaining('✗ Identifiants enregistrés')]);
    await secretsOf(cloud).send(new CreateSecretCommand({ Name: SecretId, SecretString: input }));
    expect((await run('check', ['example'], { server, cloud })).code).toBe(0);
  });

  test.each([
    [['--help'], {}, 0, 'exit codes'],
    [[], {}, 2, 'usage'],
    [['example', 'bertin'], {}, 2, 'usage'],
    [['Example'], {}, 2, '<connection> "Example" is not the name of a connection: lower-case'],
    [['nowhere'], {}, 2, 'there is no connection "nowhere"; there are: example'],
    [['example', '--language', 'de'], {}, 2, '--language "de" is neither fr nor en'],
    [['example', '--piste', 'http://127.0.0.1:1'], {}, 2, 'go together'],
    [['example', '--chorus-pro', 'x', '--piste', 'y'], {}, 2, '--chorus-pro "x" is not a URL'],
    [['example'], { PISTE_CLIENT_ID: 'x' }, 2, 'set PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN, CHORUS_PRO_PASSWORD too'],
    [['example', '--credentials', '/nowhere.json'], {}, 1, 'cannot read /nowhere.json'],
  ])('%j %j ends with %i', async (args, variables, code, said) => {
    const ended = await run('check', ['--language', 'en', ...args], { variables });
    expect(ended.code).toBe(code);
    expect(ended.output + ended.errors).toContain(said);
    expect(ended.errors).not.toContain('    at ');
  });
});

describe('npx relay credentials', () => {
  const emptyCloud = () => cloudOf(deployed, { clock: new DrivenClock({ start }) });
  async function stored(cloud: LocalCloud): Promise<unknown> {
    try {
      const { SecretString = '' } = await secretsOf(cloud).send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(SecretString);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  test('stores what works', async () => {
    const cloud = await emptyCloud();
    const given = { ...simulatorCredentials, pisteSecretCreatedAt: '2026-11-20T00:00:00Z' };
    const folder = await mkdtemp(join(tmpdir(), 'credentials-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'given.json'), JSON.stringify(given));
    const args = ['example', '--from-file', join(folder, 'given.json')];
    const { code, output } = await run('credentials', args, { cloud, server: await simulator() });
    expect(code).toBe(0);
    expect(output).toContain('Enregistrés');
    expect(output).toContain('Les SIRET n’ont pas été contrôlés : « npx relay check example ».');
    expect(await stored(cloud)).toEqual(given);
  });

  test.each([
    ['pisteClientSecret', 'piste-token'],
    ['technicalPassword', 'technical-account'],
  ] as const)('stores nothing when the %s is wrong, and names the link', async (name, step) => {
    const cloud = await emptyCloud();
    const input = JSON.stringify({ ...simulatorCredentials, [name]: 'wrong' });
    const server = await simulator();
    const { code, output } = await run('credentials', ['example', '--json'], { cloud, server, input });
    expect(code).toBe(1);
    const failing: unknown = expect.arrayContaining([expect.objectContaining({ step, verdict: 'fails' })]);
    expect(JSON.parse(output)).toMatchObject({ stored: false, outcome: 'nothing', steps: failing });
    expect(await stored(cloud)).toBeUndefined();
    expect(server.model.effects.failedLogins).toBeLessThan(2);
  });

  test('says that the stage must be deployed first, before it asks for anything', async () => {
    const cloud = await cloudOf({}, { clock: new DrivenClock({ start }) });
    const { code, errors } = await run('credentials', ['example'], { cloud });
    expect(code).toBe(1);
    expect(errors).toContain('il n’y a pas de file chorus-relay-qualification-invoices');
  });

  test('says how the secret of a connection that was taken out comes back', async () => {
    const cloud = await emptyCloud();
    cloud.storeSecret(SecretId, simulatorCredentials);
    await secretsOf(cloud).send(new DeleteSecretCommand({ SecretId }));
    const { code, errors } = await run('credentials', ['example'], { cloud });
    expect(code).toBe(1);
    expect(errors).toContain('« npx relay connect example » restaure son secret');
  });

  test.each([
    [['--help'], 0, 'codes de sortie'],
    [[], 2, 'usage'],
    [['example', '--stage', 'no-hyphens'], 2, 'stage'],
    [['example', '--everything'], 2, '--everything'],
  ])('%j ends with %i', async (args, code, said) => {
    const ended = await run('credentials', args);
    expect(ended.code).toBe(code);
    expect(ended.output + ended.errors).toContain(said);
  });
});
