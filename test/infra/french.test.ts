/** How the product writes French, as far as a rule can tell. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { statuses } from '../../shared/chorus-pro/statuses.ts';
import { commandNames } from '../../shared/invoice/invoice-commands.ts';
import { frameworks } from '../../shared/invoice/frameworks.ts';
import { frenchTexts, type FrenchText } from '../support/french-sentences.ts';

const { inCode, inPages } = frenchTexts();
const all: readonly FrenchText[] = [...inCode, ...inPages];
/** The glossary says itself which words are not used. */
const outsideGlossary = all.filter(({ at }) => !at.startsWith('docs/fr/glossaire.md'));

/**
 * A command line, and a JSON value in straight quotes, are for the ERP's developer, and so are the signs that a file's
 * name may not have. The first lines of a page say in English where its English page is.
 */
const withoutJson = (text: string): string =>
  text
    .replaceAll(/\bnp[mx] (run |cdk |relay )?[\w-]+( --[\w-]+)*/g, '{}')
    .replaceAll(/'?\{"[^{}]*\}'?|"([\d.-]+|EUR)"/g, '{}')
    .replaceAll(String.raw`/ \ < > : " | ? *`, '{}')
    .replace(/in English:? \[[^\]]*\]/gi, '{}');

/** What stands in brackets is the code of what was named before. */
const withoutBrackets = (text: string): string => withoutJson(text).replaceAll(/\([^()]*\)/g, '');

const faultsOf = (pattern: RegExp, prepared = withoutJson, texts = all): string[] =>
  texts.flatMap(({ at, text }) => {
    const fault = pattern.exec(prepared(text));
    return fault ? [`${at}: … ${prepared(text).slice(Math.max(0, fault.index - 25), fault.index + 25)} …`] : [];
  });

const english =
  /(?<![\p{L}\w-])(the|of|and|with|is|not|must|should|string|number|null|undefined|array|boolean|object|value|field|token|followed|settled|accepted|refused|rejected|withheld|unknown|missing|expected|received|invoice|payment|ledger|stage|bucket|payload|timeout|workflow|login|email|e-mail|mail|password|upload|deploy|update|dead letters?)(?![\p{L}\w-])/iu;

/** What an accountant would not write, and what is written instead. */
const instead = {
  'acquitt[ée]': 'reconnue, prendre acte (une facture acquittée est payée)',
  'dépôt de documents': 'espace de documents',
  'périm[ée]': 'expiré',
  'fautif|fautive': 'erroné',
  'silencieu[xs]': 'absence de validation',
  'chez (le|l’|un|\\{\\}|Chorus)[ .]': 'auprès de, à la disposition de',
  'accept\\S* par le silence|le silence l’?(a )?accept': 'acceptée tacitement',
  'espace des documents': 'espace de documents',
  'comprimé|nº': 'compressé, n°',
  'file des messages morts': 'file d’erreurs',
  'dépos\\S* (\\S+ ){0,2}dans (une|la) file': 'mettre dans la file (un dépôt se fait dans Chorus Pro)',
  'supporté|digital|adressé par|initi[ée]|implément|librairie|basé sur|en charge de': 'un mot français',
} as const;

describe('every French text', () => {
  it('is found: in the code, the samples and the pages', () => {
    const places = new Set(all.map(({ at }) => at.split(':')[0]));
    for (const path of [
      ...['shared/invoice/reason-texts.ts', 'shared/invoice/events.ts', 'shared/chorus-pro/statuses.ts'],
      ...['shared/diagnostics/findings.ts', 'shared/e-invoice/terms.ts', 'shared/e-invoice/rules/vat-categories.ts'],
      ...['functions/watch-credentials/reminder.ts', 'functions/rotate-credentials/mails.ts', 'samples/01-plain.json'],
      'tools/command-line/french.ts',
      ...['shared/invoice/characters.ts', 'shared/invoice/invoice-commands.ts', 'docs/fr/glossaire.md'],
    ])
      expect(places).toContain(path);
  });

  it.each<[string, RegExp]>([
    ['has the apostrophe ’', /[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]/],
    ['quotes with « »', /["“”]/],
    ['has a space before : ; ? ! and »', /[^\s(][:;?!»](?=[\s.,)]|$)/],
    ['has a space after « and one between the number and %', /«\S|[\d}]%/],
    ['has no space before a comma, a point or a closing bracket', / ,| \)| \.(?=\s|$)|\( /],
    ['has one space between words', /\S {2}\S/],
    ['writes a date as « 31 octobre 2026 »', /\b\d{4}-\d{2}-\d{2}\b/],
    ['writes an amount as « 1 200,00 € »', /(?<!Node\.js )\b\d+\.\d{2}\b(?!\.)|\bEUR\b|€\d/],
    ['groups thousands', /\b\d{4,} (octets|euros|caractères|messages|fois|€)/],
    ['has three points in one character', /\.\.\./],
  ])('%s', (_rule, pattern) => {
    expect(faultsOf(pattern)).toEqual([]);
  });

  it('closes what it opens', () => {
    const count = (text: string, sign: string) => text.split(sign).length;
    expect(all.filter(({ text }) => count(text, '«') !== count(text, '»')).map(({ at }) => at)).toEqual([]);
  });

  it('has no English word, but for codes in brackets', () => {
    expect(faultsOf(english, withoutBrackets)).toEqual([]);
  });

  it('names a command or a field in words; its code stands in brackets or after a colon', () => {
    const code = /(?<!: ?|: (?:\w+, )+)(?<![\w/.])([a-z]+[A-Z]\w+|(invoice|relay|payment|document)\.[a-z-]+)/;
    expect(faultsOf(code, withoutBrackets, inCode)).toEqual([]);
  });

  it('agrees in number: no (s)', () => {
    expect(faultsOf(/[a-zà-ÿ]\((s|e|es|x)\)/)).toEqual([]);
  });

  it.each(Object.entries(instead))('does not say « %s » but: %s', (word) => {
    expect(faultsOf(new RegExp(`(?<![a-zà-ÿ])(${word})`, 'i'), withoutJson, outsideGlossary)).toEqual([]);
  });
});

describe('the glossary', () => {
  const glossary = readFileSync(join(projectRoot, 'docs/fr/glossaire.md'), 'utf8');

  it.each(Object.entries(commandNames))('says what %s does in the words of the events', (type, { fr }) => {
    expect(glossary).toContain(`« ${fr} » `);
    expect(glossary).toContain(`\`${type}\``);
  });

  it.each(globSync(['LISEZMOI.md', 'docs/fr/*.md'], { cwd: projectRoot }))('is linked from %s', (page) => {
    if (!page.endsWith('glossaire.md'))
      expect(readFileSync(join(projectRoot, page), 'utf8')).toContain('glossaire.md)');
  });

  it('has every status that asks the supplier for a command, and every framework that is sent', () => {
    const asking = Object.entries(statuses).flatMap(([code, { command }]) => (command ? [code] : []));
    expect(asking.filter((code) => !glossary.includes(`\`${code}\``))).toEqual([]);
    expect(frameworks.filter((framework) => !new RegExp(`\\b${framework} `).test(glossary))).toEqual([]);
  });
});
