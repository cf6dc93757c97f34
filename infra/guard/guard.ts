import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareTemplates } from './compare-templates.ts';
import { readChangeSet } from './read-change-set.ts';
import { judge, readWaivers } from './waivers.ts';

const usage = `npm run guard -- OLD_TEMPLATE NEW_TEMPLATE      two templates in JSON: as it stands, as it is to be
npm run guard -- --change-set FILE              what aws cloudformation describe-change-set answers
  --waivers FILE     exceptions with a reason and an expiry (infra/guard/waivers.json)

Exits with 1 when a table, bucket, key, secret or queue would be deleted, replaced or left without protection;
with 2 when it cannot tell.`;

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function parse() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'change-set': { type: 'string' },
      waivers: { type: 'string', default: join(import.meta.dirname, 'waivers.json') },
      help: { type: 'boolean', default: false },
    },
  });
}

function findingsOf({ values, positionals }: ReturnType<typeof parse>) {
  const changeSet = values['change-set'];
  const [before, after, ...more] = positionals;
  if (changeSet !== undefined && before === undefined) return readChangeSet(readJson(changeSet));
  if (changeSet !== undefined || before === undefined || after === undefined || more.length > 0) throw new Error(usage);
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
  const { refused, waived, remarks } = judge(findingsOf(given), waivers, new Date());
  for (const { finding, waiver } of waived)
    console.log(`waived   ${finding.resource} would be ${finding.danger}, until ${waiver.expires}: ${waiver.reason}`);
  for (const remark of remarks) console.log(`remark   ${remark}`);
  for (const { resource, type, danger, why } of refused)
    console.error(`refused  ${resource} (${type}) would be ${danger}: ${why}`);
  console.log(refused.length === 0 ? 'nothing that is kept is lost' : 'not to be deployed without a waiver');
  return refused.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
