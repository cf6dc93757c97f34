import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { submitInvoiceEnvironment } from '../../functions/environments.ts';
import { buildFunctions, bundleBudgetBytes } from '../../infra/build.ts';
import { projectRoot } from '../../infra/deployment.ts';
import { buildSides, type Bundles } from './contest/sides.ts';
import { median, type Figure } from './figure.ts';

const clients = join(projectRoot, 'shared/aws/runtime.ts');
/** A handler that does nothing but create the clients that submit-invoice has. */
const bare = `import { dynamoDbClient, s3Access, secretsManagerClient, snsClient } from ${JSON.stringify(clients)};
const made = [dynamoDbClient(), secretsManagerClient(), snsClient(), s3Access('bucket', process.env)];
export const handler = () => made.length;
`;

const runs = 11;
const usualNames = ['STATUS_TABLE', 'IDEMPOTENCY_TABLE', 'SECRET_ID', 'SUPPLIER_SIRET'];

async function millisecondsToLoad(bundle: string): Promise<number> {
  const names = [...submitInvoiceEnvironment.required, ...submitInvoiceEnvironment.optional, ...usualNames];
  const given = Object.fromEntries(names.map((name) => [name, 'http://127.0.0.1:1/x']));
  const env = { ...given, PATH: process.env['PATH'] ?? '', AWS_REGION: 'eu-west-3', LAMBDA_TASK_ROOT: dirname(bundle) };
  // What the processor works, as the process itself counts it: a busy machine makes little difference.
  const script = `require(${JSON.stringify(bundle)});const{user,system}=process.cpuUsage();console.log((user+system)/1e3)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
  return Number(stdout);
}

/** Milliseconds of the processor from the start of a process to a loaded bundle: medians. */
export interface Starts {
  /** Nothing but the clients that submit-invoice has. */
  bare: number;
  ours: number;
  usual: number;
}

/** The three take turns, because a machine's speed varies. */
export async function startsOf(folder: string, bundles: Bundles): Promise<Starts> {
  const source = join(folder, 'functions');
  await mkdir(join(source, 'bare'), { recursive: true });
  await writeFile(join(source, 'bare', 'handler.ts'), bare);
  // All lie where no package.json says what kind of module they are, as on Lambda.
  const [empty] = await buildFunctions({ source, outdir: join(folder, 'bare') });
  if (!empty) throw new Error('there is nothing to compare');
  const paths = { bare: empty.bundle, ours: bundles.ours.path, usual: bundles.usual.path };
  const found: Record<keyof Starts, number[]> = { bare: [], ours: [], usual: [] };
  for (let run = 0; run < runs; run += 1)
    for (const name of ['bare', 'ours', 'usual'] as const) found[name].push(await millisecondsToLoad(paths[name]));
  return { bare: median(found.bare), ours: median(found.ours), usual: median(found.usual) };
}

export const bundleFigures = async (): Promise<Figure[]> =>
  (await buildFunctions()).map(({ name, bytes }) => ({
    ...{ what: `bundle of ${name}`, measured: bytes / 1000, unit: 'KB' },
    ...{ budget: bundleBudgetBytes / 1000, side: 'at most' },
  }));

export async function startFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-bench-'));
  try {
    const { bare: least, ours } = await startsOf(folder, await buildSides(folder));
    const what = 'start of submit-invoice / a bare handler';
    return [{ what, measured: ours / least, unit: 'times', budget: 1.5, side: 'at most' }];
  } finally {
    await rm(folder, { recursive: true });
  }
}
