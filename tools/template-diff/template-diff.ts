import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsed, run, WrongUsage } from '../relay/command-line.ts';
import { differencesBetween } from './differences.ts';
import { outlets, pageOf } from './page.ts';

const usage = `usage: npm run template-diff -- OLD NEW OUT

OLD and NEW have a folder for each stage, as "cdk synth -c stage=<stage> --output NEW/<stage>" makes it. What changes is
written to OUT, as ${Object.keys(outlets).join('.md and ')}.md. Needs no account and no network.`;

await run(async () => {
  const { values, positionals } = parsed({ help: { type: 'boolean', default: false } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [old, fresh, out, ...more] = positionals;
  if (old === undefined || fresh === undefined || out === undefined || more.length > 0) throw new WrongUsage(usage);
  // A folder that is not there would read as one without stacks: all of the other one new, or gone.
  for (const folder of [old, fresh]) if (!existsSync(folder)) throw new WrongUsage(`there is no folder ${folder}`);
  const differences = await differencesBetween(old, fresh);
  if (differences.length === 0) throw new Error(`there is no template in ${old}, nor in ${fresh}`);
  await mkdir(out, { recursive: true });
  for (const [name, outlet] of Object.entries(outlets))
    await writeFile(join(out, `${name}.md`), pageOf(differences, outlet));
  const changed = differences.filter(({ text }) => text !== '').map(({ stack }) => stack);
  console.log(changed.length === 0 ? 'nothing changes' : `what changes: ${changed.join(', ')}`);
  return 0;
});
