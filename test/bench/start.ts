import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { submitInvoiceEnvironment } from '../../functions/environments.ts';
import { buildFunctions, bundleBudgetBytes, type BuiltFunction } from '../../infra/build.ts';
import { projectRoot } from '../../infra/deployment.ts';
import { median, type Figure } from './figure.ts';

const clients = join(projectRoot, 'shared/aws/runtime.ts');
/** A handler that does nothing but create the clients that submit-invoice has. */
const bare = `import { dynamoDbClient, s3Access, secretsManagerClient, snsClient, sqsClient } from ${JSON.stringify(clients)};
const made = [dynamoDbClient(), secretsManagerClient(), snsClient(), sqsClient(), s3Access('bucket', process.env)];
export const handler = () => made.length;
`;

const runs = 21;

async function millisecondsToLoad({ bundle }: BuiltFunction): Promise<number> {
  const names = [...submitInvoiceEnvironment.required, ...submitInvoiceEnvironment.optional];
  const given = Object.fromEntries(names.map((name) => [name, 'http://127.0.0.1:1/x']));
  const env = { ...given, PATH: process.env['PATH'] ?? '', AWS_REGION: 'eu-west-3', LAMBDA_TASK_ROOT: dirname(bundle) };
  const started = performance.now();
  await promisify(execFile)(process.execPath, ['-e', `require(${JSON.stringify(bundle)})`], { env });
  return performance.now() - started;
}

export const bundleFigures = async (): Promise<Figure[]> =>
  (await buildFunctions()).map(({ name, bytes }) => ({
    ...{ what: `bundle of ${name}`, measured: bytes / 1000, unit: 'KB' },
    ...{ budget: bundleBudgetBytes / 1000, side: 'at most' },
  }));

/** From the start of a process to a loaded bundle. The two take turns, because a machine's speed varies. */
export async function startFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-bench-'));
  try {
    const source = join(folder, 'functions');
    await mkdir(join(source, 'bare'), { recursive: true });
    await writeFile(join(source, 'bare', 'handler.ts'), bare);
    const outdir = join(folder, 'built');
    // Both lie where no package.json says what kind of module they are, as on Lambda.
    const [empty] = await buildFunctions({ source, outdir });
    const all = await buildFunctions({ outdir });
    const whole = all.find(({ name }) => name === 'submit-invoice');
    if (!empty || !whole) throw new Error('there is nothing to compare');
    const ratios: number[] = [];
    for (let run = 0; run < runs; run += 1)
      ratios.push((await millisecondsToLoad(whole)) / (await millisecondsToLoad(empty)));
    const what = 'start of submit-invoice / a bare handler';
    return [{ what, measured: median(ratios), unit: 'times', budget: 1.5, side: 'at most' }];
  } finally {
    await rm(folder, { recursive: true });
  }
}
