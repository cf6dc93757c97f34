import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClients } from '../local-cloud/clients.ts';
import { readEndpoints } from '../local-cloud/endpoints.ts';
import { chosenStage, parsed, run, WrongUsage } from './command-line.ts';
import { putBackItems, type PutBack } from './put-back-items.ts';
import { ledgerTable } from './read-ledger.ts';

const usage = `usage: npm run put-back -- --table T [options]

Copies what a restored table has into the ledger: each item that is missing there, or cannot be read there. An item that can
be read is left as it is, unless the restored one is of a later version. docs/runbooks/restore.md says when.

  --table T    the restored table
  --dry-run    count, and write nothing
  --stage S    the stage whose ledger it is, if it is not the one in cdk.json
  --local      the ledger of "npm run local"
  --json       the counts as JSON
  --help

AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.

exit codes: 0 done, 1 could not finish, or the restored table has items that cannot be read, 2 wrong usage`;

const options = {
  table: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  stage: { type: 'string' },
  local: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function open(local: boolean, stage: string | undefined) {
  if (!local) {
    const client = new DynamoDBClient({ maxAttempts: 4 });
    return { client, ledger: await ledgerTable(client, chosenStage(stage)) };
  }
  const endpoints = await readEndpoints();
  if (!endpoints) throw new Error('the relay is not up: start it with "npm run local"');
  return { client: localClients({ ...endpoints, accessKeyId: 'operator' }).dynamodb, ledger: endpoints.table };
}

const spoken = ({ put, left, unreadable }: PutBack, dryRun: boolean): string =>
  [
    `${put} ${dryRun ? 'would be put back' : 'put back'}, ${left} left as they are in the ledger.`,
    ...unreadable.map((pk) => `cannot be read in the restored table: ${pk}`),
  ].join('\n');

await run(async () => {
  const { values, positionals } = parsed(options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { table: restored, 'dry-run': dryRun } = values;
  if (restored === undefined || positionals.length > 0) throw new WrongUsage(usage);
  const { client, ledger } = await open(values.local, values.stage);
  if (restored === ledger) throw new WrongUsage(`${restored} is the ledger itself`);
  const done = await putBackItems(client, { restored, ledger, dryRun }, (read) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${read} read`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  client.destroy();
  console.log(values.json ? JSON.stringify(done, undefined, 2) : spoken(done, dryRun));
  return done.unreadable.length === 0 ? 0 : 1;
});
