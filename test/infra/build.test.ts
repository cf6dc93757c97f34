import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFunctions, bundleBudgetBytes, clientBudgetBytes } from '../../infra/build.ts';
import { keptBundles } from '../../infra/kept-bundles.ts';
import { embedFacturX } from '../../shared/e-invoice/making/embed-factur-x.ts';
import { makeFacturX } from '../../shared/e-invoice/making/factur-x.ts';
import { sha256 } from '../../shared/invoice/terms.ts';
import { randomInvoices } from '../support/random-invoices.ts';
import { functionNames, inTemporaryFolder, writeHandlers } from './stacks-fixture.ts';

const usesDependencies = `import * as z from 'zod'; export const handler = (event: unknown) => z.string().parse(event);`;

const [toMake] = fc.sample(randomInvoices, { seed: 1, numRuns: 1 });
if (!toMake) throw new Error('one was asked for');

/** How large the files are that a function loads only when needed, and what the one that makes documents makes. */
async function chunksIn(folder: string): Promise<{ bytes: number; made: string }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const script = `require(process.argv[1])
    .makeFacturX(JSON.parse(process.argv[3]), 'chorus-classic')
    .then((pdf) => require(process.argv[2]).embedFacturX(pdf, Buffer.from('<a/>'), '2026-10-31'))
    .then((pdf) => process.stdout.write(require('node:crypto').createHash('sha256').update(pdf).digest('hex')));`;
  const [maker, embedder] = ['factur-x.mjs', 'embed-factur-x.mjs'].map((file) => join(folder, file));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '-e',
    script,
    maker ?? '',
    embedder ?? '',
    JSON.stringify(toMake),
  ]);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), made: stdout };
}

describe('a bundle', () => {
  it('has the same bytes whenever and wherever it is built', () =>
    inTemporaryFolder(async (folder) => {
      const source = join(folder, 'functions');
      await writeHandlers(source, usesDependencies);
      const build = async (outdir: string) => {
        const built = await buildFunctions({ source, outdir: join(folder, outdir) });
        return Promise.all(built.map(({ bundle }) => readFile(bundle, 'base64')));
      };
      const first = await build('first');
      expect(first).toHaveLength(functionNames.length);
      expect(await build('deeper/second')).toEqual(first);
      expect(await build('first')).toEqual(first);
    }));

  it('is made for each folder that has a handler, and has nothing of the connections in it', () =>
    inTemporaryFolder(async (folder) => {
      const source = join(folder, 'functions');
      await writeHandlers(source);
      await mkdir(join(source, 'no-function'));
      const built = await buildFunctions({ source, outdir: join(folder, 'built') });
      expect(built.map(({ name }) => name)).toEqual(functionNames);
      for (const { directory } of built) {
        expect((await readdir(directory)).sort()).toEqual(['index.js', 'index.js.map', 'metafile.json']);
      }
    }));

  it('that is kept will do until one of the files changes that it is made of', () =>
    inTemporaryFolder(async (root) => {
      const write = async (file: string, text: string) => {
        await mkdir(join(root, dirname(file)), { recursive: true });
        await writeFile(join(root, file), text);
      };
      const ours = ['functions/a/handler.ts', 'shared/b/c/d.ts', 'infra/build.ts', 'infra/left-out.ts'];
      const files = [...ours, 'node_modules/.package-lock.json'];
      for (const file of files) await write(file, 'before');
      let made = 0;
      const makes = async (): Promise<boolean> => {
        const before = made;
        const bundles = await keptBundles(async () => {
          made += 1;
          return Promise.resolve(new Map([['a', new Map([['index.js', Buffer.from(`bundle ${made}`)]])]]));
        }, root);
        expect(Buffer.from(bundles.get('a')?.get('index.js') ?? []).toString()).toBe(`bundle ${made}`);
        return made > before;
      };
      expect([await makes(), await makes()]).toEqual([true, false]);
      for (const file of [...files, 'functions/a/another.ts']) {
        await write(file, 'after');
        expect([await makes(), await makes()], file).toEqual([true, false]);
      }
      expect(await readdir(join(root, '.build', 'kept'))).toHaveLength(1);
    }));

  describe('of our own functions', () => {
    let bytesOf: ReadonlyMap<string, number>;
    let chunks: { bytes: number; made: string };
    let client: number[];
    beforeAll(async () => {
      const built = await inTemporaryFolder(async (outdir) => {
        const functions = await buildFunctions({ outdir });
        chunks = await chunksIn(join(outdir, 'submit-invoice'));
        const forBrowsers = ['desk.js', 'desk.css'].map((file) => stat(join(outdir, 'desk', file)));
        client = (await Promise.all(forBrowsers)).map(({ size }) => size);
        return functions;
      });
      bytesOf = new Map(built.map(({ name, bytes }) => [name, bytes]));
    });

    it('load at most 2 MB beside them', () => {
      expect(chunks.bytes).toBeGreaterThan(500_000);
      expect(chunks.bytes).toBeLessThanOrEqual(2_000_000);
    });

    it('make the same document as the code does, with no package beside them', async () => {
      const made = await makeFacturX(toMake, 'chorus-classic');
      expect(chunks.made).toBe(sha256(await embedFacturX(made, Buffer.from('<a/>'), '2026-10-31')));
    });

    it('give a browser at most 150 KB', () => {
      expect(Math.min(...client)).toBeGreaterThan(0);
      expect(client.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(clientBudgetBytes);
    });

    it('leave out what fields mean, which is for the published schemas', async () => {
      for (const { bundle } of await buildFunctions())
        expect(await readFile(bundle, 'utf8')).not.toContain('CloudEvents’ version');
    });

    it.each(functionNames)('%s keeps within its budget', (name) => {
      expect(bytesOf.get(name)).toBeGreaterThan(0);
      expect(bytesOf.get(name)).toBeLessThanOrEqual(bundleBudgetBytes);
    });
  });
});
