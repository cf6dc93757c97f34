/** `npx relay template-diff`: what a pull request changes in the templates, as pages for GitHub. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { command, Failure, option, WrongUsage } from '../command-line/command.ts';
import { differencesBetween } from './differences.ts';
import { outlets, pageOf } from './page.ts';

export const templateDiff = command({
  about: `Writes what changes from the templates in one folder to those in another. Needs no account and no network. Each folder
has one folder for each stage, as "cdk synth -c stage=<stage> --output <folder>/<stage>" makes it.`,
  takes: {
    old: option('old', z.string(), 'the folder of the templates before'),
    new: option('new', z.string(), 'the folder of the templates after'),
    out: option('out', z.string(), `where ${Object.keys(outlets).join('.md and ')}.md are written`),
  },
  positionals: ['old', 'new', 'out'],
  exitCodes: { 0: 'written', 1: 'there is no template, or a comparison failed' },
  run: async ({ old, new: fresh, out }) => {
    // A folder that does not exist would look like one without stacks: every stack of the other one new, or gone.
    for (const folder of [old, fresh]) if (!existsSync(folder)) throw new WrongUsage(`there is no folder ${folder}`);
    const differences = await differencesBetween(old, fresh);
    if (differences.length === 0) throw new Failure(`there is no template in ${old}, nor in ${fresh}`);
    await mkdir(out, { recursive: true });
    for (const [name, outlet] of Object.entries(outlets))
      await writeFile(join(out, `${name}.md`), pageOf(differences, outlet));
    const changed = differences.filter(({ text }) => text !== '').map(({ stack }) => stack);
    console.log(changed.length === 0 ? 'nothing changes' : `what changes: ${changed.join(', ')}`);
    return 0;
  },
});
