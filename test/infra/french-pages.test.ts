/** Neither language lags: a page and its French counterpart have the same parts, examples and links. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { fieldTexts, frenchOf } from '../../tools/docs/french/field-texts.ts';
import { frenchFolders, frenchPages, inEnglishOnly } from '../../tools/docs/french/pages.ts';
import { generated } from '../../tools/docs/generate.ts';
import { jsonSchemaOf } from '../../tools/docs/schema-files.ts';

const pagesIn = (folder: string): string[] => readdirSync(join(projectRoot, 'docs', folder));

const pairs: readonly (readonly [english: string, french: string])[] = [
  ['README.md', 'LISEZMOI.md'],
  ...Object.entries(frenchPages).map(([english, french]) => [`docs/${english}`, `docs/${french}`] as const),
  ...Object.entries(frenchFolders).flatMap(([english, french]) =>
    pagesIn(english).map((page) => [`docs/${english}/${page}`, `docs/${french}/${page}`] as const),
  ),
];
const counterparts = new Map([
  ...pairs,
  ['docs/runbooks', 'docs/fr/procedures'],
  ['docs/runbooks/alarms', 'docs/fr/procedures/alarmes'],
]);

const read = (page: string): string => readFileSync(join(projectRoot, page), 'utf8');

/** Its commands speak each reader's language: placeholders, file names, lines of the check. */
const ownWords = 'docs/fr/mise-en-service.md';

/** The words of Chorus Pro, for those who read French: there is no English one. */
const glossary = 'docs/fr/glossaire.md';

interface Parts {
  /** The level of each heading, in order. */
  headings: string[];
  bullets: number;
  /** Paragraphs that begin in bold, as those of a runbook. */
  leads: number;
  /** Code blocks, without what is said in words: comments, and the labels of a drawing. */
  blocks: string[];
  /** What stands in backticks, sorted, each once: names, codes and commands are the same in every language. */
  code: string[];
  /** Pages and files, from the root of the project, sorted, each once. A page with a counterpart is its French one. */
  links: string[];
}

const fences = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
/** The notice of a generated page, and what follows the first cell of a table's row: data, which has its own French. */
const told = /^<!--.*-->$|(?<=^\| [^|]*\|).*$/gm;

/** What a reader replaces or may name as he likes, and the option that only one language needs. */
const replaced =
  / --language en|<[^>]*>|ADDRESS|ADRESSE|(?:ops|exploitation)@|\b(?:invoice|facture|answer|reponse)\.(?=json|pdf)/g;

const wordless = (language: string, block: string): string => {
  if (language === 'mermaid')
    return block.replaceAll(/-- .*? -->|-\. .*? \.->/g, '→').replaceAll(/[[({]+.*?[\])}]+/g, '');
  const uncommented = language === 'json' ? block : block.replaceAll(/ *#.*$/gm, '');
  return uncommented.replaceAll(replaced, '');
};

/** The pages and files that a page links to, from the root of the project. */
const targetsOf = (page: string, text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)].map(([, target = '']) =>
    /^[a-z]+:/.test(target) ? target : join(dirname(page), target),
  );

