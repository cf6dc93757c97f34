import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ExactEnvironment, RelayFunctionProps } from '../../infra/constructs/relay-function.ts';
import { deploymentFrom, stageWith } from '../../infra/deployment.ts';
import { ledgerExpiry, ledgerIndexes } from '../../infra/names.ts';
import { dueIndex, listIndex, openIndex, watchIndex } from '../../shared/ledger/dynamodb-ledger.ts';
import { expiryAttribute } from '../../shared/ledger/dynamodb-memory.ts';
import { ofType, stacksOf } from './stacks-fixture.ts';

interface Names {
  required: readonly ['TABLE'];
  optional: readonly ['URL'];
}

describe('the environment of a function', () => {
  it('is given as it is read', () => {
    expectTypeOf<{ TABLE: string }>().toExtend<ExactEnvironment<Names, { TABLE: string }>>();
    expectTypeOf<{ TABLE: string; URL: string }>().toExtend<ExactEnvironment<Names, { TABLE: string; URL: string }>>();
  });

  it('does not compile with a name too few', () => {
    expectTypeOf<{ URL: string }>().not.toExtend<ExactEnvironment<Names, { URL: string }>>();
  });

  it('does not compile with a name too many, not even for a function that reads none', () => {
    expectTypeOf<{ TABLE: string; EXTRA: string }>().not.toExtend<
      ExactEnvironment<Names, { TABLE: string; EXTRA: string }>
    >();
    type OfNone = RelayFunctionProps<
      { required: readonly []; optional: readonly [] },
      { EXTRA: string }
    >['environment'];
    expectTypeOf<{ EXTRA: string }>().not.toExtend<OfNone>();
  });
});

