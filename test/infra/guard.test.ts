import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { compareTemplates } from '../../tools/guard/compare-templates.ts';
import { readChangeSet } from '../../tools/guard/read-change-set.ts';
import { isStateful } from '../../tools/guard/stateful.ts';
import { judge, readWaivers } from '../../tools/guard/waivers.ts';
import { inTemporaryFolder, stacksOf } from './stacks-fixture.ts';

const attributes = (type: string) => [{ AttributeName: 'pk', AttributeType: type }];
const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: attributes('S'),
    DeletionProtectionEnabled: true,
  },
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
};
const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'invoices', VisibilityTimeout: 360 } };
const role = { Type: 'AWS::IAM::Role', Properties: {} };
const before = { Resources: { Ledger: table, Invoices: queue, Role: role } };
const changed = (part: Record<string, unknown>) =>
  compareTemplates(before, { Resources: { ...before.Resources, ...part } });
const dangers = (findings: readonly { resource: string; danger: string }[]) =>
  findings.map(({ resource, danger }) => `${resource} ${danger}`);

describe('the guard, between two templates', () => {
  it('lets pass what is added, changed in place, or keeps nothing', () => {
    expect(compareTemplates(before, before)).toEqual([]);
    expect(changed({ Invoices: { ...queue, Properties: { ...queue.Properties, VisibilityTimeout: 60 } } })).toEqual([]);
    const more = [...attributes('S'), { AttributeName: 'dueAt', AttributeType: 'S' }];
    expect(changed({ Ledger: { ...table, Properties: { ...table.Properties, AttributeDefinitions: more } } })).toEqual(
      [],
    );
    const { Ledger, Invoices } = before.Resources;
    expect(compareTemplates({ TemplateBody: before }, { Resources: { Ledger, Invoices, Other: queue } })).toEqual([]);
  });

  it('refuses another logical id', () => {
    const { Ledger, ...rest } = before.Resources;
    expect(dangers(compareTemplates(before, { Resources: { ...rest, Book: Ledger } }))).toEqual(['Ledger deleted']);
  });

  it.each([
    ['a name', { Invoices: { ...queue, Properties: { QueueName: 'other' } } }, 'Invoices replaced'],
    ['a name less', { Invoices: { ...queue, Properties: {} } }, 'Invoices replaced'],
    ['a type', { Invoices: { Type: 'AWS::SNS::Topic' } }, 'Invoices replaced'],
    ['a key', { Ledger: { ...table, Properties: { ...table.Properties, KeySchema: [] } } }, 'Ledger replaced'],
    [
      'an attribute’s type',
      { Ledger: { ...table, Properties: { ...table.Properties, AttributeDefinitions: attributes('N') } } },
      'Ledger replaced',
    ],
    ['a protection', { Ledger: { ...table, DeletionPolicy: 'Delete' } }, 'Ledger unprotected'],
    [
      'a protection of the table itself',
      { Ledger: { ...table, Properties: { ...table.Properties, DeletionProtectionEnabled: false } } },
      'Ledger unprotected',
    ],
  ])('refuses %s changed', (_, part, danger) => {
    expect(dangers(changed(part))).toEqual([danger]);
  });

  it('refuses that a bucket has no policy', () => {
    const policy = { Type: 'AWS::S3::BucketPolicy', Properties: {} };
    expect(dangers(compareTemplates({ Resources: { It: policy } }, { Resources: {} }))).toEqual(['It deleted']);
  });

  it('refuses a condition, under which it would not be there', () => {
    expect(dangers(changed({ Ledger: { ...table, Condition: 'OnlyInTests' } }))).toEqual(['Ledger unprotected']);
  });

  it('reads a template that is told as text', () => {
    const asText = { TemplateBody: JSON.stringify(before) };
    expect(dangers(compareTemplates(asText, { Resources: { Invoices: queue } }))).toEqual(['Ledger deleted']);
    expect(() => compareTemplates({ TemplateBody: 'Resources: {}' }, before)).toThrow('no CloudFormation template');
  });

  it('knows all that the stacks keep', async () => {
    const { all } = await stacksOf('test');
    // An older version of a function is kept for a while as a way back, and can be built again.
    const isCode = (type: string) => type === 'AWS::Lambda::Version';
    const kept = all.filter(
      ({ Type, DeletionPolicy }) => (DeletionPolicy === 'Retain' && !isCode(Type)) || Type === 'AWS::SQS::Queue',
    );
    expect(kept.filter(({ Type }) => !isStateful(Type)).map(({ Type }) => Type)).toEqual([]);
    expect(new Set(kept.map(({ Type }) => Type)).size).toBe(5);
  });
});

