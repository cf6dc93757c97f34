/** The two stacks, each as one bundle, made in the same way. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildFunctions } from '../../../infra/build.ts';

export const sideNames = ['ours', 'usual'] as const;
export type SideName = (typeof sideNames)[number];

interface Bundle {
  path: string;
  bytes: number;
}
export type Bundles = Readonly<Record<SideName, Bundle>>;

const usualStack = new URL('../usual-stack', import.meta.url).pathname;

export async function buildSides(folder: string): Promise<Bundles> {
  const built = await buildFunctions({ outdir: join(folder, 'ours') });
  const ours = built.find(({ name }) => name === 'submit-invoice');
  if (!ours) throw new Error('there is no function to measure');
  return { ours: { path: ours.bundle, bytes: ours.bytes }, usual: await buildUsual(join(folder, 'usual', 'index.js')) };
}

async function buildUsual(path: string): Promise<Bundle> {
  // Its packages are installed by whoever measures, and by nobody else.
  if (!existsSync(join(usualStack, 'node_modules'))) await promisify(execFile)('npm', ['ci'], { cwd: usualStack });
  const { metafile } = await build({
    ...{ absWorkingDir: usualStack, entryPoints: ['handler.ts'], outfile: path, bundle: true, minify: true },
    ...{ platform: 'node', target: 'node24', format: 'cjs', mainFields: ['module', 'main'], charset: 'utf8' },
    ...{ legalComments: 'none', logLevel: 'silent', metafile: true },
  });
  return { path, bytes: Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0) };
}
