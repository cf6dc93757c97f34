/** What holds for the whole repository: where packages come from, who imports whom, and how prose is written. */
import { readFileSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const rooms = ['functions', 'shared', 'infra', 'tools', 'test'] as const;
const isInstalled = (path: string): boolean => /(^|\/)(node_modules|\.build|cdk\.out)$/.test(path);
const sources = globSync(`{${rooms.join(',')}}/**/*.ts`, { cwd: projectRoot, exclude: isInstalled }).sort();
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/*.md', '.github/**/*.md'], { cwd: projectRoot }).sort();

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
type Locked = z.infer<typeof lockfileSchema>['packages'][string];

/** A package inside another one is covered by the digest of that one. npm may leave `resolved` out. */
const isSound = ({ inBundle = false, link = false, resolved, integrity = '' }: Locked): boolean =>
  inBundle ||
  (!link &&
    integrity.startsWith('sha512-') &&
    (resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')));

const lockFiles = globSync('**/package-lock.json', {
  cwd: projectRoot,
  exclude: isInstalled,
}).sort();

describe('the lock files', () => {
  it('are those of the project, of the mutation tester, and of the stack beside which it is measured', () => {
    const beside = ['test/bench/usual-stack/package-lock.json', 'tools/mutation/package-lock.json'];
    expect(lockFiles).toEqual(['package-lock.json', ...beside]);
  });

  it.each(lockFiles)('%s takes every package, with its digest, from the public registry of npm', (path) => {
    const packages = Object.entries(lockfileSchema.parse(JSON.parse(read(path))).packages);
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter(([path, locked]) => path !== '' && !isSound(locked))).toEqual([]);
  });

  const registry = 'https://registry.npmjs.org/';
  it.each<[boolean, Locked]>([
    [true, { integrity: 'sha512-x', resolved: `${registry}zod/-/zod-4.6.7.tgz` }],
    [true, { integrity: 'sha512-x' }],
    [true, { inBundle: true }],
    [false, { integrity: 'sha512-x', resolved: 'https://example.org/zod-4.6.7.tgz' }],
    [false, { integrity: 'sha512-x', resolved: 'https://registry.npmjs.org.example.org/zod-4.6.7.tgz' }],
    [false, { integrity: 'sha512-x', resolved: 'http://registry.npmjs.org/zod/-/zod-4.6.7.tgz' }],
    [false, { integrity: 'sha512-x', resolved: 'git+ssh://git@github.com/colinhacks/zod.git' }],
    [false, { integrity: 'sha512-x', resolved: '' }],
    [false, { integrity: 'sha1-x', resolved: `${registry}zod/-/zod-4.6.7.tgz` }],
    [false, { resolved: `${registry}zod/-/zod-4.6.7.tgz` }],
    [false, { integrity: 'sha512-x', link: true }],
  ])('is sound (%s) with %j', (sound, locked) => {
    expect(isSound(locked)).toBe(sound);
  });
});

/** Every file that a file imports, or only those that are there at run time, without types. */
function importsOf(file: string, { types }: { types: boolean }): string[] {
  const { statements } = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || !/^\..*\.ts$/.test(moduleSpecifier.text)) return [];
    const typeOnly = ts.isExportDeclaration(statement)
      ? statement.isTypeOnly
      : statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return typeOnly && !types
      ? []
      : [relative(projectRoot, join(projectRoot, dirname(file), moduleSpecifier.text)).replaceAll('\\', '/')];
  });
}

/** All that can be reached from here, step by step. */
function reachable(start: string, next: (one: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const todo = [...next(start)];
  for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    todo.push(...next(one));
  }
  return seen;
}

describe('the rooms', () => {
  const roomOf = (file: string) => rooms.find((room) => file.startsWith(`${room}/`));
  const mayImport: Readonly<Record<(typeof rooms)[number], readonly string[]>> = {
    shared: ['shared'],
    functions: ['functions', 'shared'],
    infra: ['infra', 'functions', 'shared'],
    tools: ['tools', 'infra', 'functions', 'shared'],
    test: rooms,
  };

  it('import in one direction: functions → shared, infra → both, tools → all of these, test → everything', () => {
    const wrong = sources.flatMap((file) => {
      const room = roomOf(file);
      const allowed = room ? mayImport[room] : [];
      return importsOf(file, { types: true })
        .filter((target) => !allowed.includes(roomOf(target) ?? 'none'))
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  /** `shared/ledger` of `shared/ledger/record.ts`; a file beside the folders stands for itself. */
  const folderOf = (file: string) => file.split('/').slice(0, 2).join('/');

  it('no folder of shared/ imports in a circle with another', () => {
    const arrows = new Map<string, Set<string>>();
    for (const file of sources.filter((source) => source.startsWith('shared/'))) {
      const targets = importsOf(file, { types: true }).map(folderOf);
      const from = folderOf(file);
      arrows.set(from, new Set([...(arrows.get(from) ?? []), ...targets.filter((target) => target !== from)]));
    }
    expect(arrows.size).toBeGreaterThan(5);
    const inCircle = [...arrows.keys()].filter((folder) =>
      reachable(folder, (one) => [...(arrows.get(one) ?? [])]).has(folder),
    );
    expect(inCircle).toEqual([]);
  });

  it('no file imports in a circle at run time: what it needs is there before it runs', () => {
    const targets = new Map(sources.map((file) => [file, importsOf(file, { types: false })]));
    const inCircle = sources.filter((file) => reachable(file, (one) => targets.get(one) ?? []).has(file));
    expect([...targets.values()].flat().length).toBeGreaterThan(1000);
    expect(inCircle).toEqual([]);
  });

  it.each([
    ['submit-invoice', 120],
    ['take-turns', 101],
    ['give-turns', 67],
    ['check-connection', 80],
    ['watch-credentials', 72],
    ['rotate-credentials', 68],
  ])('%s needs at most %i files at run time, besides what it loads only when needed', (name, most) => {
    const handler = `functions/${name}/handler.ts`;
    const files = reachable(handler, (file) => importsOf(file, { types: false })).add(handler);
    expect(files.size).toBeGreaterThan(10);
    expect(files.size).toBeLessThanOrEqual(most);
  });
});

describe('prose', () => {
  const longest = 120;
  /** Link targets and addresses cannot be broken. */
  const isLong = (line: string) => line.replaceAll(/\]\([^)]*\)|https?:\/\/\S+/g, ']').length > longest;
  const longLines = (files: readonly string[], prose: (text: string) => readonly string[]) =>
    files.flatMap((file) => prose(read(file)).flatMap((line, at) => (isLong(line) ? [`${file}:${at + 1}`] : [])));

  it('has lines of at most 120 characters in comments', () => {
    const isComment = (line: string) => /^\s*(\/\/|\/?\*)/.test(line);
    const comments = (text: string) => text.split('\n').map((line) => (isComment(line) ? line : ''));
    expect(longLines(sources, comments)).toEqual([]);
  });

  it('has lines of at most 120 characters in pages, except for tables, code and the marker of a generated page', () => {
    const paragraphs = (text: string) => {
      let inCode = false;
      return text.split('\n').map((line) => {
        if (/^\s*(```|~~~)/.test(line)) inCode = !inCode;
        return inCode || /^(\||<!-- Made from)/.test(line) ? '' : line;
      });
    };
    expect(longLines(pages, paragraphs)).toEqual([]);
  });
});
