import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { projectRoot } from '../../../infra/deployment.ts';

export const examples = join(projectRoot, 'examples');

export interface Ran {
  code: number;
  output: string;
  errors: string;
}

const failedSchema = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

/** Runs a program without any setting of this machine's but its path. @throws Error if it cannot be started */
export async function run(line: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [program = '', ...args] = line;
  const env = { PATH: process.env['PATH'], HOME: homedir(), PYTHONDONTWRITEBYTECODE: '1', ...variables };
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { env });
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { data: failed } = failedSchema.safeParse(error);
    if (!failed) throw error;
    return { code: failed.code, output: failed.stdout, errors: failed.stderr };
  }
}

const runs = (...line: string[]): Promise<boolean> =>
  run(line).then(
    ({ code }) => code === 0,
    () => false,
  );

interface Language {
  name: string;
  /** What is needed to run it here, for a person. */
  needs: string;
  /** Builds it without a download. @returns the words that run a program; undefined if that is not possible here */
  prepare: (folder: string) => Promise<((program: 'send' | 'read') => string[]) | undefined>;
}

const inFolder = (...path: string[]): string => join(examples, ...path);

const languages: readonly Language[] = [
  {
    name: 'Python',
    needs: 'python3 with boto3: pip install -r examples/python/requirements.txt',
    prepare: async () =>
      (await runs('python3', '-c', 'import boto3'))
        ? (program) => ['python3', inFolder('python', `${program}.py`)]
        : undefined,
  },
  {
    name: 'Java',
    needs: 'Java 17 and Maven with the packages: mvn -f examples/java/pom.xml compile',
    prepare: async (folder) => {
      for (const part of ['pom.xml', 'src']) await cp(inFolder('java', part), join(folder, part), { recursive: true });
      const classPath = [join(folder, 'target', 'classes'), join(folder, 'target', 'dependency', '*')].join(':');
      return (await runs('mvn', '--offline', '--quiet', '--batch-mode', '--file', join(folder, 'pom.xml'), 'compile'))
        ? (program) => ['java', '-cp', classPath, program === 'send' ? 'erp.Send' : 'erp.Read']
        : undefined;
    },
  },
  {
    name: 'C#',
    needs: '.NET 8 with the packages: dotnet restore examples/csharp',
    prepare: async (folder) =>
      (await runs('dotnet', 'build', inFolder('csharp'), '--no-restore', '--output', folder))
        ? (program) => ['dotnet', join(folder, 'ChorusRelayExample.dll'), program]
        : undefined,
  },
  {
    name: 'PHP',
    needs: 'PHP 8 with the packages: composer install --working-dir examples/php',
    prepare: async () =>
      existsSync(inFolder('php', 'vendor', 'autoload.php')) && (await runs('php', '--version'))
        ? (program) => ['php', inFolder('php', `${program}.php`)]
        : undefined,
  },
];

export interface Prepared {
  name: string;
  needs: string;
  /** @returns the words that run a program; undefined if the language or its packages are not on this machine */
  program: ((program: 'send' | 'read') => string[]) | undefined;
}

/** What is built goes with the returned function. */
export async function prepareAll(): Promise<{ prepared: Prepared[]; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'examples-'));
  const prepared: Prepared[] = [];
  for (const [at, { name, needs, prepare }] of languages.entries())
    prepared.push({ name, needs, program: await prepare(join(folder, String(at))) });
  return { prepared, remove: () => rm(folder, { recursive: true, force: true }) };
}
