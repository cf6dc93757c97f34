import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { nearest } from '../../tools/command-line/command.ts';
import { languageIn, machineLocale } from '../../tools/command-line/french.ts';
import { runOperator } from './operator-fixture.ts';

const { scripts, bin } = z
  .object({ scripts: z.record(z.string(), z.string()), bin: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')));
const aliasOf = (verb: string): string => `node tools/start.js ${verb}`;

interface Documented {
  page: string;
  /** `npm run check`, `npx relay restore verify`. */
  text: string;
  /** The script of package.json, where it is one. */
  script: string | undefined;
  /** The words after `npx relay`. */
  words: string[];
  options: string[];
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => /^[a-z][a-z-]*$/.test(word));
const optionsOf = (text: string): string[] => text.match(/--[a-z][a-z-]*/g) ?? [];

/** Every command line of ours that a page names. */
function documentedIn(page: string): Documented[] {
  const text = readFileSync(join(projectRoot, page), 'utf8');
  const npm = [...text.matchAll(/\bnpm run ([\w:-]+)( -- [^`\n#«»"]*)?/g)].map(([all, script = '', rest = '']) => ({
    ...{ page, text: all, script, words: [script, ...wordsOf(rest)], options: optionsOf(rest) },
  }));
  const npx = [...text.matchAll(/\bnpx relay ([^`\n#«»"]*)/g)].map(([all, rest = '']) => ({
    ...{ page, text: all, script: undefined, words: wordsOf(rest), options: optionsOf(rest) },
  }));
  return [...npm, ...npx];
}

const pages = [
  'README.md',
  'LISEZMOI.md',
  'CONTRIBUTING.md',
  ...(await readdir(join(projectRoot, 'docs'), { recursive: true })).map((file) => join('docs', file)),
].filter((page) => page.endsWith('.md'));
const documented = pages.flatMap(documentedIn);

/** What --help says in words: its paragraphs, what stands beside each option or verb, and each exit code. */
const textsOf = (help: string): string[] =>
  help
    .trim()
    .split('\n\n')
    .flatMap((part) => {
      if (part.startsWith(' ')) return [...part.matchAll(/^ {2}\S.*? {2,}(\S.*)$/gm)].map(([, text = '']) => text);
      const text = part.replaceAll('\n', ' ');
      if (!part.startsWith('exit codes:') && !part.startsWith('codes de sortie :')) return [text];
      return text.split(/[:,;] (?=\d )/).map((text) => text.replace(/^\d /, ''));
    });

const helps = new Map<string, ReturnType<typeof runOperator>>();
function helpOf(verb: string, ...rest: string[]): ReturnType<typeof runOperator> {
  const key = [verb, ...rest].join(' ');
  const help = helps.get(key) ?? runOperator(verb, [...rest, '--help']);
  helps.set(key, help);
  return help;
}

/** What is wrong with a documented command, or nothing. */
async function wrong({ page, text, script, words: [verb = '--help', second], options }: Documented): Promise<string[]> {
  if (script !== undefined && !(script in scripts)) return [`${page}: there is no ${text}`];
  if (script !== undefined && scripts[script] !== aliasOf(verb)) return [];
  const own = await helpOf(verb);
  const help = own.output.includes('<verb>') && second !== undefined ? await helpOf(verb, second) : own;
  if (help.code !== 0) return [`${page}: there is no ${text}`];
  return options.filter((option) => !help.output.includes(option)).map((option) => `${page}: ${text} has no ${option}`);
}

describe('the commands that the pages name', () => {
  it('exist, with the options that the pages give them', async () => {
    expect(documented.length).toBeGreaterThan(30);
    expect(documented.filter(({ text }) => text.startsWith('npx relay restore')).length).toBeGreaterThan(2);
    expect((await Promise.all(documented.map(wrong))).flat()).toEqual([]);
  });

  it('would be found out if they did not exist', async () => {
    const line = { page: 'a page', options: [] };
    const gone = { ...line, text: 'npm run drill', script: 'drill', words: ['drill'] };
    const unknown = { ...line, text: 'npx relay restore appyl', script: undefined, words: ['restore', 'appyl'] };
    const option = { ...line, text: 'npm run check', script: 'check', words: ['check'], options: ['--everything'] };
    expect((await Promise.all([gone, unknown, option].map(wrong))).flat()).toEqual([
      'a page: there is no npm run drill',
      'a page: there is no npx relay restore appyl',
      'a page: npm run check has no --everything',
    ]);
  });
});

it('the functions that the pages call are deployed', async () => {
  const called = pages.flatMap((page) =>
    [
      ...readFileSync(join(projectRoot, page), 'utf8').matchAll(/--function-name\s+chorus-relay-[\w<>$]+?-([a-z-]+)/g),
    ].map(([, name = '']) => ({ page, name })),
  );
  const handlers = await readdir(join(projectRoot, 'functions'), { recursive: true });
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter(({ name }) => !handlers.includes(join(name, 'handler.ts')))).toEqual([]);
});

describe('npx relay', () => {
  it('is ours: the file that npm links as its binary', () => {
    const file = join(projectRoot, bin['relay'] ?? '');
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(file).mode & 0o111).toBe(0o111);
  });

  it('has an npm script for each of its verbs', async () => {
    const { code, output } = await helpOf('--help');
    expect(code).toBe(0);
    const verbs = [...output.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, verb = '']) => verb);
    expect(verbs.length).toBeGreaterThan(8);
    expect(verbs.map((verb) => scripts[verb])).toEqual(verbs.map(aliasOf));
  });

  it('says of every verb in the same words how it ends', async () => {
    const { output } = await helpOf('--help');
    const verbsOf = (help: string) => [...help.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, verb = '']) => verb);
    const helps = await Promise.all(
      verbsOf(output).map(async (verb) => {
        const own = await helpOf(verb);
        return own.output.includes('<verb>')
          ? Promise.all(verbsOf(own.output).map((inner) => helpOf(verb, inner)))
          : [own];
      }),
    );
    for (const { output: help } of helps.flat()) {
      const [codes = ''] = help.split('\n\n').filter((part) => part.startsWith('exit codes:'));
      expect(codes.trim().replaceAll('\n', ' ')).toMatch(
        /^exit codes: 0 .+, 1 (.+, or )?it could not finish, 2 (.+, or )?wrong usage(, |$)/,
      );
      expect(/3\sthe\slocal\srelay\sis\snot\sup/.test(codes)).toBe(/--local\b|"npx relay local"/.test(help));
    }
  });

  it('says all of it in French as well', async () => {
    const verbsOf = (help: string) => [...help.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, verb = '']) => verb);
    const inEnglish = async (...words: string[]): Promise<string[][]> => {
      const { output } = await helpOf(words[0] ?? '--help', ...words.slice(1));
      if (words.length > 0 && !output.includes('<verb>')) return [words];
      const inner = await Promise.all(verbsOf(output).map((verb) => inEnglish(...words, verb)));
      return [words, ...inner.flat()];
    };
    const all = await inEnglish();
    expect(all.length).toBeGreaterThan(15);
    const untold = await Promise.all(
      all.map(async ([verb = '--help', ...words]) => {
        const english = textsOf((await helpOf(verb, ...words)).output);
        const french = textsOf((await helpOf(verb, ...words, '--language', 'fr')).output);
        expect(french, verb).toHaveLength(english.length);
        return english.filter((text) => french.includes(text)).map((text) => `${verb}: ${text}`);
      }),
    );
    expect(untold.flat()).toEqual([]);
  });

  it('speaks the language of the machine, unless it is told which', () => {
    expect(languageIn(['--help', '--language', 'fr'])).toBe('fr');
    expect(languageIn(['--lang=fr', '--help'])).toBe('fr');
    expect(languageIn(['--language', 'en'])).toBe('en');
    expect(languageIn(['--help'], 'fr-FR')).toBe('fr');
    expect(languageIn(['--help'], 'de-DE')).toBe('en');
    expect(languageIn(['--language', 'en'], 'fr-FR')).toBe('en');
  });

  it.each([
    [{ LC_ALL: 'fr_FR.UTF-8', LANG: 'en_GB.UTF-8' }, 'fr'],
    [{ LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'fr_BE.UTF-8', LANG: 'en_GB.UTF-8' }, 'fr'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'fr_FR.UTF-8' }, 'fr'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
  ])('knows the language of a machine with %j', (env, language) => {
    expect(languageIn([], machineLocale(env))).toBe(language);
  });

  it.each([
    ['fr_FR.UTF-8', 'il manque'],
    ['de_DE.UTF-8', 'is missing'],
  ])('answers in every verb alike on a machine that is set to %s', async (locale, said) => {
    for (const verb of ['check', 'credentials', 'validate', 'dismiss']) {
      const { output } = await runOperator(verb, [], undefined, locale);
      expect([verb, output]).toEqual([verb, expect.stringContaining(said)]);
    }
    const letters = await runOperator('dead-letters', ['show'], undefined, locale);
    expect(letters.output).toContain(said);
  });

  it('names the verbs when it is given an unknown one, and the one that was meant', async () => {
    const { code, output } = await runOperator('stauts', []);
    expect(code).toBe(2);
    expect(output).toContain('there is no "npx relay stauts"; did you mean status?');
    expect(output).toContain('check, credentials');
    expect((await runOperator('constructor', [])).code).toBe(2);
  });

  it.each([
    ['stauts', '; did you mean status?'],
    ['cred', '; did you mean credentials?'],
    ['frobnicate', ''],
  ])('takes %s for what is near', (word, said) => {
    expect(nearest(word, ['check', 'credentials', 'status']).en).toBe(said);
  });
});
