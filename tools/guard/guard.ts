/** npm run guard: shows what a change does to the templates, and refuses one that would lose data (docs/adr/0009). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { parsed, WrongUsage } from '../relay/command-line.ts';
import { assertFolder, compareAssemblies } from './losses.ts';
import { applyWaivers, readWaivers } from './waivers.ts';

const usage = `usage: npm run guard -- OLD NEW

OLD and NEW are folders that "cdk synth --output FOLDER" wrote: one stage, without and with the change.

  --waivers FILE   exceptions with a reason and an expiry date (tools/guard/waivers.json)
  --help

Exits with 1 when a table, bucket, key, secret or queue would be deleted or replaced, with 2 when it cannot tell.
Needs no account and no network.`;

function parse() {
  return parsed({
    waivers: { type: 'string', default: join(import.meta.dirname, 'waivers.json') },
    help: { type: 'boolean', default: false },
  });
}

/** @returns the exit code */
async function main(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) throw new WrongUsage(usage);
  const waivers = readWaivers(JSON.parse(readFileSync(values.waivers, 'utf8')));
  const comparisons = await compareAssemblies(assertFolder(before), assertFolder(after));
  const { refused, waived, remarks } = applyWaivers(
    comparisons.flatMap(({ losses }) => losses),
    waivers,
    new Date(),
  );
  for (const { loss, waiver } of waived)
    console.log(`waived   ${loss.resource} would be ${loss.danger}, until ${waiver.expires}: ${waiver.reason}`);
  for (const remark of remarks) console.log(`remark   ${remark}`);
  for (const { resource, type, danger, stack } of refused)
    console.log(`refused  ${resource} (${type}) of ${stack} would be ${danger}`);
  console.log(refused.length === 0 ? 'no data would be lost' : 'not to be merged without a waiver');
  // The verdict comes first: a reader of a long page may see its beginning only.
  for (const { stack, changes } of comparisons) console.log(`\n${stack}\n${changes || 'There are no differences.'}`);
  return refused.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const lines = error instanceof z.ZodError ? error.issues.map(oneLine) : [String(error)];
  console.error(lines.join('; ').replace(/^Error: /, ''));
  process.exitCode = 2;
}

function oneLine({ path, message }: z.core.$ZodIssue): string {
  return [path.join('.'), message].filter((part) => part !== '').join(': ');
}
