/** What the programs of examples/ send and read, whatever languages are on this machine. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { termsOf } from '../../shared/connection/apply-settings.ts';
import { readCommand } from '../../shared/invoice/read-command.ts';
import { brokenRules } from '../../shared/invoice/rules.ts';
import { completed } from '../../shared/invoice/terms.ts';
import { wholeOf } from '../support/commands.ts';
import { exampleSettings } from '../support/example-connection.ts';

const read = (...path: string[]) => readFileSync(join(projectRoot, ...path), 'utf8');
const commandSchema = z.looseObject({ $schema: z.string(), type: z.string() });
const ajv = new Ajv2020({ strict: true, formats: { date: true } });

/** @returns why the product would not take the command: reasons of its form, then of its rules */
function reasonsOf(body: string): unknown[] {
  const reading = readCommand(body);
  if (reading.kind === 'about-invoice') return [];
  if (reading.kind !== 'invoice') return [reading];
  const command = wholeOf(reading.command);
  const { terms, reasons } = termsOf(command, exampleSettings);
  const invoice = completed(command.invoice, terms);
  return [...reasons, ...brokenRules(invoice, { today: '2026-12-31', rounding: 'either' })];
}

const files = globSync(['invoice.json', 'answers/*.json'], { cwd: join(projectRoot, 'examples') }).sort();

describe.each(files)('examples/%s', (file) => {
  const body = read('examples', file);
  const command = commandSchema.parse(JSON.parse(body));

  it('is in order for its published schema, which it names', () => {
    const path = `docs/schemas/${command.type}.v1.json`;
    expect(join('examples', file, '..', command.$schema)).toBe(path);
    const isValid = ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(read(path))));
    isValid(command);
    expect(isValid.errors).toBeNull();
  });

  it('is in order for the relay', () => {
    expect(reasonsOf(body)).toEqual([]);
  });

  it('is an answer if its name is that of its command', () => {
    if (file.startsWith('answers/')) expect(file).toBe(`answers/${command.type}.json`);
    else expect(command.type).toBe('invoice.submit');
  });
});

const languages = {
  python: '**/*.py',
  java: 'src/**/*.java',
  csharp: '*.cs',
  php: '*.php',
} as const;

const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\bRELAY_[A-Z_]+/g)].map(([name]) => name)),
];

describe.each(Object.entries(languages))('the programs in %s', (folder, pattern) => {
  it('read the variables that the page of the examples names', () => {
    const sources = globSync(pattern, { cwd: join(projectRoot, 'examples', folder) });
    const text = sources.map((source) => read('examples', folder, source)).join('\n');
    expect(variablesIn(text).sort()).toEqual(variablesIn(read('examples', 'README.md')).sort());
  });
});
