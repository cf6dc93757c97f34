import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { synthesise } from '../../infra/synthesise.ts';
import { inTemporaryFolder, writeHandlers } from './stacks-fixture.ts';

const packageSchema = z.object({
  engines: z.object({ node: z.string() }),
  scripts: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()),
});
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ engines: z.object({ node: z.string().optional() }).optional() })),
});
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(projectRoot, file), 'utf8'));
const { engines, scripts, bin } = packageSchema.parse(await read('package.json'));

/** A version as npm compares it: absent parts are 0. */
const partsOf = (version: string): [number, number, number] => {
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number(part) || 0);
  return [major, minor, patch];
};
const isBefore = (a: string, b: string): boolean => {
  const other = partsOf(b);
  const at = partsOf(a).findIndex((part, i) => part !== other[i]);
  return at !== -1 && (partsOf(a)[at] ?? 0) < (other[at] ?? 0);
};
/** The forms of a range that packages use for Node. @throws Error for another one */
function allows(range: string, version: string): boolean {
  return range.split('||').some((alternative) => {
    const [, sign, from = ''] = /^\s*(\^|>=|)\s*(v?[\d.x]+|\*)\s*$/.exec(alternative) ?? [];
    if (sign === undefined) throw new Error(`a range of another form: ${range}`);
    if (from === '*') return true;
    return !isBefore(version, from) && (sign === '>=' || partsOf(version)[0] === partsOf(from)[0]);
  });
}

describe('a range of versions', () => {
  it.each([
    ['^22.13.0 || >=24', '22.12.9', false],
    ['^22.13.0 || >=24', '22.13.0', true],
    ['^22.13.0 || >=24', '23.9.0', false],
    ['18 || 20 || >= 22', '20.1.0', true],
    ['>=v12.22.7', '9.0.0', false],
    ['>= 10.x', '10.0.0', true],
    ['*', '1.0.0', true],
  ])('%s: is %s in it? %s', (range, version, isIn) => {
    expect(allows(range, version)).toBe(isIn);
  });
});

describe('the Node that package.json asks for', () => {
  const wanted = engines.node.split('||').map((range) => range.replace(/[^\d.]/g, ''));

  it('is one that every package takes, so that npm ci prints no EBADENGINE', async () => {
    const { packages } = lockSchema.parse(await read('package-lock.json'));
    const ranges = Object.values(packages).flatMap((locked) => locked.engines?.node ?? []);
    const refusing = (version: string) => ranges.filter((range) => !allows(range, version));
    for (const version of wanted) expect([version, refusing(version)]).toEqual([version, []]);
    // Not one version more than the packages ask for.
    const [major, minor] = partsOf(wanted[0] ?? '');
    expect(refusing(`${major}.${minor - 1}.99`)).not.toEqual([]);
    expect(refusing(`${major + 1}.99.0`)).not.toEqual([]);
  });

  it.each(['README.md', 'docs/getting-connected.md', 'docs/fr/mise-en-service.md'])(
    'is the one in %s',
    async (page) => {
      expect(await readFile(join(projectRoot, page), 'utf8')).toContain(`Node.js ${wanted[0]?.replace(/\.0$/, '')}`);
    },
  );
});

describe('without npm ci, or without its scripts', () => {
  const sentence = 'The packages of this project, with Node 24, are not installed: run "npm ci", with its scripts.\n';
  const said = async (...args: string[]): Promise<unknown> =>
    promisify(execFile)(process.execPath, args).then(
      () => 'started',
      (error: unknown) => error,
    );

  it('one sentence says so', async () => {
    const bare = await inTemporaryFolder(async (folder) => {
      await cp(join(projectRoot, 'tools/start.js'), join(folder, 'tools/start.js'));
      await cp(join(projectRoot, 'package.json'), join(folder, 'package.json'));
      return said(join(folder, 'tools/start.js'), 'status');
    });
    expect(bare).toMatchObject({ code: 1, stderr: sentence, stdout: '' });
    const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } })`;
    expect(await said('--import', old, join(projectRoot, 'tools/start.js'))).toMatchObject({
      code: 1,
      stderr: sentence,
    });
  });

  it('is so for every script of ours', () => {
    expect(bin).toEqual({ relay: 'tools/start.js' });
    const direct = Object.entries(scripts).filter(([, script]) => /\bnode (?!tools\/start\.js\b)/.test(script));
    expect(direct).toEqual([]);
    expect(scripts['test']).toMatch(/^node tools\/start\.js test\/checks\.ts && /);
  });
});

const flagSchema = z.object({
  recommendedValue: z.unknown(),
  userValue: z.unknown().optional(),
  unconfiguredBehavesLike: z.object({ v2: z.unknown() }).optional(),
});
const reportSchema = z.object({ properties: z.object({ flags: z.record(z.string(), flagSchema) }) });
const manifestSchema = z.object({ artifacts: z.record(z.string(), z.unknown()) });

it('cdk synth has no flag to ask for: each that would behave otherwise is decided', async () => {
  const { artifacts } = await inTemporaryFolder(async (folder) => {
    await writeHandlers(join(folder, 'functions'));
    const build = { source: join(folder, 'functions'), outdir: join(folder, 'built') };
    const assembly = await synthesise({ outdir: join(folder, 'assembly'), build, validate: false });
    return manifestSchema.parse(JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8')));
  });
  const { properties } = reportSchema.parse(artifacts['aws-cdk-lib/feature-flag-report']);
  const undecided = Object.entries(properties.flags).filter(
    ([, { userValue, recommendedValue, unconfiguredBehavesLike }]) =>
      userValue === undefined && recommendedValue !== (unconfiguredBehavesLike?.v2 ?? false),
  );
  expect(Object.keys(properties.flags).length).toBeGreaterThan(50);
  expect(undecided.map(([name]) => name)).toEqual([]);
});
