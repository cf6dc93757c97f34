import { existsSync } from 'node:fs';
import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

export const codeSchema = z.object({ S3Key: z.string().optional(), ZipFile: z.string().optional() });

/**
 * The function's files, copied to where they find no package.json and no node_modules of this project: what a bundle
 * forgot to bring is missing here as it is on Lambda.
 */
export async function makeTaskRoot(
  directory: string,
  code: z.infer<typeof codeSchema>,
  asset: (s3Key: string) => string | undefined,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (code.ZipFile !== undefined) return writeFile(join(directory, 'index.js'), code.ZipFile);
  const source = asset(code.S3Key ?? '');
  if (source === undefined) throw new Error(`no asset of this assembly has the key ${String(code.S3Key)}`);
  if (!(await stat(source)).isDirectory())
    throw new Error(`${source} is not a directory: build it before the synthesis`);
  return cp(source, directory, { recursive: true });
}

/** `index.handler` → the module's file and the name of its export. */
export function locateHandler(directory: string, handler: string): { file: string; export: string } {
  const dot = handler.lastIndexOf('.');
  const module = join(directory, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => module + extension).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`the handler ${handler} has no file in its asset`);
  return { file, export: handler.slice(dot + 1) };
}
