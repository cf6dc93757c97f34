/** `npx relay guard`: says before a deployment whether it would lose anything that is kept. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { command, Failure, flag, option, textOption, WrongUsage } from '../command-line/command.ts';
import { compareTemplates } from './compare-templates.ts';
import { readChangeSet } from './read-change-set.ts';
import { judge, readWaivers, type Judgement } from './waivers.ts';

function readJson(path: string): unknown {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`there is no file ${path}`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

interface Given {
  old?: string | undefined;
  new?: string | undefined;
  'change-set'?: string | undefined;
}

function findingsOf({ old, new: fresh, 'change-set': changeSet }: Given) {
  if (changeSet !== undefined && old === undefined) return readChangeSet(readJson(changeSet));
  if (changeSet !== undefined || old === undefined || fresh === undefined)
    throw new WrongUsage('give two templates, or --change-set FILE');
  return compareTemplates(readJson(old), readJson(fresh));
}

function tell({ refused, waived, remarks }: Judgement): void {
  for (const { finding, waiver } of waived)
    console.log(`waived   ${finding.resource} would be ${finding.danger}, until ${waiver.expires}: ${waiver.reason}`);
  for (const remark of remarks) console.log(`remark   ${remark}`);
  for (const { resource, type, danger, why } of refused)
    console.error(`refused  ${resource} (${type}) would be ${danger}: ${why}`);
  console.log(refused.length === 0 ? 'nothing that is kept is lost' : 'not to be deployed without a waiver');
}

const defaultWaivers = join(import.meta.dirname, 'waivers.json');

export const guard = command({
  about: `Says whether a table, bucket, key, secret or queue would be deleted, replaced or left without protection: from two
templates in JSON, or from a change set.`,
  takes: {
    old: textOption('old', 'the template as it is now'),
    new: textOption('new', 'the template as it will be'),
    'change-set': textOption('FILE', 'what "aws cloudformation describe-change-set" prints, instead of two templates'),
    waivers: option(
      'FILE',
      z.string().default(defaultWaivers),
      'exceptions with a reason and an expiry (tools/guard/waivers.json)',
    ),
    json: flag('what is refused, what is waived, and remarks, as JSON'),
  },
  positionals: ['old', 'new'],
  exitCodes: { 0: 'nothing is lost', 1: 'something would be lost', 2: 'it cannot tell, or wrong usage' },
  run: ({ waivers, json, ...given }) => {
    try {
      const judgement = judge(findingsOf(given), readWaivers(readJson(waivers)), new Date());
      if (json) console.log(JSON.stringify(judgement, undefined, 2));
      else tell(judgement);
      return Promise.resolve(judgement.refused.length === 0 ? 0 : 1);
    } catch (error) {
      // Whatever it cannot read, it must not let pass.
      throw error instanceof Failure ? error : new Failure(saidOf(error), { exitCode: 2, cause: error });
    }
  },
});

function saidOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '))
    .join('; ');
}
