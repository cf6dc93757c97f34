import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../infra/deployment.ts';

export interface Difference {
  stage: string;
  stack: string;
  /** As `cdk diff` shows it: permissions first, in a table. Empty where nothing changes. */
  text: string;
}

const suffix = '.template.json';
const cdk = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const gone = 'It is described no more. Where it is deployed, it stands as it is until somebody deletes it.';
const nothing = join(import.meta.dirname, `nothing${suffix}`);

/** @param before a folder with the assembly of each stage @param after another one, of the same commit as this file */
export async function differencesBetween(before: string, after: string): Promise<Difference[]> {
  const stages = new Set([...(await namesIn(before)), ...(await namesIn(after))]);
  const differences: Difference[] = [];
  for (const stage of [...stages].sort()) {
    const [old, fresh] = [join(before, stage), join(after, stage)];
    const stacks = new Set([...(await stacksIn(old)), ...(await stacksIn(fresh))]);
    for (const stack of [...stacks].sort()) differences.push({ stage, stack, text: await compare(stack, old, fresh) });
  }
  return differences;
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}

async function stacksIn(assembly: string): Promise<string[]> {
  const names = await namesIn(assembly);
  return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
}

async function compare(stack: string, old: string, fresh: string): Promise<string> {
  const [was, is] = [join(old, stack + suffix), join(fresh, stack + suffix)];
  if (!existsSync(is)) return gone;
  const against = ['--app', fresh, '--template', existsSync(was) ? was : nothing];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cdk, 'diff', stack, '--exclusively', '--ci', '--no-color', '--fail=false', ...against],
    // No account is asked, and none is looked for.
    { cwd: projectRoot, env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' }, maxBuffer: 2 ** 26 },
  );
  return shownIn(stdout);
}

function shownIn(output: string): string {
  const [, text, count] = /^Stack \S+\n([\s\S]*)^✨\s+Number of stacks with differences: (\d+)$/m.exec(output) ?? [];
  if (text === undefined) throw new Error(`cdk diff said neither that there is a difference nor none:\n${output}`);
  return count === '0' ? '' : text.trimEnd();
}
