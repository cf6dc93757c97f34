/** Bundles that another process has made of the same files: making them takes seconds, and many tests need them. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import * as z from 'zod';
import { projectRoot } from './deployment.ts';

/** A function's files, by name. */
export type Bundle = ReadonlyMap<string, Uint8Array>;
/** By the function's name. */
export type Bundles = ReadonlyMap<string, Bundle>;

const bundlesSchema = z.map(z.string(), z.map(z.string(), z.instanceof(Uint8Array)));

/** All that our own bundles are made of. npm writes the last one: every package, and its version. */
const madeOf = ['functions', 'shared', 'infra/build.ts', 'infra/left-out.ts', 'node_modules/.package-lock.json'];

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}

async function digest(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const files = await Promise.all(madeOf.map((path) => filesIn(join(root, path))));
  const contents = await Promise.all(files.flat().map(async (path) => [path, await readFile(path)] as const));
  for (const [path, bytes] of contents) hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

/** As they were kept, or else as they are made now; they are then kept in place of those of before. */
export async function keptBundles(make: () => Promise<Bundles>, root = projectRoot): Promise<Bundles> {
  const folder = join(root, '.build', 'kept');
  const file = `${await digest(root)}.bin`;
  const kept = await readFile(join(folder, file)).catch(() => undefined);
  if (kept) return bundlesSchema.parse(deserialize(kept));
  const bundles = await make();
  await mkdir(folder, { recursive: true });
  const older = (await readdir(folder)).filter((name) => name.endsWith('.bin') && name !== file);
  const unfinished = join(folder, randomUUID());
  await writeFile(unfinished, serialize(bundles));
  await rename(unfinished, join(folder, file));
  await Promise.all(older.map((name) => rm(join(folder, name), { force: true })));
  return bundles;
}
