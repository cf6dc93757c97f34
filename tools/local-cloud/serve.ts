import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import { credentialsIn } from '../relay/given-credentials.ts';
import type { RealServer, Step } from './bring-up.ts';
import { endpointsOf, removeEndpoints, writeEndpoints, type Endpoints } from './endpoints.ts';
import type { LogLine } from './lambda/functions.ts';

const usage = `usage: npm run local -- [options]

Builds the functions, synthesises the template and brings the whole relay up on this machine, with a simulator of
Chorus Pro, until Ctrl-C. While it is up, .local/endpoints.json says where everything is.

  --chorus-pro-url URL  talk to this server instead of the simulator
  --token-url URL       where that server gives tokens
  --no-simulator        talk to AIFE's own servers, as the connections say
  --record FILE         append each request that the simulator is sent, one {"path", "body"} a line, documents included
  --port N              where AWS listens on 127.0.0.1; a free port by default
  --json                say where everything is as JSON
  --help

Without the simulator the credentials come from PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN and
CHORUS_PRO_PASSWORD.

exit codes: 0 stopped by Ctrl-C, 1 could not come up, 2 wrong usage`;

class WrongUsage extends Error {}

function credentialsFrom(environment: NodeJS.ProcessEnv): Credentials {
  const { missing, credentials } = credentialsIn(environment);
  if (credentials) return credentials;
  throw new WrongUsage(`a real server needs credentials; set ${missing.join(', ')}`);
}

const options = {
  'chorus-pro-url': { type: 'string' },
  'token-url': { type: 'string' },
  'no-simulator': { type: 'boolean', default: false },
  record: { type: 'string' },
  port: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parse>;

function serverOf(values: Values): RealServer | undefined {
  const { 'chorus-pro-url': url, 'token-url': tokenUrl, record } = values;
  if (url === undefined && tokenUrl === undefined && !values['no-simulator']) return undefined;
  if ((url === undefined) !== (tokenUrl === undefined))
    throw new WrongUsage('--chorus-pro-url and --token-url go together');
  if (record !== undefined) throw new WrongUsage('--record is for the simulator');
  return { url, tokenUrl, credentials: credentialsFrom(process.env) };
}

const steps: Record<Step, string> = {
  simulator: 'starting the simulator of Chorus Pro',
  template: 'building the functions, synthesising the template',
  cloud: 'bringing the cloud up',
  credentials: 'storing the credentials',
};

/** Metrics are lines too, and not for reading. */
const say = ({ function: name, line }: LogLine) => {
  if (!line.includes('"_aws"')) console.error(`${name}  ${line}`);
};

const welcome = (
  { endpoint, region, outputs, chorusProUrl }: Endpoints,
  { connection, simulated }: { connection: string; simulated: boolean },
) => `
The relay is up. AWS is at ${endpoint}, Chorus Pro at ${chorusProUrl ?? 'AIFE'}. Ctrl-C ends it and all that is in it.

Drop an invoice with the AWS CLI (a "command" of samples/*.json with its "document", or the README's example):
  export AWS_ACCESS_KEY_ID=erp AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=${region}
  aws --endpoint-url ${endpoint} s3 cp invoice.pdf s3://${outputs['DocumentsBucket'] ?? ''}/incoming/${connection}/FA-2026-0001.pdf
  aws --endpoint-url ${endpoint} sqs send-message --queue-url ${outputs['InvoicesQueueUrl'] ?? ''} --message-group-id ${connection} --message-body file://invoice.json
and read what became of it:
  aws --endpoint-url ${endpoint} sqs receive-message --queue-url ${outputs['ErpInboxQueueUrl'] ?? ''} --wait-time-seconds 20

With the SDK:
  const sqs = new SQSClient({ endpoint: '${endpoint}', region: '${region}', useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'erp', secretAccessKey: 'local' } });
  await sqs.send(new SendMessageCommand({ QueueUrl: '${outputs['InvoicesQueueUrl'] ?? ''}', MessageBody }));

Read the statuses now rather than at the next poll:
  npm run invoke -- poll-statuses
${simulated ? aboutSimulator(chorusProUrl ?? '') : ''}`;

const aboutSimulator = (url: string) => `
Let the recipient do something (by the invoice's number), then read the statuses as above; look at all that Chorus Pro has:
  curl ${url}/simulator/status --json '{"invoice":"FA-2026-0001","status":"MISE_EN_PAIEMENT"}'
  curl ${url}/simulator/state
`;

async function serve(values: Values): Promise<void> {
  const server = serverOf(values);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new WrongUsage(`not a port: ${values.port}`);
  const { record } = values;
  // The CDK takes a second to load: not before there is something to synthesise.
  const { bringUp } = await import('./bring-up.ts');
  const context = projectContext();
  const relay = await bringUp({
    context,
    ...(server ? { chorusPro: server } : {}),
    ...(record === undefined ? {} : { record: (request) => appendFileSync(record, `${JSON.stringify(request)}\n`) }),
    ports: { gateway: port },
    onLog: say,
    onStep: (step) => console.error(`${steps[step]} …`),
  });
  const [connection = ''] = deploymentFrom(context).connections;
  const endpoints = endpointsOf(relay, server);
  await writeEndpoints(endpoints);
  console.log(values.json ? JSON.stringify(endpoints) : welcome(endpoints, { connection, simulated: !server }));
  await new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  console.error('stopping …');
  await removeEndpoints(endpoints);
  await relay.stop();
}

try {
  const values = parse();
  if (values.help) console.log(usage);
  else await serve(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof WrongUsage ? 2 : 1;
}
