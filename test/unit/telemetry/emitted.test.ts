import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../infra/deployment.ts';
import { logCodes, metrics } from '../../../shared/telemetry/telemetry.ts';

/**
 * The strings that the deployed code passes on: literals in expressions, neither types nor the names of a table's rows.
 */
function stringsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** The first argument of each `telemetry.measure(…)`. */
function measuredIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const [name] = ts.isCallExpression(node) && isMeasure(node.expression) ? node.arguments : [];
    if (name && ts.isStringLiteral(name)) found.push(name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

const isMeasure = (called: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(called)
    ? called.name.text === 'measure'
    : ts.isIdentifier(called) && called.text === 'measure';

const sources = ['functions', 'shared'].flatMap((room) =>
  readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(projectRoot, room, name)),
);

it('every log code of the table is emitted somewhere', () => {
  const passed = new Set(sources.flatMap(stringsIn));
  expect(Object.keys(logCodes).filter((code) => !passed.has(code))).toEqual([]);
});

it('every metric of the list is measured somewhere', () => {
  const measured = new Set(sources.flatMap(measuredIn));
  expect(Object.keys(metrics).filter((name) => !measured.has(name))).toEqual([]);
});
