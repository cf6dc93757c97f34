/** What `npx relay` answers, in French as well: that every sentence has its French, and that it is the one printed. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it, test } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { welcome, practiceWith } from '../../tools/relay/welcome.ts';
import { runOperator } from './operator-fixture.ts';

/** For those who work on the relay itself: they answer in English. */
const forDevelopers = ['tools/relay/release.ts', 'tools/relay/build.ts', 'tools/relay/connection-secret.ts'];

const sources = globSync(['tools/relay/*.ts', 'tools/command-line/*.ts', 'tools/local-cloud/endpoints.ts'], {
  cwd: projectRoot,
}).filter((path) => !forDevelopers.includes(path));

/** What is said in one language on purpose: --help, whose French is in french.ts, and what another program said. */
const saidElsewhere = /^(about|notes|exitCodes|fr|en|verbs)$/;
const calls = /^(flag|option|textOption|dayOption|inEnglish|spokenIn|say)$/;

/** Results in --json, and what others call a thing. */
const codes = [
  ...['was disconnected before', 'put on again', 'not in doubt', 'received too often'],
  'Region is missing',
];

const isOneLanguage = (node: ts.Node): boolean =>
  (ts.isPropertyAssignment(node) && saidElsewhere.test(node.name.getText())) ||
  (ts.isVariableDeclaration(node) && /^(about.*|french|english|fields|usualCodes|notUp)$/.test(node.name.getText())) ||
  (ts.isConditionalExpression(node) && node.condition.getText().startsWith('language ===')) ||
  (ts.isCallExpression(node) && calls.test(node.expression.getText().split('.').at(-1) ?? ''));

const isInOneLanguage = (node: ts.Node): boolean =>
  isOneLanguage(node) || (!ts.isSourceFile(node) && isInOneLanguage(node.parent));

/** The words of a literal or of a template, without what is filled in. A command line stands two spaces in. */
function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** Three words in a row. Texts that only a machine reads, such as a command line or a key, have none. */
const sentence = /(?<![-/\w])[A-Za-z]{2,}[,;:]? [a-z’]+[,;:]? [a-z’]+/;

function untold(path: string, content = readFileSync(join(projectRoot, path), 'utf8')): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = (wordsOf(node) ?? '').replaceAll(/^ {2}\S.*$/gm, '');
    if (sentence.test(words) && !codes.includes(words) && !isInOneLanguage(node)) found.push(`${path}: ${words}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true));
  return found;
}

describe('every sentence of the verbs for accountants and operators', () => {
  it('is said in both languages', () => {
    expect(sources.length).toBeGreaterThan(25);
    expect(sources.flatMap((path) => untold(path))).toEqual([]);
  });

  it.each([
    ["console.log('nothing was moved')", 1],
    ['const said = json ? undefined : `${count} messages went back to the queue`;', 1],
    ["const said = { fr: 'rien n’a été déplacé', en: 'nothing was moved' };", 0],
  ])('would be found otherwise: %s', (code, count) => {
    expect(untold('a.ts', code)).toHaveLength(count);
  });
});

test.each<[verb: string, args: string[], code: number, said: string]>([
  [
    'stauts',
    ['--lang', 'fr'],
    2,
    '« npx relay stauts » n’existe pas ; vouliez-vous dire status ?\nil y a : local, send',
  ],
  ['status', ['--lang', 'fr', '--lat=1'], 2, '--late ne prend pas de valeur'],
  ['status', ['--lang', 'fr', '--from'], 2, 'il manque la valeur de --from'],
  [
    'status',
    ['--lang=fr', '--from', '31/13/2026'],
    2,
    '--from « 31/13/2026 » n’est pas une date : JJ/MM/AAAA ou AAAA-MM-JJ',
  ],
  ['status', ['--lang', 'fr', '--everything'], 2, 'il n’y a pas d’option --everything'],
  [
    'dismiss',
    ['example', '--lang', 'fr'],
    2,
    'il manque <numéro>\nusage : npx relay dismiss <connexion> <numéro> [options]',
  ],
  ['retry', ['nobody', 'F-1', '--lang', 'fr'], 2, 'il n’y a pas de connexion « nobody » ; il y a : example'],
  ['retry', ['exampel', 'F-1', '--lang', 'fr'], 2, 'pas de connexion « exampel » ; vouliez-vous dire example ?'],
  ['redrive', ['example', 'F-1', '--lang', 'fr'], 2, '« F-1 » est de trop'],
  ['check', ['Example', '--lang', 'fr'], 2, '<connexion> « Example » n’est pas un nom de connexion'],
  ['check', ['example', '--credentials', '/nowhere.json', '--lang', 'fr'], 1, 'impossible de lire /nowhere.json'],
  ['clock', ['soon', '--lang', 'fr'], 2, '<durée> « soon » n’est pas une durée de 400 jours au plus'],
  ['validate', ['nowhere.json', '--lang', 'fr'], 2, 'il n’y a ni fichier, ni dossier « nowhere.json »'],
])('%s %j is answered in French', async (verb, args, code, said) => {
  const ended = await runOperator(verb, args);
  expect(ended.code).toBe(code);
  expect(ended.output).toContain(said);
});

test('a machine that is set to French is answered in French', async () => {
  const { output } = await runOperator('retry', ['example'], undefined, 'fr_FR.UTF-8');
  expect(output).toBe(
    'il manque <numéro>\nusage : npx relay retry <connexion> <numéro> [options]\n' +
      '« npx relay retry --help » en dit plus\n',
  );
});

test('the first screen has the same commands in French', () => {
  const endpoints = {
    ...{ endpoint: 'http://aws', region: 'eu-west-3', bucket: 'documents', table: 't', topic: 't' },
    ...{ queues: {}, functions: [], outputs: {}, chorusProUrl: 'http://chorus-pro' },
  };
  const practice = practiceWith([{ siret: '99920001700013', name: 'Bertin', services: [], bankAccounts: [] }], {
    works: true,
  });
  const files = { addresses: '.local/endpoints.json', log: '.local/relay.log' };
  const linesIn = (language: 'fr' | 'en') =>
    welcome(endpoints, { connections: ['bertin'], practice, files, language, width: 100 }).split('\n');
  const commandsIn = (language: 'fr' | 'en') => linesIn(language).filter((line) => /^ {2}\S/.test(line));
  expect(commandsIn('fr')).toEqual(commandsIn('en'));
  expect(linesIn('fr').join('\n')).toContain('rejette la facture après 2 jours');
  expect(linesIn('fr').filter((line) => line.length > 100 && !line.startsWith('  '))).toEqual([]);
});
