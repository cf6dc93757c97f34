import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * A change of source code that is found by its syntax, wherever the code stands and however it is formatted. In `find`
 * and `put`, `$name` stands for any expression or statement, and `$$name` at the end of a list for all that follow.
 */
export interface Change {
  /** The function, method, constant or property that contains it, by name: `enterDoubt`, `transitions.claim.from`. */
  in: string;
  /** An expression, or statements in a row. Without it: the value of the constant or property, as `$value`. */
  find?: string;
  put: string;
}

export interface Edit {
  path: string;
  start: number;
  end: number;
  text: string;
}

type Bindings = ReadonlyMap<string, readonly ts.Node[]>;

interface Declaration {
  /** Its name, after those of what encloses it. */
  names: readonly string[];
  node: ts.Node;
  value: ts.Node | undefined;
}

export const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

export const parsedFiles = (root: string, folders: readonly string[]): ts.SourceFile[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => parse(path, readFileSync(path, 'utf8')));

/** @throws Error when the code is not found, or found more than once: a mutant that proves nothing */
export function editOf(files: readonly ts.SourceFile[], change: Change): Edit {
  const declared = files.flatMap(declarationsOf).filter(({ names }) => isNamed(names, change.in));
  if (declared.length === 0) throw new Error(`no function, constant or property is called "${change.in}"`);
  const edits = new Map(
    declared.flatMap((declaration) => editsIn(declaration, change)).map((edit) => [`${edit.path}:${edit.start}`, edit]),
  );
  const [edit] = edits.values();
  if (edit && edits.size === 1) return edit;
  const what = change.find ?? 'a value';
  const where = edit ? [...edits.keys()] : declared.map(({ node }) => node.getSourceFile().fileName);
  throw new Error(`"${change.in}" has ${edit ? `${edits.size} times` : 'no'} "${what}"; looked in ${where.join(', ')}`);
}

/** @returns the files that the edits change, by path, with their changed text */
export function edited(files: readonly ts.SourceFile[], edits: readonly Edit[]): Map<string, string> {
  const texts = new Map(files.map(({ fileName, text }) => [fileName, text]));
  const changed = new Map<string, string>();
  for (const { path, start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    const before = changed.get(path) ?? texts.get(path) ?? '';
    changed.set(path, before.slice(0, start) + text + before.slice(end));
  }
  return changed;
}

const isNamed = (names: readonly string[], wanted: string): boolean =>
  names.at(-1) !== undefined && `.${names.join('.')}`.endsWith(`.${wanted}`);

const known = new WeakMap<ts.SourceFile, readonly Declaration[]>();

/** Each file is walked through once, however many changes are looked for in it. */
function declarationsOf(file: ts.SourceFile): readonly Declaration[] {
  const declarations = known.get(file) ?? declarationsIn(file);
  known.set(file, declarations);
  return declarations;
}

function declarationsIn(node: ts.Node, around: readonly string[] = []): Declaration[] {
  const name = nameOf(node);
  const names = name === undefined ? around : [...around, name];
  const value = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.initializer : undefined;
  const inner = childrenOf(node).flatMap((child) => declarationsIn(child, names));
  return name === undefined ? inner : [{ names, node, value }, ...inner];
}

function nameOf(node: ts.Node): string | undefined {
  const isDeclaration =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node);
  const name = isDeclaration ? node.name : undefined;
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name))
    ? name.text
    : undefined;
}

function editsIn({ node, value }: Declaration, { find, put }: Change): Edit[] {
  if (find === undefined) return value ? [replacing([value], put, new Map([['$value', [value]]]))] : [];
  const patterns = patternsOf(find);
  return allIn(node).flatMap((candidate) => {
    // One pattern may stand alone, as a statement does after an `if`. Several stand in a row.
    const runs = patterns.length === 1 ? [[candidate]] : runsIn(candidate, patterns.length);
    return runs.flatMap((run) => {
      const bound = matchList(patterns, run, new Map());
      return bound ? [replacing(run, put, bound)] : [];
    });
  });
}

const runsIn = (node: ts.Node, length: number): ts.Node[][] => {
  const list = statementsOf(node);
  return list.slice(length - 1).map((_, start) => list.slice(start, start + length));
};

/** An expression, or the statements of a function, where `return` and `await` are what they are in the product. */
function patternsOf(find: string): readonly ts.Node[] {
  const [around] = parse('find.ts', `async function around() { ${find} }`).statements;
  const statements = around && ts.isFunctionDeclaration(around) ? (around.body?.statements ?? []) : [];
  const [only] = statements;
  return only && ts.isExpressionStatement(only) && !find.endsWith(';')
    ? [withoutParentheses(only.expression)]
    : statements;
}

/** A lone object literal needs parentheses, or it would be read as a block. */
const withoutParentheses = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;

const childrenOf = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return children;
};

const allIn = (node: ts.Node): ts.Node[] => [node, ...childrenOf(node).flatMap(allIn)];

const statementsOf = (node: ts.Node): readonly ts.Statement[] =>
  ts.isBlock(node) || ts.isCaseClause(node) || ts.isDefaultClause(node) || ts.isSourceFile(node) ? node.statements : [];

/** `$name` or `$$name`, also where it stands as a statement of its own. */
function placeholderOf(pattern: ts.Node): string | undefined {
  const node = ts.isExpressionStatement(pattern) ? pattern.expression : pattern;
  return ts.isIdentifier(node) && node.text.startsWith('$') ? node.text : undefined;
}

/** @returns what the placeholders stand for, if the node is what the pattern describes */
function match(pattern: ts.Node, node: ts.Node, bound: Bindings): Bindings | undefined {
  const placeholder = placeholderOf(pattern);
  if (placeholder !== undefined) return new Map([...bound, [placeholder, [node]]]);
  if (pattern.kind !== node.kind || leafOf(pattern) !== leafOf(node)) return undefined;
  return matchList(childrenOf(pattern), childrenOf(node), bound);
}

function matchList(patterns: readonly ts.Node[], nodes: readonly ts.Node[], bound: Bindings): Bindings | undefined {
  const [pattern, ...others] = patterns;
  if (pattern === undefined) return nodes.length === 0 ? bound : undefined;
  const placeholder = placeholderOf(pattern);
  if (placeholder?.startsWith('$$')) return new Map([...bound, [placeholder, nodes]]);
  const [node, ...rest] = nodes;
  const first = node && match(pattern, node, bound);
  return first && matchList(others, rest, first);
}

/** What two nodes of one kind may differ in beside their children. */
function leafOf(node: ts.Node): string | undefined {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return String(node.operator);
  if (
    ts.isLiteralExpression(node) ||
    ts.isIdentifier(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isTemplateHead(node)
  )
    return node.text;
  return undefined;
}

function replacing(nodes: readonly ts.Node[], put: string, bound: Bindings): Edit {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) throw new Error('nothing to replace');
  const text = put.replaceAll(/\$\$?[a-z]+/gi, (name) => {
    const stands = bound.get(name);
    if (!stands) throw new Error(`"${put}" has "${name}", which is not in what it replaces`);
    return stands.map((node) => node.getText()).join(name.startsWith('$$') && !isStatement(stands[0]) ? ', ' : '\n');
  });
  return { path: first.getSourceFile().fileName, start: first.getStart(), end: last.getEnd(), text };
}

const isStatement = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isBlock(node.parent) || ts.isCaseOrDefaultClause(node.parent));
