import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { formats } from './e-invoice-files.ts';
import type { Figure, Measure } from './figure.ts';

const script = new URL('check-one.ts', import.meta.url).pathname;
const reportSchema = z.object({ cold: z.number(), warm: z.number(), megabytes: z.number() });

/** What it takes to read a file with an e-invoice and to hold it against its command and the rules. */
export const eInvoiceFigures: Measure = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-bench-'));
  try {
    const figures: Figure[] = [];
    for (const [format, make] of Object.entries(formats))
      for (const lines of [10, 300, 3_000]) {
        const what = `${format} of ${lines.toLocaleString('en')} lines`;
        tell(what);
        const path = join(folder, `${lines}`);
        await writeFile(path, make(lines));
        const { stdout } = await promisify(execFile)(process.execPath, [script, path, format]);
        const { cold, warm, megabytes } = reportSchema.parse(JSON.parse(stdout));
        figures.push(
          { what: `${what}, the first file`, measured: cold, unit: 'ms', budget: 600, side: 'at most' },
          { what: `${what}, a later file`, measured: warm, unit: 'ms', budget: 300, side: 'at most' },
          { what: `${what}, memory`, measured: megabytes, unit: 'MB', budget: 128, side: 'at most' },
        );
      }
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
};
