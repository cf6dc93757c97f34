import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions as EsbuildOptions, type Plugin } from 'esbuild';
import * as fonts from '../shared/e-invoice/making/fonts.ts';
import { projectRoot } from './deployment.ts';

export interface BuiltFunction {
  name: string;
  /** Holds index.js and what it loads lazily, which are deployed; the two files below are not. */
  directory: string;
  bundle: string;
  /** The size of the bundle alone, without its source map. */
  bytes: number;
  sourceMap: string;
  metafile: string;
}

export interface BuildOptions {
  outdir?: string;
  /** The folder that has <name>/handler.ts. */
  source?: string;
}

/** DESIGN: a function's bundle, minified, source map apart. */
export const bundleBudgetBytes = 770_000;

/**
 * Files beside a bundle that are not deployed. On this machine the source map makes stack traces
 * readable. In Lambda it would mean loading and parsing megabytes at each error.
 */
export const notDeployed = ['index.js.map', 'metafile.json'] as const;

/** A stand-in in a bundle: docs/adr/0003-lean-bundles.md. */
const leaner = {
  '@aws-sdk/credential-provider-node': join(projectRoot, 'shared/aws/lambda-credentials.ts'),
};

export async function buildFunctions(options: BuildOptions = {}): Promise<BuiltFunction[]> {
  const source = options.source ?? ownSource;
  const outdir = options.outdir ?? join(projectRoot, '.build', 'functions');
  return Promise.all((await handlersIn(source)).map((name) => buildFunction(name, source, join(outdir, name))));
}

async function handlersIn(source: string): Promise<string[]> {
  const names = await readdir(source);
  return names.filter((name) => existsSync(join(source, name, 'handler.ts'))).sort();
}

async function buildFunction(name: string, source: string, directory: string): Promise<BuiltFunction> {
  const { files, bytes } = await bundled(name, source);
  await mkdir(directory, { recursive: true });
  await Promise.all([...files].map(([file, contents]) => replace(join(directory, file), contents)));
  const stale = (await readdir(directory)).filter((file) => !files.has(file));
  await Promise.all(stale.map((file) => rm(join(directory, file), { force: true, recursive: true })));
  const bundle = join(directory, 'index.js');
  return { name, directory, bundle, bytes, sourceMap: `${bundle}.map`, metafile: join(directory, 'metafile.json') };
}

interface Bundled {
  /** By the file's name. */
  files: ReadonlyMap<string, Uint8Array>;
  /** Of the bundle alone. */
  bytes: number;
}

const ownSource = join(projectRoot, 'functions');
const own = new Map<string, Promise<Bundled>>();

/** Our own functions once in a process, wherever they are then written: it takes seconds, and they stay the same. */
function bundled(name: string, source: string): Promise<Bundled> {
  if (source !== ownSource) return bundle(name, source);
  const known = own.get(name) ?? bundle(name, source);
  own.set(name, known);
  return known;
}

async function bundle(name: string, source: string): Promise<Bundled> {
  // Nothing is written there: it only gives the paths that the source map has.
  const nominal = join(projectRoot, '.build', 'functions', name);
  const lazily = new Set<string>();
  const result = await build({
    ...bundling,
    entryPoints: [join(source, name, 'handler.ts')],
    outfile: join(nominal, 'index.js'),
    sourcemap: 'linked',
    sourceRoot: `${pathToFileURL(nominal).href}/`,
    metafile: true,
    plugins: [chunks(lazily)],
  });
  const lazy = await build({
    ...bundling,
    entryPoints: [...lazily],
    outdir: nominal,
    outExtension: { '.js': '.mjs' },
    // What several of these modules need is in one file, which they share: only modules can.
    format: 'esm',
    splitting: true,
    entryNames: '[name]',
    chunkNames: 'shared-[hash]',
    banner: { js: packagesThatRequire },
    // Of their modules only pdfkit names it, for files that it does not need then.
    define: { 'import.meta.url': '"file:///"' },
    plugins: [filesInside],
  });
  const files = new Map<string, Uint8Array>(
    [result, lazy].flatMap(({ outputFiles }) => outputFiles).map(({ path, contents }) => [basename(path), contents]),
  );
  const bytes = files.get('index.js')?.length ?? 0;
  files.set('metafile.json', Buffer.from(JSON.stringify(result.metafile)));
  return { files, bytes };
}

const bundling = {
  absWorkingDir: projectRoot,
  nodePaths: [join(projectRoot, 'node_modules')],
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: leaner,
  legalComments: 'none',
  charset: 'utf8',
  write: false,
  logLevel: 'silent',
} as const satisfies EsbuildOptions;

/** The file beside the bundle for a module that the code imports only when it needs it, by `import()`. */
const chunkOf = (module: string): string => `${basename(module, '.ts')}.mjs`;

/** Some packages are no modules yet, and ask for those of Node. */
const packagesThatRequire =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Leaves such modules out of the bundle. @param found the modules, for files of their own */
const chunks = (found: Set<string>): Plugin => ({
  name: 'chunks',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      found.add(join(resolveDir, path));
      return { path: `./${chunkOf(path)}`, external: true };
    });
  },
});

const inBundle = (bytes: Buffer): string => `Buffer.from('${bytes.toString('base64')}', 'base64')`;

/**
 * Parts of packages that nothing of ours needs: fontkit's decoder of WOFF2, which is larger than the rest of it, what
 * pdfkit breaks lines and reads pictures with, and what pdf-lib reads HTML and the names of colours with.
 */
const unused = /node_modules[/\\](brotli[/\\]decompress\.js|(linebreak|png-js|culori|node-html-better-parser)[/\\].*)$/;
/** With the names that are imported from them. */
const nothing = 'export default {}; export const parse = {}, NodeType = {}, converter = () => undefined;';

/** What a chunk needs of its packages' files is inside it, as base64: a bundle has no packages beside it. */
const filesInside: Plugin = {
  name: 'files-inside',
  setup: (bundler) => {
    bundler.onLoad({ filter: /[/\\]making[/\\]fonts\.ts$/ }, () => ({ contents: exported(fonts), loader: 'js' }));
    bundler.onLoad({ filter: /[/\\]pdfkit\.node\.mjs$/ }, async ({ path }) => {
      const profile = await readFile(join(dirname(path), 'data', 'sRGB_IEC61966_2_1.icc'));
      const [before = '', after, ...more] = (await readFile(path, 'utf8')).split('fs.readFileSync(ICC_PROFILE_PATH)');
      if (after === undefined || more.length > 0) throw new Error('pdfkit reads its colour profile in another way');
      return { contents: before + inBundle(profile) + after, loader: 'js' };
    });
    bundler.onLoad({ filter: unused }, () => ({ contents: nothing, loader: 'js' }));
  },
};

const exported = (named: Readonly<Record<string, readonly Buffer[]>>): string =>
  Object.entries(named)
    .map(([name, files]) => `export const ${name} = [${files.map(inBundle).join(', ')}];`)
    .join('\n');

/**
 * Replaces the file in one step, and only if it differs: tests and the local cloud may build the same folder at once.
 * The unfinished file is outside the folder, which another process may be copying.
 */
async function replace(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  const whole = join(dirname(path), '..', `.${randomUUID()}`);
  await writeFile(whole, contents);
  await rename(whole, path);
}
