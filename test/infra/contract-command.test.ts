import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { structures } from '../unit/contract/swaggers.ts';
import { runOperator } from './operator-fixture.ts';

async function folderWith(files: Readonly<Record<string, object>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swaggers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
  return folder;
}

test('it ends with 0 where nothing differs, and names what it could not compare', async () => {
  const folder = await folderWith({ 'swagger (3).json': structures, 'package.json': { name: 'x' } });
  const { code, output } = await runOperator('contract', [folder]);
  expect(code).toBe(0);
  expect(output).toContain('5 operations compared: the same as in the code.');
  expect(output).toContain(
    'not in the folder: factures, transverses, engagementsJuridiques, utilisateurs, facturesTravaux.',
  );
  expect(output).toContain('No Swaggers of Chorus Pro: package.json.');
});

test('it ends with 1 where something differs, in a table that lines up, in French, or as JSON', async () => {
  const { ['/v1/consulter']: gone, ...paths } = structures.paths;
  expect(gone).toBeDefined();
  const folder = await folderWith({ 'a.json': { ...structures, paths } });
  const french = await runOperator('contract', [folder, '--language', 'fr']);
  expect(french.code).toBe(1);
  const [head = '', row = ''] = french.output.split('\n');
  expect(row).toContain('DIFFÈRE');
  expect(row.indexOf('structures/v1/consulter')).toBe(head.indexOf('opération'));
  expect(row.indexOf('le Swagger n’a pas ce chemin')).toBe(head.indexOf('constat'));
  const json = await runOperator('contract', [folder, '--json']);
  const said = { verdict: 'differs', operation: 'structures/v1/consulter', kind: 'no-path', file: 'a.json' };
  expect(JSON.parse(json.output)).toMatchObject({ findings: [said], compared: { structures: 5 } });
});

test('a folder that is not there, or has no Swagger, is wrong usage', async () => {
  const empty = await folderWith({ 'a.json': { name: 'x' } });
  for (const [folder, said] of [
    [join(empty, 'nothing'), 'there is no folder'],
    [empty, 'there is no Swagger of Chorus Pro'],
  ] as const) {
    const { code, output } = await runOperator('contract', [folder]);
    expect([code, output]).toEqual([2, expect.stringContaining(said)]);
  }
});
