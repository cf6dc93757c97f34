import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LocalCloud } from '../../tools/local-cloud/index.ts';

/** A verb of `npx relay`, run on a machine that is set up for this cloud. */
export async function runOperator(
  command: string,
  args: readonly string[],
  cloud?: LocalCloud,
): Promise<{ code: number; output: string }> {
  const path = fileURLToPath(new URL('../../tools/relay/relay.ts', import.meta.url));
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: cloud?.endpoint ?? 'http://127.0.0.1:1',
    AWS_REGION: cloud?.region ?? 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path, command, ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), output: `${String(error.stdout)}${String(error.stderr)}` };
  }
}
