import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connectionNameSchema } from '../../shared/connection/settings.ts';
import { localClients } from '../local-cloud/clients.ts';
import { readEndpoints } from '../local-cloud/endpoints.ts';
import { commandKey } from '../../shared/ledger/record.ts';
import { chosenStage, deployedConnection, given, languageSchema, parsed, run, WrongUsage } from './command-line.ts';
import { ledgerTable, readLedger } from './read-ledger.ts';
import { inOrder, spokenStatus, statusRow, type StatusRow } from './status-report.ts';

const usage = `usage: npm run status [-- <connection>] [options]

Lists the invoices of the ledger: what waits for somebody first, marked !, and of those the oldest first.

  --needs-action  only what waits for somebody
  --language L    fr or en (fr)
  --stage S       the stage, if it is not the one in cdk.json
  --table T       the ledger's table, if it is not the stage's own (a restored one)
  --local         the relay that "npm run local" has brought up, rather than AWS
  --json          the rows as JSON
  --help

It reads the whole table (a scan): for a person, not for a program; an ERP has its events. AWS is found as the AWS CLI finds it.

exit codes: 0 done, 1 could not finish, 2 wrong usage`;

const options = {
  'needs-action': { type: 'boolean', default: false },
  language: { type: 'string', default: 'fr' },
  stage: { type: 'string' },
  table: { type: 'string' },
  local: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parse = () => parsed(options);

async function open({ local, stage, table }: ReturnType<typeof parse>['values'], connection: string | undefined) {
  const endpoints = local ? await readEndpoints() : undefined;
  if (local && !endpoints) throw new Error('the relay is not up: start it with "npm run local"');
  if (endpoints)
    return { client: localClients({ ...endpoints, accessKeyId: 'operator' }).dynamodb, table: endpoints.table };
  const client = new DynamoDBClient({ maxAttempts: 4 });
  if (table !== undefined) return { client, table };
  return { client, table: await ledgerTable(client, chosenStage(stage, connection)) };
}

await run(async () => {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name, ...tooMany] = positionals;
  if (tooMany.length > 0) throw new WrongUsage(usage);
  const connection = name === undefined ? undefined : deployedConnection(given(connectionNameSchema, name));
  const language = given(languageSchema, values.language);
  const { client, table } = await open(values, connection);
  const rows: StatusRow[] = [];
  for await (const records of readLedger(client, { table, connection })) {
    // What was said of a message takes no invoice's place, and is no invoice: the ERP has its event.
    rows.push(...records.filter(({ pk }) => !pk.startsWith(commandKey(''))).map(statusRow));
    if (process.stderr.isTTY) process.stderr.write(`\r${rows.length} read`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  client.destroy();
  const shown = inOrder(rows.filter(({ needsAction }) => needsAction || !values['needs-action']));
  console.log(values.json ? JSON.stringify(shown, undefined, 2) : spokenStatus(shown, language));
  return 0;
});
