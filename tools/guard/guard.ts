/**
 * `npx relay guard`: shows what a change does to the templates, and refuses one that would lose data (docs/adr/0009).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { command, Failure, flag, inEnglish, option } from '../command-line/command.ts';
import { assertFolder, compareAssemblies, type Comparison } from './losses.ts';
import { applyWaivers, readWaivers, type Judgement } from './waivers.ts';

const defaultWaivers = join(import.meta.dirname, 'waivers.json');

export const guard = command({
  about: `Shows what changes between two folders that "cdk synth --output FOLDER" wrote (one stage, without and with the
change), and refuses a change that deletes or replaces a table, bucket, key, secret or queue.`,
  takes: {
    old: option('old', z.string(), 'the folder without the change'),
    new: option('new', z.string(), 'the folder with the change'),
    waivers: option(
      'FILE',
      z.string().default(defaultWaivers),
      'exceptions with a reason and an expiry date (tools/guard/waivers.json)',
    ),
    json: flag('what is refused, what is waived, remarks and changes, as JSON'),
  },
  positionals: ['old', 'new'],
  notes: 'Needs no account and no network.',
  exitCodes: { 0: 'nothing is lost', 1: 'something would be lost', 2: 'it cannot tell' },
  run: async ({ old, new: fresh, waivers, json }) => {
    try {
      const known = readWaivers(JSON.parse(readFileSync(waivers, 'utf8')));
      const comparisons = await compareAssemblies(assertFolder(old), assertFolder(fresh));
      const judgement = applyWaivers(
        comparisons.flatMap(({ losses }) => losses),
        known,
        new Date(),
      );
      if (json) console.log(JSON.stringify({ ...judgement, comparisons }, undefined, 2));
      else tell(judgement, comparisons);
      return judgement.refused.length === 0 ? 0 : 1;
    } catch (error) {
      // If it cannot read the templates, it must not let the change pass.
      throw error instanceof Failure ? error : new Failure(inEnglish(sentenceOf(error)), { exitCode: 2, cause: error });
    }
  },
});

/** The verdict comes first: of a long page, some read only the beginning. */
function tell({ refused, waived, remarks }: Judgement, comparisons: readonly Comparison[]): void {
  for (const { loss, waiver } of waived)
    console.log(`waived   ${loss.resource} would be ${loss.danger}, until ${waiver.expires}: ${waiver.reason}`);
  for (const remark of remarks) console.log(`remark   ${remark}`);
  for (const { resource, type, danger, stack } of refused)
    console.log(`refused  ${resource} (${type}) of ${stack} would be ${danger}`);
  console.log(refused.length === 0 ? 'no data would be lost' : 'not to be merged without a waiver');
  for (const { stack, changes } of comparisons) console.log(`\n${stack}\n${changes || 'There are no differences.'}`);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '))
    .join('; ');
}
