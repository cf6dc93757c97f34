import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { localClients } from '../local-cloud/clients.ts';
import { readEndpoints } from '../local-cloud/endpoints.ts';
import { parsed, run, WrongUsage } from './command-line.ts';
import { compareWithStore, spokenDrill } from './compare-with-store.ts';

const usage = `usage: npm run drill -- --table T --bucket B [options]

Holds a restored ledger against the document store: is every document of every invoice there, and which commands came in after
the moment to which the table was restored? Reads only. docs/runbooks/restore.md says what to do with the answer.

  --table T    the restored table
  --bucket B   the document store
  --local      the relay that "npm run local" has brought up: its table and bucket, unless others are named
  --json       the result as JSON
  --help

AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.

exit codes: 0 the table is whole, 1 something is missing or it could not finish, 2 wrong usage`;

const options = {
  table: { type: 'string' },
  bucket: { type: 'string' },
  local: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse() {
  const { values, positionals } = parsed(options);
  if (positionals.length > 0) throw new WrongUsage(usage);
  return values;
}

async function open({ local, table, bucket }: ReturnType<typeof parse>) {
  const endpoints = local ? await readEndpoints() : undefined;
  if (local && !endpoints) throw new Error('the relay is not up: start it with "npm run local"');
  const names = { table: table ?? endpoints?.table, bucket: bucket ?? endpoints?.bucket };
  if (names.table === undefined || names.bucket === undefined) throw new WrongUsage(usage);
  const clients = endpoints
    ? localClients({ ...endpoints, accessKeyId: 'operator' })
    : { dynamodb: new DynamoDBClient({ maxAttempts: 4 }), s3: new S3Client({ maxAttempts: 4 }) };
  return { dynamodb: clients.dynamodb, s3: clients.s3, table: names.table, bucket: names.bucket };
}

await run(async () => {
  const values = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const drill = await compareWithStore(await open(values), (read) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${read} read`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.log(values.json ? JSON.stringify(drill, undefined, 2) : spokenDrill(drill));
  return drill.missingDocuments.length === 0 ? 0 : 1;
});
