import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import * as z from 'zod';
import type { Change, Mutant } from './mutants.ts';
import type { run } from './run.ts';

const root = join(import.meta.dirname, '../..');

const mutatedSchema = z.object({ run: z.custom<typeof run>((value) => typeof value === 'function') });

/** The file with its change; a change that no longer fits its file is a mutant that proves nothing. */
async function changed(name: string, { file, find, replace }: Change): Promise<[string, string]> {
  const path = join(root, file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`mutant "${name}": its text is not exactly once in ${file}`);
  return [path, source.replace(find, () => replace)];
}

/** Builds the simulation around a mutated product and loads it. The product's own files are not touched. */
export async function mutated({ name, and, ...change }: Mutant): Promise<typeof run> {
  const changes = await Promise.all([change, ...(and ? [and] : [])].map((one) => changed(name, one)));
  const sources = new Map(changes);
  const outfile = join(root, '.build/mutants', `${name.replaceAll(/[^a-z]+/gi, '-')}.mjs`);
  await mkdir(join(root, '.build/mutants'), { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        setup: (plugin) => {
          plugin.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = sources.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  const loaded: unknown = await import(`${pathToFileURL(outfile).href}?${Date.now()}`);
  return mutatedSchema.parse(loaded).run;
}
