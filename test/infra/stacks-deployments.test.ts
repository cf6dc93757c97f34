import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ExactEnvironment, RelayFunctionProps } from '../../infra/constructs/relay-function.ts';
import { deploymentFrom } from '../../infra/deployment.ts';
import { dueIndex } from '../../infra/names.ts';
import { dueIndex as dueIndexOfLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { stacksOf } from './stacks-fixture.ts';

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
        'ManagedPolicyName',
      ];
      return all.flatMap(({ Type, Properties }) =>
        [...own, ...(Type === 'AWS::Scheduler::ScheduleGroup' ? ['Name'] : [])].flatMap((property) => {
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

  it('takes lists from the command line', () => {
    expect(deploymentFrom({ stage: 'test', connections: 'duval, bertin' }).connections).toEqual(['duval', 'bertin']);
  });
});

it('the ledger and the template mean the same index', () => {
  expect(dueIndex.name).toBe(dueIndexOfLedger);
});
