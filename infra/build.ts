import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions as EsbuildOptions, type OutputFile, type Plugin } from 'esbuild';
import * as fonts from '../shared/e-invoice/making/fonts.ts';
import { projectRoot } from './deployment.ts';
import { keptBundles, type Bundle, type Bundles } from './kept-bundles.ts';
import { leftOut } from './left-out.ts';

export interface BuiltFunction {
  name: string;
  /** Holds index.js, and what it loads lazily or gives to browsers, which are deployed; the two files below are not. */
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
  /** Whether what another process has bundled of the same files will do: for this machine alone, never for AWS. */
  reuse?: boolean;
}

/** DESIGN: a function's bundle, minified, source map apart. */
export const bundleBudgetBytes = 670_000;

/** DESIGN: what a browser loads of the desk, its script and style together. */
export const clientBudgetBytes = 150_000;

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
  const outdir = options.outdir ?? join(projectRoot, '.build', 'functions');
  const bundles = await bundled(options);
  return Promise.all([...bundles].map(([name, bundle]) => writeFunction(name, bundle, join(outdir, name))));
}

async function handlersIn(source: string): Promise<string[]> {
  const names = await readdir(source);
  return names.filter((name) => existsSync(join(source, name, 'handler.ts'))).sort();
}

async function writeFunction(name: string, files: Bundle, directory: string): Promise<BuiltFunction> {
  await mkdir(directory, { recursive: true });
  await Promise.all([...files].map(([file, contents]) => replace(join(directory, file), contents)));
  const stale = (await readdir(directory)).filter((file) => !files.has(file));
  await Promise.all(stale.map((file) => rm(join(directory, file), { force: true, recursive: true })));
  const bundle = join(directory, 'index.js');
  const bytes = files.get('index.js')?.length ?? 0;
  return { name, directory, bundle, bytes, sourceMap: `${bundle}.map`, metafile: join(directory, 'metafile.json') };
}

const ownSource = join(projectRoot, 'functions');
let own: Promise<Bundles> | undefined;

/** Our own functions once in a process, wherever they are then written: it takes seconds, and they stay the same. */
function bundled({ source = ownSource, reuse = false }: BuildOptions): Promise<Bundles> {
  if (source !== ownSource) return bundle(source);
  return (own ??= reuse ? keptBundles(() => bundle(source)) : bundle(source));
}

/** Nothing is written there: it only gives the paths that a source map has. */
const nominal = join(projectRoot, '.build', 'functions');

/** All in one go, so that what they share is parsed once. */
async function bundle(source: string): Promise<Bundles> {
  const names = await handlersIn(source);
  const modules = new Map<string, string>();
  const { outputFiles, metafile } = await build({
    ...bundling,
    // A bundle is no module, and knows its folder by another name.
    define: { 'import.meta.dirname': '__dirname' },
    entryPoints: names.map((name) => ({ in: join(source, name, 'handler.ts'), out: join(name, 'index') })),
    outdir: nominal,
    sourcemap: 'linked',
    sourceRoot: `${pathToFileURL(join(nominal, 'function')).href}/`,
    metafile: true,
    plugins: [leftOut, chunks(modules)],
  });
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, Bundle]> => {
        const isOwn = (path: string) => dirname(path).endsWith(join('functions', name));
        const outputs = Object.entries(metafile.outputs).filter(([path]) => isOwn(path));
        const imports = outputs.flatMap(([, output]) => output.imports.map(({ path }) => modules.get(path) ?? []));
        const lazy = await bundleLazily(name, new Set(imports.flat()));
        const client = await bundleClient(join(source, name, 'client'));
        const files = [...outputFiles.filter(({ path }) => isOwn(path)), ...lazy, ...client];
        const about = Buffer.from(JSON.stringify({ ...metafile, outputs: Object.fromEntries(outputs) }));
        return [name, new Map([...files.map(contentsByName), ['metafile.json', about]])];
      }),
    ),
  );
}

const contentsByName = ({ path, contents }: OutputFile): [string, Uint8Array] => [basename(path), contents];

async function bundleLazily(name: string, entryPoints: ReadonlySet<string>): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: [...entryPoints],
    outdir: join(nominal, name),
    outExtension: { '.js': '.mjs' },
    // What several of these modules need is in one file, which they share: only modules can.
    format: 'esm',
    splitting: true,
    entryNames: '[name]',
    chunkNames: 'shared-[hash]',
    banner: { js: packagesThatRequire },
    // Of their modules only pdfkit names it, for files that it does not need then.
    define: { 'import.meta.url': '"file:///"' },
    plugins: [filesInside, leftOut],
  });
  return outputFiles;
}

/** What a function gives to browsers: `desk.ts` and `desk.css` of its folder `client`, each in one file. */
async function bundleClient(folder: string): Promise<OutputFile[]> {
  if (!existsSync(folder)) return [];
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: ['desk.ts', 'desk.css'].map((file) => join(folder, file)),
    outdir: nominal,
    platform: 'browser',
    target: 'es2024',
    format: 'esm',
    plugins: [leftOut],
  });
  return outputFiles;
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
const chunkOf = (module: string): string => `./${basename(module, '.ts')}.mjs`;

/** Some packages are no modules yet, and ask for those of Node. */
const packagesThatRequire =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Leaves such modules out of the bundles. @param found the modules, for files of their own, by what imports them */
const chunks = (found: Map<string, string>): Plugin => ({
  name: 'chunks',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      found.set(chunkOf(path), join(resolveDir, path));
      return { path: chunkOf(path), external: true };
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
