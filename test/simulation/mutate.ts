import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import * as z from 'zod';
import type { Mutant } from './mutants.ts';
import type { run } from './run.ts';
import { editOf, edited, parsedFiles } from './syntax.ts';

const root = join(import.meta.dirname, '../..');

const mutatedSchema = z.object({ run: z.custom<typeof run>((value) => typeof value === 'function') });

const files = parsedFiles(root, ['functions', 'shared', 'test/support']);

/** Builds the simulation around the mutated product and loads it. The product's own files are not touched. */
export const mutated = async (mutant: Mutant): Promise<typeof run> =>
  mutatedSchema.parse(await loadMutated(mutant, 'run.ts')).run;

/** @param entry the file of this folder that is loaded, with the product that it uses */
export async function loadMutated(
  { name, changes }: Pick<Mutant, 'name' | 'changes'>,
  entry: string,
): Promise<unknown> {
  const sources = edited(
    files,
    changes.map((change) => editOf(files, change)),
  );
  const outfile = join(root, '.build/mutants', `${name.replaceAll(/[^a-z]+/gi, '-')}.mjs`);
  await mkdir(join(root, '.build/mutants'), { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, entry)],
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
  return loaded;
}
