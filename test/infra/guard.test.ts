import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Annotations, App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { compareAssemblies, keptTypes } from '../../tools/guard/losses.ts';
import { applyWaivers, readWaivers } from '../../tools/guard/waivers.ts';
import { inTemporaryFolder, stacksOf } from './stacks-fixture.ts';

interface Described {
  type: string;
  properties?: object;
  retained?: boolean;
}
type Resources = Readonly<Record<string, Described>>;

const table = (key = 'pk') => ({
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
});
const ledger: Described = { type: 'AWS::DynamoDB::Table', properties: table(), retained: true };
const queue: Described = { type: 'AWS::SQS::Queue', properties: { QueueName: 'invoices', VisibilityTimeout: 360 } };
const topic: Described = { type: 'AWS::SNS::Topic', properties: { TopicName: 'events' } };
const before: Resources = { Ledger: ledger, Invoices: queue, Topic: topic };

/** As the CDK writes it, with a warning: a warning must not hide what changes. */
function writeAssembly(outdir: string, stacks: Readonly<Record<string, Resources>>): string {
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (const [name, resources] of Object.entries(stacks)) {
    const stack = new Stack(app, name);
    Annotations.of(stack).addWarningV2('test:warning', 'to be looked at');
    for (const [id, { type, properties = {}, retained = false }] of Object.entries(resources)) {
      const resource = new CfnResource(stack, id, { type, properties: { ...properties } });
      if (retained) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
  return app.synth().directory;
}

const withoutLedger: Resources = { Invoices: queue, Topic: topic };

describe('what a change loses', () => {
  const compared = (was: Readonly<Record<string, Resources>>, is: Readonly<Record<string, Resources>>) =>
    inTemporaryFolder((folder) =>
      compareAssemblies(writeAssembly(join(folder, 'old'), was), writeAssembly(join(folder, 'new'), is)),
    );

  it('is nothing where resources are added, change in place, or hold no data', async () => {
    const inPlace = { ...queue, properties: { QueueName: 'invoices', VisibilityTimeout: 60 } };
    const [comparison] = await compared(
      { relay: before },
      { relay: { Ledger: ledger, Invoices: inPlace, Other: queue } },
    );
    expect(comparison?.losses).toEqual([]);
    expect(comparison?.changes).toMatch(/VisibilityTimeout\n.*\[-\] 360\n.*\[\+\] 60/);
    expect(comparison?.changes).toContain('[-] AWS::SNS::Topic Topic destroy');
  });

  it('is each resource that leaves the stack, gets a new name or key, or becomes another type', async () => {
    const [comparison] = await compared(
      {
        relay: {
          RetainedTable: ledger,
          QueueNotRetained: queue,
          UnderAnotherId: ledger,
          Renamed: queue,
          WithoutName: queue,
          OfAnotherType: ledger,
          OfAnotherKey: ledger,
          Same: ledger,
        },
      },
      {
        relay: {
          TheOtherId: ledger,
          Renamed: { ...queue, properties: { QueueName: 'other' } },
          WithoutName: { ...queue, properties: {} },
          OfAnotherType: { ...topic, retained: true },
          OfAnotherKey: { ...ledger, properties: table('id') },
          Same: ledger,
        },
      },
    );
    expect(comparison?.losses.map(({ resource, danger }) => `${resource} ${danger}`).sort()).toEqual([
      'OfAnotherKey replaced',
      'OfAnotherType replaced',
      'QueueNotRetained deleted',
      'Renamed replaced',
      'RetainedTable deleted',
      'UnderAnotherId deleted',
      'WithoutName replaced',
    ]);
  });

  it('is all that a stack keeps that is not described any more', async () => {
    const comparisons = await compared(
      { data: { Ledger: ledger }, relay: { Topic: topic } },
      { relay: { Topic: topic }, other: { Topic: topic } },
    );
    expect(comparisons.map(({ stack, changes, losses }) => [stack, changes, losses.length])).toEqual([
      ['data', 'This stack is not described any more.', 1],
      ['relay', '', 0],
      ['other', 'This stack is new.', 0],
    ]);
  });
});

it('the stack policy names the types of all that the stacks keep', async () => {
  const { all } = await stacksOf('test');
  const kept = all.filter(
    // An older version of a function is a way back, and can be built again.
    ({ Type, DeletionPolicy }) =>
      (DeletionPolicy === 'Retain' && Type !== 'AWS::Lambda::Version') || Type === 'AWS::SQS::Queue',
  );
  expect([...new Set(kept.map(({ Type }) => Type))].sort()).toEqual(keptTypes.toSorted());
});

describe('a waiver', () => {
  const loss = { resource: 'Ledger', type: 'AWS::DynamoDB::Table', danger: 'deleted', stack: 'data' } as const;
  const waiver = {
    resource: 'Ledger',
    danger: 'deleted',
    reason: 'moved to the other region',
    expires: '2027-01-31',
  } as const;
  const on = (date: string, given: object = waiver) =>
    applyWaivers([loss], readWaivers({ waivers: [given] }), new Date(`${date}T12:00:00Z`));

  it('holds until its last day, for its resource and its danger', () => {
    expect(on('2027-01-31').refused).toEqual([]);
    expect(on('2027-02-01').refused).toEqual([loss]);
    expect(on('2027-02-01').remarks.join()).toContain('expired');
    expect(on('2027-01-31', { ...waiver, danger: 'replaced' }).refused).toEqual([loss]);
    expect(on('2027-01-31', { ...waiver, resource: 'Other' }).refused).toEqual([loss]);
  });

  it('is for a near day, and says why', () => {
    expect(on('2026-06-01').refused).toEqual([loss]);
    expect(on('2026-06-01').remarks.join()).toContain('more than 90 days');
    expect(() => on('2027-01-31', { ...waiver, reason: 'because' })).toThrow('say why');
    expect(() => on('2027-01-31', { ...waiver, expires: 'never' })).toThrow('expires');
  });
});

it('npx relay guard exits with 1 for a loss, with 0 without one, with 2 when it cannot tell', async () => {
  await inTemporaryFolder(async (folder) => {
    const old = writeAssembly(join(folder, 'old'), { relay: before });
    const fresh = writeAssembly(join(folder, 'new'), { relay: withoutLedger });
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(projectRoot, 'tools', 'start.js'), 'guard', ...args], {
        encoding: 'utf8',
        // No credentials, and no way to a place where they would be good.
        env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
      });
    const refused = run(old, fresh);
    expect(refused).toMatchObject({ status: 1, stderr: '' });
    expect(refused.stdout).toContain('refused  Ledger (AWS::DynamoDB::Table) of relay would be deleted');
    expect(refused.stdout).toContain('[-] AWS::DynamoDB::Table Ledger orphan');
    expect(run(old, old)).toMatchObject({ status: 0, stderr: '' });

    expect(run(old)).toMatchObject({ status: 2, stdout: '' });
    const nowhere = run(old, join(folder, 'missing'));
    expect(nowhere).toMatchObject({ status: 2, stdout: '' });
    expect(nowhere.stderr).toContain('there is no folder');
    mkdirSync(join(folder, 'empty'));
    expect(run(join(folder, 'empty'), join(folder, 'empty')).stderr).toContain('there is no template');
    const mistyped = run('--wavers', fresh, old, old);
    expect(mistyped).toMatchObject({ status: 2, stdout: '' });
    expect(mistyped.stderr).toMatch(/^there is no option --wavers; did you mean --waivers\?/);
    const waivers = join(folder, 'waivers.json');
    const sound = { resource: 'Ledger', danger: 'deleted', reason: 'moved to the other region', expires: '2027-01-31' };
    await writeFile(waivers, JSON.stringify({ waivers: [sound, { ...sound, reason: 'because' }] }));
    const unsound = run('--waivers', waivers, old, old);
    expect(unsound).toMatchObject({ status: 2, stdout: '' });
    expect(unsound.stderr).toBe('waivers.1.reason: say why, in a sentence\n');
  });
});
