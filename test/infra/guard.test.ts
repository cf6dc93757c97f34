import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { compareTemplates } from '../../infra/guard/compare-templates.ts';
import { readChangeSet } from '../../infra/guard/read-change-set.ts';
import { isStateful } from '../../infra/guard/stateful.ts';
import { judge, readWaivers } from '../../infra/guard/waivers.ts';
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

  const bucket = {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: { x: 1 },
      PublicAccessBlockConfiguration: { x: 1 },
      LifecycleConfiguration: { Rules: [{ Id: 'kept', ExpirationInDays: 3653 }] },
    },
  };
  const indexed = { ...table, Properties: { ...table.Properties, GlobalSecondaryIndexes: [{ IndexName: 'due' }] } };
  const dropped = {
    ...queue,
    Properties: { ...queue.Properties, MessageRetentionPeriod: 1_209_600, RedrivePolicy: { x: 1 } },
  };
  const key = { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 30 } };
  const policy = { Type: 'AWS::S3::BucketPolicy', Properties: {} };

  it.each<[string, object, object | undefined]>([
    [
      'documents are kept for a day',
      bucket,
      { ...bucket.Properties, LifecycleConfiguration: { Rules: [{ Id: 'kept', ExpirationInDays: 1 }] } },
    ],
    ['documents are encrypted no more', bucket, { ...bucket.Properties, BucketEncryption: undefined }],
    ['documents may be public', bucket, { ...bucket.Properties, PublicAccessBlockConfiguration: undefined }],
    ['items of the ledger end', table, { ...table.Properties, TimeToLiveSpecification: { Enabled: true } }],
    ['an index goes', indexed, { ...indexed.Properties, GlobalSecondaryIndexes: [] }],
    ['the key is switched off', key, { ...key.Properties, Enabled: false }],
    ['the key goes within a week', key, { PendingWindowInDays: 7 }],
    ['messages are kept for a minute', dropped, { ...dropped.Properties, MessageRetentionPeriod: 60 }],
    ['dead letters are lost', dropped, { ...dropped.Properties, RedrivePolicy: undefined }],
    ['a bucket has no policy', policy, undefined],
  ])('refuses that %s', (_, was, properties) => {
    const after = properties === undefined ? {} : { It: { ...was, Properties: properties } };
    const [finding, ...more] = compareTemplates({ Resources: { It: was } }, { Resources: after });
    expect(finding?.danger).toBe(properties === undefined ? 'deleted' : 'unprotected');
    expect(more).toEqual([]);
  });

  it('refuses a condition, under which it would not be there', () => {
    expect(dangers(changed({ Ledger: { ...table, Condition: 'OnlyInTests' } }))).toEqual(['Ledger unprotected']);
  });

  it('lets pass what is kept longer, and an index more', () => {
    const longer = {
      ...bucket.Properties,
      LifecycleConfiguration: { Rules: [{ Id: 'kept', ExpirationInDays: 4000 }] },
    };
    const more = { ...indexed.Properties, GlobalSecondaryIndexes: [{ IndexName: 'due' }, { IndexName: 'open' }] };
    const before = {
      Resources: { Bucket: bucket, Table: indexed, Queue: { ...queue, Properties: { MessageRetentionPeriod: 60 } } },
    };
    const after = {
      Resources: {
        Bucket: { ...bucket, Properties: longer },
        Table: { ...indexed, Properties: more },
        Queue: { ...queue, Properties: { MessageRetentionPeriod: 120 } },
      },
    };
    expect(compareTemplates(before, after)).toEqual([]);
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
  const change = (Action: string, ResourceType: string, Replacement?: string) => ({
    Type: 'Resource',
    ResourceChange: { Action, LogicalResourceId: 'It', ResourceType, ...(Replacement ? { Replacement } : {}) },
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

it('npm run guard exits with 1 for a loss, with 0 without one, with 2 when it cannot tell', async () => {
  await inTemporaryFolder(async (folder) => {
    const [old, fresh] = [join(folder, 'old.json'), join(folder, 'new.json')];
    await writeFile(old, JSON.stringify(before));
    await writeFile(fresh, JSON.stringify({ Resources: { Invoices: queue } }));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(projectRoot, 'infra', 'guard', 'guard.ts'), ...args], { encoding: 'utf8' });
    const refused = run(old, fresh);
    expect(refused.stderr).toContain('Ledger (AWS::DynamoDB::Table) would be deleted');
    expect(refused.status).toBe(1);
    expect(run(old, old).status).toBe(0);
    expect(run(old).status).toBe(2);
    expect(run('--change-set', old).status).toBe(2);
  });
});