describe('a deployment', () => {
  it('stands beside another stage in one account: no name is taken twice', async () => {
    const named = async (stage: string) => {
      const { all } = await stacksOf(stage);
      const own = [
        'QueueName',
        'TopicName',
        'FunctionName',
        'AlarmName',
        'LogGroupName',
        'AliasName',
        'DashboardName',
        'ApplicationName',
        'DeploymentGroupName',
        'ManagedPolicyName',
      ];
      // Not a secret: it is named after its connection, which is of one stage.
      const plain = ['AWS::Scheduler::ScheduleGroup', 'AWS::Logs::QueryDefinition'];
      return all.flatMap(({ Type, Properties }) =>
        [...own, ...(plain.includes(Type) ? ['Name'] : [])].flatMap((property) => {
          const name = Properties[property];
          return typeof name === 'string' ? [name] : [];
        }),
      );
    };
    const qualification = await named('qualification');
    const production = await named('production');
    expect(qualification.length).toBeGreaterThan(20);
    expect(production).toHaveLength(qualification.length);
    expect(production.filter((name) => qualification.includes(name))).toEqual([]);
  });

  it('may be pointed at another server, and only then tells its functions so', async () => {
    const servers = { chorusProUrl: 'http://127.0.0.1:4000', pisteTokenUrl: 'http://127.0.0.1:4000/token' };
    const functionsOf = async (context: Record<string, unknown>) =>
      JSON.stringify(
        (await stacksOf('test', context)).relay.resources.filter(({ Type }) => Type === 'AWS::Lambda::Function'),
      );
    expect(await functionsOf(servers)).toContain('"CHORUS_PRO_URL":"http://127.0.0.1:4000"');
    expect(await functionsOf({})).not.toContain('CHORUS_PRO_URL');
  });

  it('names every fault of its context at once', () => {
    const faulty = {
      stage: 'Test!',
      connections: [],
      alarmEmails: ['nobody'],
      chorusProUrl: 'ftp://x',
      maximumConcurrency: 1,
    };
    const said = () => deploymentFrom(faulty);
    for (const name of ['stage', 'connections', 'alarmEmails.0', 'chorusProUrl', 'maximumConcurrency']) {
      expect(said).toThrow(`\n  ${name}: `);
    }
  });

  it.each([
    ['a provider without encryption', { issuer: 'http://login.example.org' }, 'desk.issuer'],
    ['no audience', { clientId: '' }, 'desk.clientId'],
    ['an address in the place of an origin', { tokenOrigin: 'https://login.example.org/token' }, 'desk.tokenOrigin'],
    ['a name that it does not know', { client: 'desk' }, 'desk'],
  ])('takes no desk with %s', (_what, changed, name) => {
    const desk = { issuer: 'https://login.example.org', clientId: 'desk', ...changed };
    expect(() => deploymentFrom({ stage: 'test', connections: ['example'], desk })).toThrow(`\n  ${name}: `);
  });

  describe('of many connections', () => {
    const companies = [{ name: 'Duval', siret: '99910001900010' }];
    const connection = { label: 'Duval', environment: 'qualification', companies };
    const deployed = (count: number, inbox: 'own' | 'shared') =>
      stacksOf(
        'test',
        {},
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, { ...connection, inbox }])),
      );
    it.each(['shared', 'own'] as const)('has no more in the stack of the relay (inbox: %s)', async (inbox) => {
      const [one, many] = [await deployed(1, inbox), await deployed(12, inbox)];
      expect(many.relay.resources).toHaveLength(one.relay.resources.length);
      expect(many.data.resources).toEqual(one.data.resources);
      expect(many.connections).toHaveLength(12);
    });

    it('deploys one of them without the relay: its stack knows that one by names alone', async () => {
      const { data, connections } = await deployed(2, 'own');
      expect(connections.map(({ name, dependencies }) => [name, dependencies])).toEqual([
        ['chorus-relay-test-c0', [data.name]],
        ['chorus-relay-test-c1', [data.name]],
      ]);
    });

    it('synthesises one alone on request, with the same stack for the data: no function is built', async () => {
      const two = { c0: connection, c1: connection };
      const [all, one] = [await stacksOf('test', {}, two), await stacksOf('test', { only: 'c1' }, two)];
      expect(one.relay.resources).toEqual([]);
      expect(one.connections).toEqual([all.connections[1]]);
      expect(one.data).toEqual(all.data);
      expect(() => deploymentFrom({ stage: 'test', connections: ['c0'], only: 'c2' })).toThrow('\n  only: "c2" is not');
    });

    it('protects an inbox that is a connection’s own, which nobody has read yet, from deletion', async () => {
      const protectedIn = async (inbox: 'own' | 'shared') =>
        (await deployed(2, inbox)).connections.map(({ terminationProtection }) => terminationProtection);
      expect(await protectedIn('own')).toEqual([true, true]);
      expect(await protectedIn('shared')).toEqual([false, false]);
    });

    it.each(['data', 'dead-letters', 'unknown'])('lets none be called "%s", as something of the stage is', (name) => {
      expect(() => deploymentFrom({ stage: 'test', connections: [name] })).toThrow(`another name than "${name}"`);
    });

    it('gives its queues names that SQS takes, however long those of the stage and the connection are', async () => {
      const stage = 's'.repeat(16);
      const { all } = await stacksOf(stage, {}, { ['c'.repeat(32)]: { ...connection, inbox: 'own' } });
      const names = ofType(all, 'AWS::SQS::Queue').map(({ Properties }) => String(Properties['QueueName']));
      expect(names.filter((name) => name.length > 80)).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    });
  });

  describe('by stage', () => {
    const stages = {
      qualification: { connections: ['duval'] },
      production: { connections: ['duval-production'], alarmEmails: ['ops@example.org'], maximumConcurrency: 10 },
    };
    const of = (stage: string) => deploymentFrom({ stage, connections: ['example'], maximumConcurrency: 3, stages });

    it('has what the stage says of itself, and what all have in common', () => {
      expect(of('production')).toMatchObject({ ...stages.production, stage: 'production', retentionYears: 10 });
      expect(of('qualification')).toMatchObject({ connections: ['duval'], alarmEmails: [], maximumConcurrency: 3 });
      expect(() => of('trial')).toThrow('\n  stage: "trial" is not among qualification, production');
    });

    it('refuses a setting that there is not, and a connection of two stages: its secret is one', () => {
      const refused = (given: object) => () => deploymentFrom({ stage: 'production', stages: given });
      expect(refused({ production: { conections: ['duval'] } })).toThrow(
        '\n  stages.production.conections: is no setting; there are: connections, ',
      );
      expect(refused({ a: { connections: ['duval'] }, b: { connections: ['duval'] } })).toThrow(
        'duval is of a and of b: its secret is one',
      );
      const common = { connections: ['duval'], stages: { qualification: {}, production: { connections: ['duval'] } } };
      expect(() => deploymentFrom({ ...common, stage: 'production' })).toThrow('duval is of qualification and of');
      expect(refused({ production: { connections: [], maximumConcurrency: 1 } })).toThrow('\n  maximumConcurrency: ');
    });
  });

  it('refuses a name that is no setting, and lets CDK’s own pass', () => {
    const given = { stage: 'test', connections: ['duval'], 'aws:cdk:x': 1, '@aws-cdk/core:y': true };
    expect(deploymentFrom(given).stage).toBe('test');
    expect(() => deploymentFrom({ ...given, releas: 'at-once' })).toThrow('\n  releas: is no setting; there are: ');
  });

  it('finds the stage of a connection', () => {
    const stages = { qualification: { connections: ['duval'] }, production: { connections: ['duval-production'] } };
    const context = { stage: 'qualification', stages };
    expect(stageWith(context, 'duval-production')).toBe('production');
    expect(stageWith(context, 'bertin')).toBeUndefined();
    expect(stageWith({ stage: 'qualification', connections: ['duval'] }, 'duval')).toBeUndefined();
  });

  it('takes lists from the command line', () => {
    expect(deploymentFrom({ stage: 'test', connections: 'duval, bertin' }).connections).toEqual(['duval', 'bertin']);
  });
});

it('the ledger and the template mean the same indexes and the same expiry', () => {
  expect(ledgerExpiry).toBe(expiryAttribute);
  expect(ledgerIndexes.map(({ name }) => name)).toEqual([dueIndex, watchIndex, openIndex, listIndex]);
});
