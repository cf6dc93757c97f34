/**
 * Finds which of our data a change would delete or replace, from `cdk diff`. Needs no account and no network.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';

export const dangers = ['deleted', 'replaced'] as const;

export interface Loss {
  /** The logical id. */
  resource: string;
  type: string;
  danger: (typeof dangers)[number];
  stack: string;
}

/** A stack in one or both of the assemblies, and what changes in it. */
export interface Comparison {
  stack: string;
  /** As `cdk diff` shows it; empty where nothing changes. */
  changes: string;
  losses: Loss[];
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Condition: z.object({ StringEquals: z.object({ ResourceType: z.array(z.string()) }) }).optional(),
    }),
  ),
});

/**
 * The types that hold data, read from the stack policy, under which CloudFormation refuses to replace or delete them.
 */
export const keptTypes: readonly string[] = policySchema
  .parse(readJson(join(projectRoot, 'infra', 'stack-policy.json')))
  .Statement.flatMap(({ Condition }) => Condition?.StringEquals.ResourceType ?? []);

const templateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });
const suffix = '.template.json';
const cdk = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');

const stacksIn = (assembly: string): string[] =>
  readdirSync(assembly).flatMap((name) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));

/**
 * @param before the folder that `cdk synth --output` wrote without the change
 * @param after the folder that it wrote with the change
 */
export async function compareAssemblies(before: string, after: string): Promise<Comparison[]> {
  const [old, fresh] = [stacksIn(before), stacksIn(after)];
  if (old.length + fresh.length === 0) throw new Error(`there is no template in ${before} or ${after}`);
  const comparisons: Comparison[] = [];
  for (const stack of old) {
    const was = join(before, stack + suffix);
    const kept = keptIn(was, stack);
    if (fresh.includes(stack)) {
      const changes = await cdkDiff(stack, was, after);
      comparisons.push({ stack, changes, losses: lossesIn(changes, kept) });
    } else {
      const losses = kept.map((one): Loss => ({ ...one, danger: 'deleted' }));
      comparisons.push({ stack, changes: 'This stack is not described any more.', losses });
    }
  }
  const added = fresh.filter((stack) => !old.includes(stack));
  return [...comparisons, ...added.map((stack) => ({ stack, changes: 'This stack is new.', losses: [] }))];
}

const keptIn = (template: string, stack: string): Omit<Loss, 'danger'>[] =>
  Object.entries(templateSchema.parse(readJson(template)).Resources).flatMap(([resource, { Type: type }]) =>
    keptTypes.includes(type) ? [{ resource, type, stack }] : [],
  );

async function cdkDiff(stack: string, before: string, assembly: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      cdk,
      'diff',
      stack,
      '--exclusively',
      '--ci',
      '--no-color',
      '--fail=false',
      '--app',
      assembly,
      '--template',
      before,
    ],
    // Without this it would look for credentials on the network.
    { cwd: projectRoot, env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' }, maxBuffer: 2 ** 26 },
  );
  const [, text, count] = /^Stack \S+\n([\s\S]*)^✨\s+Number of stacks with differences: (\d+)$/m.exec(stdout) ?? [];
  if (text === undefined) throw new Error(`the output of cdk diff cannot be read:\n${stdout}`);
  return count === '0' ? '' : text.trimEnd();
}

/**
 * The last word of a resource's line: an orphan leaves the stack and stays in the account, where no deployment finds
 * it.
 */
const effects: Readonly<Record<string, Loss['danger']>> = {
  destroy: 'deleted',
  orphan: 'deleted',
  replace: 'replaced',
  'may be replaced': 'replaced',
};

/** By logical id: for a resource that becomes one of another type, the line names the new type. */
function lossesIn(changes: string, kept: readonly Omit<Loss, 'danger'>[]): Loss[] {
  const lines = changes.matchAll(/^\[[-~]\] .*?(\S+) (destroy|orphan|replace|may be replaced)$/gm);
  return [...lines].flatMap(([, id, effect = '']) => {
    const [one, danger] = [kept.find(({ resource }) => resource === id), effects[effect]];
    return one && danger ? [{ ...one, danger }] : [];
  });
}

/** @throws Error if the folder does not exist: it would look like one without stacks */
export function assertFolder(path: string): string {
  if (!existsSync(path)) throw new Error(`there is no folder ${path}`);
  return path;
}
