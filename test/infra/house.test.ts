import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

it('every package of the lockfile has its digest, and comes from no place but the registry', () => {
  const lockfile = lockfileSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')));
  const packages = Object.entries(lockfile.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  // What a package brings along in itself is covered by that package's own digest.
  const alone = packages.filter(([, { inBundle }]) => !inBundle);
  expect(alone.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  const elsewhere = alone.filter(
    ([, { resolved = 'https://registry.npmjs.org/' }]) => !resolved.startsWith('https://'),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
  expect(alone.filter(([, { link }]) => link).map(([path]) => path)).toEqual([]);
});

/** The pages, and the files that they name. */
async function links(): Promise<{ page: string; target: string }[]> {
  const listed = await readdir(join(projectRoot, 'docs'), { recursive: true });
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...listed.map((file) => join('docs', file))];
  return pages
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => {
      const text = readFileSync(join(projectRoot, page), 'utf8');
      const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*$/, ''));
      return targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target)).map((target) => ({ page, target }));
    });
}

it('every link of the documentation leads to a file', async () => {
  const all = await links();
  expect(all.length).toBeGreaterThan(50);
  const dead = all.filter(({ page, target }) => !existsSync(join(projectRoot, dirname(page), target)));
  expect(dead.map(({ page, target }) => `${page}: ${target}`)).toEqual([]);
});
