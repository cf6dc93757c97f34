import { beforeAll, describe, expect, it } from 'vitest';
import { statementsOf } from './policy-statements.ts';
import { ofType, references, stacksOf, written, type Resource, type Stacks } from './stacks-fixture.ts';

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test');
});

const having = (part: Record<string, unknown>): unknown => expect.objectContaining(part);
const inOrder = (...parts: unknown[]): unknown => expect.arrayContaining(parts);

const the = (type: string, part: string): Resource => {
  const found = ofType(stacks.all, type).filter(({ id }) => id.startsWith(part));
  expect(found, `${type} ${part}`).toHaveLength(1);
  return found[0] ?? { id: '', Type: type, Properties: {} };
};
const aliasOf = (name: string) => the('AWS::Lambda::Alias', `Functions${name}`);
const functionOf = (name: string) => the('AWS::Lambda::Function', `Functions${name}`);

it('a version stays when a newer one comes, and goes with a deployment that is taken back', () => {
  const versions = ofType(stacks.all, 'AWS::Lambda::Version');
  expect(versions.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(versions.map(() => 'RetainExceptOnCreate'));
  expect(versions).toHaveLength(3);
});

describe('the alias live', () => {
  it.each(['SubmitInvoice', 'GiveTurns', 'TakeTurns'])('is of the version of %s that is deployed', (name) => {
    const { Properties } = aliasOf(name);
    expect(Properties).toMatchObject({ Name: 'live', FunctionName: { Ref: functionOf(name).id } });
    expect(references(Properties['FunctionVersion'])).toEqual([the('AWS::Lambda::Version', `Functions${name}`).id]);
  });

  it('is what the queues and the turns’ schedule call; the functions without alias are called themselves', () => {
    const mappings = ofType(stacks.all, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);
    expect(mappings.flatMap(({ FunctionName }) => references(FunctionName)).sort()).toEqual(
      [aliasOf('SubmitInvoice').id, aliasOf('TakeTurns').id].sort(),
    );
    for (const { FunctionName } of mappings) expect(written(FunctionName)).toContain('":live"');
    const targets = ofType(stacks.all, 'AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
    expect(targets).toEqual([
      having({ Name: 'give-turns', Target: having({ Arn: { Ref: aliasOf('GiveTurns').id } }) }),
      having({
        Name: 'watch-credentials',
        Target: having({ Arn: { 'Fn::GetAtt': [functionOf('WatchCredentials').id, 'Arn'] } }),
      }),
    ]);
  });
});

const groupsOf = ({ all }: Stacks) =>
  ofType(all, 'AWS::CodeDeploy::DeploymentGroup').map(({ Properties }) => ({
    ...Properties,
    alarms: references(Properties['AlarmConfiguration']).map((id) =>
      written(all.find((resource) => resource.id === id)?.Properties['AlarmName']),
    ),
  }));

describe('a release', () => {
  it.each([
    ['submitInvoice', 'Canary10Percent10Minutes', 'submit-invoice-errors'],
    ['giveTurns', 'Linear10PercentEvery3Minutes', 'give-turns-errors'],
    ['takeTurns', 'Linear10PercentEvery3Minutes', 'take-turns-errors'],
  ])('of %s is by parts (%s), and turned back by its alarms', (name, config, alarm) => {
    expect(groupsOf(stacks)).toContainEqual(
      having({
        DeploymentGroupName: `chorus-relay-test-${name}`,
        DeploymentConfigName: `CodeDeployDefault.Lambda${config}`,
        alarms: [`chorus-relay-test-${alarm}`, 'chorus-relay-test-unexpected'],
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: inOrder('DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'),
        },
      }),
    );
  });

  it('moves the alias of the function that its group is named after', () => {
    for (const [name, group] of [
      ['SubmitInvoice', 'ReleasesubmitInvoice'],
      ['GiveTurns', 'ReleasegiveTurns'],
      ['TakeTurns', 'ReleasetakeTurns'],
    ] as const)
      expect(references(aliasOf(name)['UpdatePolicy'])).toContain(the('AWS::CodeDeploy::DeploymentGroup', group).id);
  });

  it('at once asks no alarm, which may ring for what it mends', async () => {
    const groups = groupsOf(await stacksOf('test', { release: 'at-once' }));
    expect(groups).toHaveLength(3);
    for (const group of groups) {
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
        AlarmConfiguration: { Enabled: false },
        AutoRollbackConfiguration: { Enabled: true },
      });
      expect(written(group)).not.toContain('DEPLOYMENT_STOP_ON_ALARM');
    }
  });

  it('is either of the two, and nothing else', async () => {
    await expect(stacksOf('test', { release: 'slowly' })).rejects.toThrow('\n  release: ');
  });

  it('may move the three aliases and read alarms, and nothing else', () => {
    const role = the('AWS::IAM::Role', 'ReleaseRole');
    expect(statementsOf([role])).toMatchObject([
      { actions: ['sts:AssumeRole'], principal: '{"Service":"codedeploy.amazonaws.com"}' },
    ]);
    const policies = ofType(stacks.all, 'AWS::IAM::Policy').filter(({ Properties }) =>
      references(Properties['Roles']).includes(role.id),
    );
    const functions = ['GiveTurns', 'SubmitInvoice', 'TakeTurns'].flatMap((name) => [
      functionOf(name).id,
      aliasOf(name).id,
    ]);
    const statements = statementsOf(policies).map(({ effect, actions, resources }) => ({
      effect,
      actions,
      on: resources.flatMap((arn) => (arn === '*' ? arn : references(JSON.parse(arn)))).sort(),
    }));
    expect(statements).toEqual([
      {
        effect: 'Allow',
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        on: functions.sort(),
      },
      { effect: 'Allow', actions: ['cloudwatch:DescribeAlarms'], on: ['*'] },
    ]);
    for (const { Properties } of ofType(stacks.all, 'AWS::CodeDeploy::DeploymentGroup'))
      expect(references(Properties['ServiceRoleArn'])).toEqual([role.id]);
  });

  it('and the schedules may call the alias of give-turns, not the function behind it', () => {
    const calls = statementsOf(ofType(stacks.all, 'AWS::IAM::Policy')).filter(({ actions }) =>
      actions.includes('lambda:InvokeFunction'),
    );
    expect(calls.map(({ resources }) => resources.flatMap((arn) => references(JSON.parse(arn))).sort())).toEqual([
      [aliasOf('GiveTurns').id, functionOf('WatchCredentials').id].sort(),
    ]);
  });
});

it('neither stack can be deleted before its protection is taken off', () => {
  expect(stacks.data.terminationProtection).toBe(true);
  expect(stacks.relay.terminationProtection).toBe(true);
});
