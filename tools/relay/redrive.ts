import { GetQueueUrlCommand, QueueDoesNotExist, SQSClient } from '@aws-sdk/client-sqs';
import { connectionNameSchema } from '../../shared/connection/settings.ts';
import { readEndpoints } from '../local-cloud/endpoints.ts';
import { physicalName } from '../../infra/names.ts';
import { chosenStage, deployedConnection, parsed, run, WrongUsage } from './command-line.ts';
import { redrive } from './redrive-connection.ts';
import { spoken } from './redrive-report.ts';

const usage = `usage: npm run redrive -- <connection> [options]

Moves the messages of a connection from the dead-letter queue back to the queue of invoices. First remove what made them
fail: docs/runbooks/dead-letters.md. What belongs to other connections or cannot be read stays where it is.

  --dry-run    list them and move nothing
  --reason R   only what lies there for this reason, as the list says it
  --stage S    the stage, if it is not the one in cdk.json
  --local      the relay that "npm run local" has brought up, rather than AWS
  --json       the result as JSON
  --help

AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.

exit codes: 0 done, 1 could not finish, 2 wrong usage`;

const options = {
  'dry-run': { type: 'boolean', default: false },
  reason: { type: 'string' },
  stage: { type: 'string' },
  local: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parse = () => parsed(options);

type Values = ReturnType<typeof parse>['values'];

function connectionFrom([given, ...tooMany]: readonly string[]): string {
  if (given === undefined || tooMany.length > 0) throw new WrongUsage(usage);
  const name = connectionNameSchema.safeParse(given);
  if (!name.success) throw new WrongUsage(`"${given}" is no connection: ${name.error.issues[0]?.message ?? ''}`);
  return deployedConnection(name.data);
}

async function clientFor({ local }: Values): Promise<SQSClient> {
  // The queues' URLs are names only: a local queue is where its cloud is.
  const common = { maxAttempts: 4, useQueueUrlAsEndpoint: false };
  if (!local) return new SQSClient(common);
  const endpoints = await readEndpoints();
  if (!endpoints) throw new Error('the relay is not up: start it with "npm run local"');
  const { endpoint, region } = endpoints;
  return new SQSClient({
    ...common,
    endpoint,
    region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
}

async function urlOf(sqs: SQSClient, QueueName: string): Promise<string> {
  try {
    const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist)
      throw new Error(`there is no queue ${QueueName}: is it this stage, account and region?`, { cause: error });
    throw error;
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const connection = connectionFrom(positionals);
  const stage = chosenStage(values.stage, connection);
  const { reason, 'dry-run': dryRun } = values;
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new Error('interrupted')));
  const sqs = await clientFor(values);
  const redriven = await redrive({
    sqs,
    deadLetters: await urlOf(sqs, physicalName(stage, 'invoices-dead-letters')),
    invoices: await urlOf(sqs, physicalName(stage, 'invoices')),
    connection,
    reason,
    dryRun,
    signal: stopping.signal,
  });
  const report = { connection, stage, dryRun, ...redriven };
  console.log(values.json ? JSON.stringify(report, undefined, 2) : spoken(report));
  return 0;
}

await run(main);