function partsOf(page: string, text: string): Parts {
  const prose = text.replaceAll(fences, '');
  const targets = targetsOf(page, prose);
  const own: readonly string[] = [...(pairs.find((pair) => pair.includes(page)) ?? []), glossary];
  const links = targets.filter((target) => !own.includes(target)).map((target) => counterparts.get(target) ?? target);
  return {
    headings: [...prose.matchAll(/^#+(?= )/gm)].map(([level]) => level),
    bullets: [...prose.matchAll(/^- /gm)].length,
    leads: [...prose.matchAll(/^\*\*[^*]+\.\*\*/gm)].length,
    blocks: [...text.matchAll(fences)].map(([, language = '', block = '']) => wordless(language, block)),
    code: [
      ...new Set(
        [...prose.replaceAll(told, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
          code.replaceAll(/\s+/g, ' ').replaceAll(/<[^>]*>/g, '<>'),
        ),
      ),
    ].sort(),
    links: [...new Set(links)].sort(),
  };
}

describe.each(pairs)('%s and %s', (english, french) => {
  it('have the same headings, bullets, code and links', () => {
    const [inFrench, inEnglish] = [partsOf(french, read(french)), partsOf(english, read(english))];
    expect(inFrench).toEqual(french === ownWords ? { ...inEnglish, code: inFrench.code } : inEnglish);
  });

  it('name each other in their first lines', () => {
    const link = (from: string, to: string) => `](${relative(dirname(from), to)})`;
    expect(read(english).slice(0, 1500)).toContain(link(english, french));
    expect(read(french).slice(0, 1500)).toContain(link(french, english));
  });

  it('lead a reader of French to French pages', () => {
    const targets = targetsOf(french, read(french));
    const away = targets.flatMap((target) => counterparts.get(target) ?? []);
    expect(away.filter((page) => page !== french && !targets.includes(page))).toEqual([]);
  });
});

it('a difference between two pages would be noticed', () => {
  const text = '# A\n[a](docs/commands.md#here)\n- b\n```sh\nnpx relay check  # words\n```\n';
  const same = '# B\n[c](docs/fr/commandes.md#ici)\n- d\n```sh\nnpx relay check     # mots\n```\n';
  expect(partsOf('LISEZMOI.md', same)).toEqual(partsOf('README.md', text));
  for (const [from, to] of [
    ['# B', '## B'],
    ['- d', 'd'],
    ['check', 'status'],
    ['d\n', '`d`\n'],
    ['fr/commandes.md', 'fr/motifs.md'],
  ] as const)
    expect(partsOf('LISEZMOI.md', same.replace(from, to))).not.toEqual(partsOf('README.md', text));
});

it('every generated page and runbook has a French one, or a line that says why not', () => {
  const french: readonly string[] = Object.values(frenchPages);
  const runbooks = pagesIn('runbooks').map((page) => `runbooks/${page}`);
  const all = [...new Set([...Object.keys(generated()), ...runbooks])];
  const pages = all.filter((path) => path.endsWith('.md') && !french.includes(path));
  expect(pages.filter((page) => !(page in frenchPages) && !(page in inEnglishOnly))).toEqual([]);
  expect(Object.keys(inEnglishOnly).filter((page) => !pages.includes(page))).toEqual([]);
});

/** Every description in a JSON Schema, at any depth. */
function descriptionsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(descriptionsIn);
  const parts = z.record(z.string(), z.unknown()).safeParse(schema).data ?? {};
  const { description } = parts;
  return [...(typeof description === 'string' ? [description] : []), ...Object.values(parts).flatMap(descriptionsIn)];
}

it('every French page in a folder has its English one', () => {
  for (const [english, french] of Object.entries(frenchFolders)) expect(pagesIn(french)).toEqual(pagesIn(english));
});

describe('the French of the fields', () => {
  const schemas = Object.values(commandSchemas).map(({ 1: schema }) => jsonSchemaOf(schema, 'input'));
  const said = new Set(schemas.flatMap(descriptionsIn));

  it('is there for each description, and for nothing else', () => {
    expect(said.size).toBeGreaterThan(80);
    expect(Object.keys(fieldTexts).sort()).toEqual([...said].sort());
  });

  it('stops the generator where it is missing', () => {
    expect(() => frenchOf('A new field.')).toThrow('no French in tools/docs/french/field-texts.ts for: A new field.');
  });
});

/** Optional settings with an effect: the others name the connection for people. */
const forPeople = ['$schema', 'label', 'environment', 'authentication', 'technicalAccount', 'pisteApplication'];
const settings = Object.keys(connectionSettingsSchema.shape).filter((name) => !forPeople.includes(name));

describe.each(['docs/getting-connected.md', ownWords])('the table of settings in %s', (page) => {
  const cells = read(page).match(/^\| `.*?(?= \| )/gm) ?? [];

  it.each(settings)('has %s', (name) => {
    expect(
      cells.filter(
        (cell) => cell.includes(`\`${name}\``) || cell.includes(`\`${name}.`) || cell.includes(`\`${name}[`),
      ),
    ).not.toEqual([]);
  });

  it.each(['orders', 'works', 'validations', 'retentions'])('says which tick, space and alarm %s needs', (name) => {
    const row = new RegExp(`^\\| \`${name}\` \\|.*$`, 'm').exec(read(page))?.[0] ?? '';
    for (const need of [/PISTE/, /space|espace/, /alarm/]) expect(row).toMatch(need);
  });
});
