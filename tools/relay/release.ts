/** `npx relay release`: a version of the changelog, its commit and its tag. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { common, command, Failure, inEnglish, option } from '../command-line/command.ts';

const unreleased = '## [Unreleased]\n';

/**
 * The changelog with what was unreleased under a version.
 * @param day ISO @throws Failure if nothing is unreleased
 */
function released(changelog: string, version: string, day: string): string {
  const [before, after] = changelog.split(unreleased);
  if (before === undefined || after === undefined)
    throw new Failure(inEnglish('CHANGELOG.md has no part "## [Unreleased]"'));
  const [news = ''] = after.split(/^## \[/m);
  if (news.trim() === '') throw new Failure(inEnglish('CHANGELOG.md has nothing under "## [Unreleased]"'));
  return `${before}${unreleased}\n## [${version}] - ${day}\n${after}`;
}

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** Whether a version comes after another one. */
function isAfter(version: string, other: string): boolean {
  const numbers = numbersOf(other);
  const differences = numbersOf(version).map((number, i) => number - (numbers[i] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) > 0;
}

/**
 * Commits and tags a version. Nothing is changed unless all of it can be.
 * @param folder the root of the repository @param day ISO @throws Failure with what is to be done first
 */
export async function releaseIn(folder: string, version: string, day: string): Promise<void> {
  const run = async (program: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(program, args, { cwd: folder })).stdout.trim();
  const branch = await run('git', 'branch', '--show-current');
  if (branch !== 'main') throw new Failure(inEnglish(`a version is made on main, not on ${branch || 'no branch'}`));
  if ((await run('git', 'status', '--porcelain')) !== '')
    throw new Failure(inEnglish('commit or remove what is changed first'));
  const tags = (await run('git', 'tag', '--list', 'v*')).split('\n').filter(Boolean);
  const later = tags.find((tag) => !isAfter(version, tag.slice(1)));
  if (later !== undefined) throw new Failure(inEnglish(`${version} does not come after ${later}`));
  const changelog = join(folder, 'CHANGELOG.md');
  await writeFile(changelog, released(await readFile(changelog, 'utf8'), version, day));
  await run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version');
  await run('git', 'commit', '--all', '--message', `Release ${version}`);
  await run('git', 'tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
}

export const release = command({
  about: `Makes a version on a clean main: moves what the changelog has under "Unreleased" to the version, with the date,
sets it in package.json, commits, and tags the commit. Pushes nothing.`,
  takes: {
    version: option('X.Y.Z', z.stringFormat('version', /^\d+\.\d+\.\d+$/, 'is not like 1.2.3'), 'the version: 1.2.3'),
    json: common.json,
  },
  positionals: ['version'],
  exitCodes: { 0: 'the version is there; push it' },
  run: async ({ version, json }) => {
    await releaseIn(projectRoot, version, new Date().toISOString().slice(0, 10));
    const push = `git push --atomic origin main v${version}`;
    console.log(json ? JSON.stringify({ version, push }) : `v${version} is there. To publish it: ${push}`);
    return 0;
  },
});
