import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Annotations, App, CfnResource, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import type { Difference } from '../../tools/template-diff/differences.ts';
import { marker, outlets, pageOf } from '../../tools/template-diff/page.ts';
import { inTemporaryFolder } from './stacks-fixture.ts';

const stages = ['production', 'qualification'] as const;
const queue = (visibility: number) => ({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: visibility } });
const table = (key: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
  },
});
const mayDo = (...actions: string[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'Its',
    Roles: ['reader'],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
    },
  },
});

type Described = Record<string, Record<string, { Type: string; Properties: object }>>;

/** The stacks of one stage, as the CDK writes them, with a warning: it is no reason to show nothing. */
function write(outdir: string, stage: string, stacks: Described): void {
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (const [name, resources] of Object.entries(stacks)) {
    const stack = new Stack(app, `${name}-${stage}`);
    Annotations.of(stack).addWarningV2('test:warning', 'to be looked at');
    for (const [id, { Type, Properties }] of Object.entries(resources))
      new CfnResource(stack, id, { type: Type, properties: { ...Properties } });
  }
  app.synth();
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(projectRoot, 'tools', 'relay', 'relay.ts'), 'template-diff', ...args], {
    encoding: 'utf8',
    // No credentials, and no way to where they would be good.
    env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
  });

describe('npx relay template-diff', () => {
  it('shows a person what changes in each stack, without an account', async () => {
    await inTemporaryFolder(async (folder) => {
      const [old, fresh, out] = [join(folder, 'old'), join(folder, 'new'), join(folder, 'out')];
      for (const stage of stages) {
        write(join(old, stage), stage, {
          kept: { Ledger: table('pk') },
          relay: { Queue: queue(30), Policy: mayDo('sqs:ReceiveMessage') },
          ...(stage === 'production' && { left: { Queue: queue(30) } }),
        });
        write(join(fresh, stage), stage, {
          kept: { Ledger: table(stage === 'production' ? 'id' : 'pk') },
          relay: { Queue: queue(60), Policy: mayDo('sqs:ReceiveMessage', 'kms:Decrypt') },
          ...(stage === 'production' && { added: { Queue: queue(30) } }),
        });
      }
      const { status, stdout, stderr } = run(old, fresh, out);
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(stdout).toContain('kept-production');
      expect(stdout).not.toContain('kept-qualification');

      const comment = await readFile(join(out, 'comment.md'), 'utf8');
      expect(comment.startsWith(marker)).toBe(true);
      expect(comment).toContain('Unchanged: kept-qualification.');
      expect(comment).toContain('relay-qualification as relay-production');
      const of = (stack: string) => comment.split(`<summary>${stack}</summary>`)[1]?.split('</details>')[0] ?? '';
      expect(of('kept-production')).toContain('KeySchema (requires replacement)');
      expect(of('relay-production')).toMatch(/IAM Statement Changes[^]*│ \+ │ \*\s+│ Allow\s+│ kms:Decrypt/);
      expect(of('relay-production')).toMatch(/VisibilityTimeout\n.*\[-\] 30\n.*\[\+\] 60/);
      expect(of('added-production')).toContain('[+] AWS::SQS::Queue');
      expect(of('left-production')).toContain('described no more');
      expect(of('relay-qualification')).toBe('');
      expect(await readFile(join(out, 'summary.md'), 'utf8')).toBe(comment);
    });
  });

  it('fails where it is told nothing to compare', async () => {
    await inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'empty'));
      const [empty, out] = [join(folder, 'empty'), join(folder, 'out')];
      const nothing = run(empty, empty, out);
      expect(nothing).toMatchObject({ status: 1, stdout: '' });
      expect(nothing.stderr).toContain('there is no template');
      const nowhere = run(empty, join(folder, 'missing'), out);
      expect(nowhere).toMatchObject({ status: 2, stdout: '' });
      expect(nowhere.stderr).toContain('there is no folder');
    });
    expect(run('one')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('the page', () => {
  const difference = (stage: string, text: string, stack = `relay-${stage}`): Difference => ({ stage, stack, text });
  const lines = (count: number) => Array.from({ length: count }, (_, line) => `[+] resource ${line}`).join('\n');

  it('shows once what two stages have alike, but for names and digests', () => {
    const text = (stage: string, digest: string) => `│ ${stage} │\n├${'─'.repeat(stage.length)}┤\n[+] Version${digest}`;
    const first = difference('production', text('production', 'a0'.repeat(16)));
    const page = (second: string) => pageOf([first, difference('qualification', second)], outlets.comment);
    expect(page(text('qualification', 'b1'.repeat(16)))).toContain(
      'The same: relay-qualification as relay-production.',
    );
    const other = page(`${text('qualification', 'b1'.repeat(16))} and more`);
    expect(other).not.toContain('The same');
    expect(other).toContain('<summary>relay-qualification</summary>');
  });

  it.each(Object.entries(outlets))('fits a %s, and says where it was cut', (_, outlet) => {
    const short = difference('production', 'the ledger is replaced', 'data');
    const [long, longer] = [difference('production', lines(20_000)), difference('test', lines(40_000))];
    const page = pageOf([longer, long, short], outlet);
    expect(page.length).toBeLessThanOrEqual(outlet.limit);
    expect(page.length).toBeGreaterThan(outlet.limit * 0.99);
    expect(page).toContain('the ledger is replaced\n```');
    expect(page.split(`\n… (${outlet.rest})\n\`\`\`\n`)).toHaveLength(3);
    expect(page.match(/<details>/g)).toHaveLength(3);
    expect(page.match(/<\/details>/g)).toHaveLength(3);
  });

  it('lets no difference end its own block', () => {
    const page = pageOf([difference('production', 'before\n```\n@everyone')], outlets.comment);
    expect(page).toContain('\n````\nbefore\n```\n@everyone\n````\n');
  });

  it('says that nothing changes', () => {
    expect(pageOf([difference('production', '')], outlets.comment)).toContain('Unchanged: relay-production.');
  });
});