describe('the guard, in a change set', () => {
  const change = (Action: string, ResourceType: string, Replacement?: string, Scope: string[] = []) => ({
    Type: 'Resource',
    ResourceChange: { Action, LogicalResourceId: 'It', ResourceType, Scope, ...(Replacement ? { Replacement } : {}) },
  });
  const read = (...Changes: object[]) => dangers(readChangeSet({ Changes }));

  it('tells what is lost from what stays', () => {
    const key = 'AWS::KMS::Key';
    expect(read(change('Add', key), change('Modify', key, 'False'), change('Remove', 'AWS::IAM::Role'))).toEqual([]);
    expect(read(change('Remove', key))).toEqual(['It deleted']);
    expect(read(change('Modify', key, 'True'))).toEqual(['It replaced']);
    expect(read(change('Modify', key, 'Conditional'))).toEqual(['It replaced']);
    expect(read(change('Dynamic', key))).toEqual(['It replaced']);
    const modified = change('Modify', key, 'False');
    const scoped = { ...modified, ResourceChange: { ...modified.ResourceChange, Scope: ['DeletionPolicy'] } };
    expect(read(scoped)).toEqual(['It unprotected']);
  });

  it.each(['DeletionPolicy', 'UpdateReplacePolicy'])('refuses another %s', (policy) => {
    const scope = ['Properties', policy];
    expect(read(change('Modify', 'AWS::KMS::Key', 'False', scope))).toEqual(['It unprotected']);
    expect(read(change('Modify', 'AWS::KMS::Key', 'True', scope))).toEqual(['It replaced', 'It unprotected']);
    expect(read(change('Modify', 'AWS::IAM::Role', 'False', scope))).toEqual([]);
    expect(read(change('Modify', 'AWS::KMS::Key', 'False', ['Properties', 'Tags']))).toEqual([]);
  });

  it('refuses to judge a part of one', () => {
    expect(() => readChangeSet({ Changes: [], NextToken: 'more' })).toThrow('further pages');
  });
});

describe('a waiver', () => {
  const finding = { resource: 'Ledger', type: 'AWS::DynamoDB::Table', danger: 'deleted', why: '' } as const;
  const waiver = {
    resource: 'Ledger',
    danger: 'deleted',
    reason: 'moved to the other region',
    expires: '2027-01-31',
  } as const;
  const on = (date: string, given: object = waiver) =>
    judge([finding], readWaivers({ waivers: [given] }), new Date(`${date}T12:00:00Z`));

  it('holds until its last day, for its resource and its danger', () => {
    expect(on('2027-01-31').refused).toEqual([]);
    expect(on('2027-02-01').refused).toEqual([finding]);
    expect(on('2027-02-01').remarks.join()).toContain('expired');
    expect(on('2027-01-31', { ...waiver, danger: 'replaced' }).refused).toEqual([finding]);
    expect(on('2027-01-31', { ...waiver, resource: 'Other' }).refused).toEqual([finding]);
  });

  it('is for a near day, and says why', () => {
    expect(on('2026-06-01').refused).toEqual([finding]);
    expect(() => on('2027-01-31', { ...waiver, reason: 'because' })).toThrow('say why');
    expect(() => on('2027-01-31', { ...waiver, expires: 'never' })).toThrow('expires');
  });
});

it('npx relay guard exits with 1 for a loss, with 0 without one, with 2 when it cannot tell', async () => {
  await inTemporaryFolder(async (folder) => {
    const [old, fresh] = [join(folder, 'old.json'), join(folder, 'new.json')];
    await writeFile(old, JSON.stringify(before));
    await writeFile(fresh, JSON.stringify({ Resources: { Invoices: queue } }));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(projectRoot, 'tools', 'relay', 'relay.ts'), 'guard', ...args], {
        encoding: 'utf8',
      });
    const refused = run(old, fresh);
    expect(refused.stderr).toContain('Ledger (AWS::DynamoDB::Table) would be deleted');
    expect(refused.status).toBe(1);
    expect(run(old, old).status).toBe(0);
    expect(run(old).status).toBe(2);
    expect(run('--change-set', old).status).toBe(2);

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
