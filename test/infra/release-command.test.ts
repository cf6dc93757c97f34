import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { releaseIn } from '../../tools/relay/release.ts';
import { inTemporaryFolder } from './stacks-fixture.ts';

const day = '2026-11-26';
const changelog = '# Changelog\n\n## [Unreleased]\n\n### Added\n- A thing.\n';

const gitIn =
  (folder: string) =>
  async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: folder })).stdout.trim();

/** A repository with one commit on main. */
const inRepository = (work: (folder: string, git: ReturnType<typeof gitIn>) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    const git = gitIn(folder);
    await writeFile(join(folder, 'package.json'), '{ "name": "example", "version": "0.1.0" }\n');
    await writeFile(join(folder, 'CHANGELOG.md'), changelog);
    await git('init', '--initial-branch', 'main');
    await git('config', 'user.name', 'A test');
    await git('config', 'user.email', 'test@example.org');
    await git('add', '.');
    await git('commit', '--message', 'Begin');
    await work(folder, git);
  });

it('moves what is unreleased to the version, commits and tags it', () =>
  inRepository(async (folder, git) => {
    await releaseIn(folder, '0.2.0', day);
    expect(await readFile(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-26\n\n### Added\n- A thing.\n',
    );
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toMatchObject({ version: '0.2.0' });
    expect(await git('status', '--porcelain')).toBe('');
    expect(await git('log', '--format=%s')).toBe('Release 0.2.0\nBegin');
    expect(await git('describe', '--exact-match')).toBe('v0.2.0');
  }));

it('makes no second version of nothing, and none that does not come after the last', () =>
  inRepository(async (folder, git) => {
    await releaseIn(folder, '0.10.0', day);
    await expect(releaseIn(folder, '0.9.1', day)).rejects.toThrow('0.9.1 does not come after v0.10.0');
    await expect(releaseIn(folder, '0.10.0', day)).rejects.toThrow('0.10.0 does not come after v0.10.0');
    await expect(releaseIn(folder, '0.11.0', day)).rejects.toThrow('nothing under "## [Unreleased]"');
    expect(await git('tag')).toBe('v0.10.0');
    expect(await git('status', '--porcelain')).toBe('');
  }));

it('changes nothing where there is other work, or on another branch', () =>
  inRepository(async (folder, git) => {
    await writeFile(join(folder, 'new.txt'), 'new');
    await expect(releaseIn(folder, '0.2.0', day)).rejects.toThrow('commit or remove what is changed first');
    await git('add', '.');
    await git('commit', '--message', 'More');
    await git('switch', '--create', 'other');
    await expect(releaseIn(folder, '0.2.0', day)).rejects.toThrow('on main, not on other');
    expect(await git('tag')).toBe('');
    expect(await readFile(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(changelog);
  }));
