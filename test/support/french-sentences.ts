/**
 * Every French sentence of the product, with where it is: what the code gives as `fr` (a property, or a parameter of
 * that name) or in a table `french`, what the samples show, and the prose of the French pages. `{}` stands for what is
 * filled in.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';

export interface FrenchText {
  /** `shared/invoice/events.ts:10` */
  at: string;
  text: string;
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** The simulator speaks as Chorus Pro does, and the generators of the pages write English. */
const sources = globSync('{shared,functions,infra,tools}/**/*.ts', { cwd: projectRoot })
  .filter((path) => !/^tools\/(chorus-pro-simulator|docs)\//.test(path))
  .sort();

/** The text of a literal, of a template, or of literals that are put together; undefined for anything else. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined && right === undefined ? undefined : `${left ?? '{}'}${right ?? '{}'}`;
  }
  return undefined;
}

/** All texts in an expression, but for those that it only compares, and for what a schema says of a field `fr`. */
function textsIn(node: ts.Node): ts.Node[] {
  if (textOf(node) !== undefined) return [node];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsIn);
  if (ts.isCallExpression(node) && node.expression.getText().endsWith('.describe')) return [];
  if (ts.isPropertyAssignment(node)) return textsIn(node.initializer);
  return node.getChildren().flatMap(textsIn);
}

type Parameters = ts.NodeArray<ts.ParameterDeclaration>;

const placeOfFrench = (parameters: Parameters): number =>
  parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === 'fr');

/** The functions of a file that take a French text, and at which place. */
function takersIn(file: ts.SourceFile): ReadonlyMap<string, number> {
  const takers = new Map<string, number>();
  const add = (name: string, parameters: Parameters) => {
    const place = placeOfFrench(parameters);
    if (place >= 0) takers.set(name, place);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name) add(node.name.text, node.parameters);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      if (ts.isArrowFunction(node.initializer)) add(node.name.text, node.initializer.parameters);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return takers;
}

/** The files beside it from which a file imports: their functions may take a French text too. */
const importedBy = (file: ts.SourceFile, path: string): ts.SourceFile[] =>
  file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { text } = statement.moduleSpecifier;
    if (!/^\.\/[\w-]+\.ts$/.test(text)) return [];
    const beside = join(dirname(path), text);
    return [ts.createSourceFile(beside, read(beside), ts.ScriptTarget.Latest, true)];
  });

/** `language === 'fr' ? … : …` */
const asksForFrench = ({ condition }: ts.ConditionalExpression): boolean => condition.getText().endsWith("=== 'fr'");

function sentencesIn(path: string): FrenchText[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const takers = new Map([...importedBy(file, path).flatMap((one) => [...takersIn(one)]), ...takersIn(file)]);
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'fr') found.push(...textsIn(node.initializer));
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'french' && node.initializer)
      found.push(...textsIn(node.initializer));
    if (ts.isConditionalExpression(node) && asksForFrench(node)) found.push(...textsIn(node.whenTrue));
    if (ts.isCallExpression(node)) {
      const given = node.arguments[takers.get(node.expression.getText()) ?? -1];
      if (given) found.push(...textsIn(given));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.map((node) => ({
    at: `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
    text: (textOf(node) ?? '').replaceAll(/\{[\w:]*\}/g, '{}'),
  }));
}

const sampleSchema = z.object({ shows: z.object({ fr: z.string() }) });

const shownBySamples = (): FrenchText[] =>
  globSync('samples/**/*.json', { cwd: projectRoot }).map((at) => ({
    at,
    text: sampleSchema.parse(JSON.parse(read(at))).shows.fr,
  }));

/**
 * Without code and the addresses of links; a paragraph is one text, and so is a cell of a table. A link to a page in
 * English has its title, and a graph of the dashboard its name.
 */
function paragraphsOf(path: string): FrenchText[] {
  const prose = read(path)
    .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/`[^`]*`/g, '{}')
    .replaceAll(/(graphiques? )\*[^*]*\*( et \*[^*]*\*)?/g, '$1{}')
    .replaceAll(/\[[^\]]*\]\([^)]*\)\s\(en\s+anglais\)/g, '{}')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .replaceAll(/<https?:[^>]*>/g, '{}');
  return prose
    .split(/\n\s*\n|\n(?=\s*(?:[-|#]|\d+\. ))| (?<!\\)\| /)
    .map((text) => text.replaceAll(/\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)/g, '').replaceAll(/\\([\\|])/g, '$1'))
    .map((text) =>
      text
        .replaceAll(/\s*\n\s*/g, ' ')
        .replaceAll(/\{[\w:]*\}/g, '{}')
        .trim(),
    )
    .filter((text) => !/^(#+ [\w.-]+)?$/.test(text))
    .map((text) => ({ at: `${path}: ${text.slice(0, 40)}`, text }));
}

const pages = globSync(['LISEZMOI.md', 'docs/fr/**/*.md'], { cwd: projectRoot }).sort();

export const frenchTexts = (): { inCode: FrenchText[]; inPages: FrenchText[] } => ({
  inCode: [...sources.flatMap(sentencesIn), ...shownBySamples()],
  inPages: pages.flatMap(paragraphsOf),
});
