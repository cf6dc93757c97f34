import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';

const pages = globSync(['*.md', 'docs/**/*.md', 'examples/*.md'], { cwd: projectRoot }).sort();
const read = (page: string): string => readFileSync(join(projectRoot, page), 'utf8');

/** The files and folders in backticks: whatever has a slash and begins with a folder of the project. */
const filesNamedIn = (text: string): string[] =>
  [...text.matchAll(/`((?:functions|shared|infra|tools|test|docs|samples|connections)\/[^`\s]*)`/g)].flatMap(
    ([, path]) => (path && !/[<*…]/.test(path) ? [path] : []),
  );

const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => (target && !/^[a-z]+:/.test(target) ? [target] : []));

/** GitHub's anchor for a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));

/** @returns the links of a page that lead nowhere */
function brokenLinks(page: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(projectRoot, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor);
  });
}

const missingFiles = (text: string): string[] =>
  filesNamedIn(text).filter((path) => !existsSync(join(projectRoot, path)));

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('names only files that exist', () => {
    expect(missingFiles(text)).toEqual([]);
  });

  it('links only to pages and headings that exist', () => {
    expect(brokenLinks(page, text)).toEqual([]);
  });
});

it('a page with a wrong file name or link would be noticed', () => {
  const text = `See \`shared/none.ts\`, \`docs/schemas/\` and \`connections/<name>.json\`.
[a](none.md) [b](docs/cost.md#none) [c](docs/cost.md) [d](#here) [e](https://example.com)

# Here`;
  expect(missingFiles(text)).toEqual(['shared/none.ts']);
  expect(brokenLinks('README.md', text)).toEqual(['none.md', 'docs/cost.md#none', '#here']);
});
