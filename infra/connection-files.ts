import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { connectionSettingsSchema, type ConnectionSettings } from '../shared/connection/settings.ts';
import { rules } from '../shared/e-invoice/rules/check-rules.ts';
import { projectRoot } from './deployment.ts';

const connectionsFolder = join(projectRoot, 'connections');

export interface ConnectionFile {
  settings: ConnectionSettings;
  /** As it is written, which is how it is stored; without what is for editors. */
  given: Record<string, unknown>;
}

type Reading = { file: ConnectionFile } | { faults: string[] };

/** @throws Error that lists every fault in every file */
export async function connectionFiles(names: readonly string[], folder = connectionsFolder): Promise<ConnectionFile[]> {
  const readings = await Promise.all(names.map((name) => readConnection(name, folder)));
  const faults = readings.flatMap((reading) => ('faults' in reading ? reading.faults : []));
  if (faults.length > 0)
    throw new Error(['connections have faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  return readings.flatMap((reading) => ('file' in reading ? [reading.file] : []));
}

/** @throws Error that lists every fault in every file */
export const readConnectionFiles = async (names: readonly string[], folder?: string): Promise<ConnectionSettings[]> =>
  (await connectionFiles(names, folder)).map(({ settings }) => settings);

async function readConnection(name: string, folder: string): Promise<Reading> {
  const file = `connections/${name}.json`;
  const text = await readFile(join(folder, `${name}.json`), 'utf8').catch(() => undefined);
  if (text === undefined) return { faults: [`${file}: no such file; there are: ${await listed(folder)}`] };
  const content = parseJson(text);
  if ('fault' in content) return { faults: [`${file}: not JSON: ${content.fault}`] };
  const parsed = connectionSettingsSchema.safeParse(content.value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => spellOut(issue, content.value));
    return { faults: faults.map((fault) => `${file}: ${fault}`) };
  }
  const unknown = parsed.data.eInvoices.refuse.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0)
    return { faults: unknown.map((id) => `${file}: eInvoices.refuse: docs/e-invoices.md has no rule ${id}`) };
  const written = Object.entries(z.record(z.string(), z.unknown()).parse(content.value));
  const given = Object.fromEntries(written.filter(([setting]) => setting !== '$schema'));
  return { file: { settings: { name, ...parsed.data }, given } };
}

function parseJson(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: String(error) };
  }
}

/** What the file has there, if that is one value: whoever reads the fault need not look for it. */
function valueAt(content: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((within, key) => new Map(Object.entries(within ?? {})).get(String(key)), content);
  return typeof value === 'string' || typeof value === 'number'
    ? ` (${JSON.stringify(value).slice(0, longestValue)})`
    : '';
}

const longestValue = 100;

function spellOut(issue: z.core.$ZodIssue, content: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: no setting of this name`);
  }
  const path = issue.path.length > 0 ? issue.path.join('.') : 'the whole file';
  return [`${path}: ${issue.message}${valueAt(content, issue.path)}`];
}

async function listed(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).join(', ') || 'none';
}
