import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { parsed, WrongUsage } from '../relay/command-line.ts';
import { compareTemplates } from './compare-templates.ts';
import { readChangeSet } from './read-change-set.ts';
import { judge, readWaivers, type Judgement } from './waivers.ts';

const usage = `usage: npm run guard -- OLD_TEMPLATE NEW_TEMPLATE   two templates in JSON: as it stands, as it is to be
       npm run guard -- --change-set FILE           what aws cloudformation describe-change-set answers

  --waivers FILE   exceptions with a reason and an expiry (tools/guard/waivers.json)
  --json           what is refused, what is waived, and remarks, as JSON
  --help

Exits with 1 when a table, bucket, key, secret or queue would be deleted, replaced or left without protection;
with 2 when it cannot tell.`;

function readJson(path: string): unknown {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`there is no file ${path}`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function parse() {
  return parsed({
    'change-set': { type: 'string' },
    waivers: { type: 'string', default: join(import.meta.dirname, 'waivers.json') },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
}

function findingsOf({ values, positionals }: ReturnType<typeof parse>) {
  const changeSet = values['change-set'];
  const [before, after, ...more] = positionals;
  if (changeSet !== undefined && before === undefined) return readChangeSet(readJson(changeSet));
  if (changeSet !== undefined || before === undefined || after === undefined || more.length > 0)
    throw new WrongUsage(usage);
  return compareTemplates(readJson(before), readJson(after));
}

/** @returns the exit code */
function main(): number {
  const given = parse();
  if (given.values.help) {
    console.log(usage);
    return 0;
  }
  const waivers = readWaivers(readJson(given.values.waivers));
  const judgement = judge(findingsOf(given), waivers, new Date());
  if (given.values.json) console.log(JSON.stringify(judgement, undefined, 2));
  else tell(judgement);
  return judgement.refused.length === 0 ? 0 : 1;
}

function tell({ refused, waived, remarks }: Judgement): void {
  for (const { finding, waiver } of waived)
    console.log(`waived   ${finding.resource} would be ${finding.danger}, until ${waiver.expires}: ${waiver.reason}`);
  for (const remark of remarks) console.log(`remark   ${remark}`);
  for (const { resource, type, danger, why } of refused)
    console.error(`refused  ${resource} (${type}) would be ${danger}: ${why}`);
  console.log(refused.length === 0 ? 'nothing that is kept is lost' : 'not to be deployed without a waiver');
}

try {
  process.exitCode = main();
} catch (error) {
  const said =
    error instanceof z.ZodError
      ? error.issues
          .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '))
          .join('; ')
      : String(error);
  console.error(said.replace(/^Error: /, ''));
  process.exitCode = 2;
}
