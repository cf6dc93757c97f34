/** .local/endpoints.json: where a relay that is up can be reached. */
import { access, constants, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { ownInbox } from '../../infra/names.ts';
import { Failure } from '../command-line/command.ts';
import type { Relay, RealServer } from './bring-up.ts';

/** The file exists as long as the relay is up. With RELAY_LOCAL, another folder, a second relay may be up. */
const localFolder = () => process.env['RELAY_LOCAL'] ?? join(projectRoot, '.local');
export const endpointsFile = () => join(localFolder(), 'endpoints.json');

/** What its functions log: kept after its end, until another relay comes up here. */
export const logFile = () => join(localFolder(), 'relay.log');

const endpointsSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  queues: z.record(z.string(), z.string()),
  bucket: z.string(),
  table: z.string(),
  topic: z.string(),
  functions: z.array(z.string()),
  chorusProUrl: z.string().optional(),
  tokenUrl: z.string().optional(),
  /** Where the simulator's clock is read and moved; a real server has none. */
  clockUrl: z.string().optional(),
  outputs: z.record(z.string(), z.string()),
});

export type Endpoints = z.infer<typeof endpointsSchema>;

export function endpointsOf({ cloud, simulator }: Pick<Relay, 'cloud' | 'simulator'>, server?: RealServer): Endpoints {
  const { endpoint, region, resources, functions, outputs } = cloud;
  const { url, tokenUrl } = simulator ?? server ?? {};
  const queues = resources
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .map(({ name, ref }) => [name, ref] as const);
  return {
    endpoint,
    region,
    queues: Object.fromEntries(queues),
    bucket: outputs['DocumentsBucket'] ?? '',
    table: outputs['LedgerTable'] ?? '',
    topic: outputs['EventsTopicArn'] ?? '',
    functions,
    ...(url === undefined ? {} : { chorusProUrl: url }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    ...(simulator ? { clockUrl: `${simulator.url}/simulator/clock` } : {}),
    outputs,
  };
}

/**
 * Before a relay comes up: a second one would take the first one's place in the file, and be found instead of it.
 * @throws Failure if another relay is up, or the file could not be written
 */
export async function claimEndpoints(file = endpointsFile()): Promise<void> {
  const present = await readEndpoints(file).catch(() => undefined);
  const isUp =
    present && (await fetch(present.endpoint, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined));
  if (isUp)
    throw new Failure({
      fr: `un relais est déjà en marche à l’adresse ${present.endpoint} : arrêtez-le d’abord, par Ctrl-C dans son terminal`,
      en: `a relay is up already at ${present.endpoint}: end it first, with Ctrl-C where it runs`,
    });
  const folder = dirname(file);
  if ((await stat(folder).catch(() => undefined))?.isFile())
    throw new Failure({
      fr: `${folder} est un fichier, à la place du dossier du relais local : supprimez-le`,
      en: `${folder} is a file, where the local relay has its folder: remove it`,
    });
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure(
      {
        fr: `impossible d’écrire ${file}, où les autres commandes cherchent le relais : ${why}`,
        en: `cannot write ${file}, where the other commands look for the relay: ${why}`,
      },
      { cause: error },
    );
  }
}

/** The environment variables of an ERP's program, by which it and the AWS SDK find a relay: examples/README.md. */
export const erpVariables = ({ endpoint, region, queues, outputs }: Endpoints, connection: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'erp',
  AWS_SECRET_ACCESS_KEY: 'local',
  RELAY_CONNECTION: connection,
  RELAY_DOCUMENTS_BUCKET: outputs['DocumentsBucket'] ?? '',
  RELAY_INVOICES_QUEUE_URL: outputs['InvoicesQueueUrl'] ?? '',
  RELAY_ERP_INBOX_QUEUE_URL: ownInboxOf(queues, connection) ?? outputs['ErpInboxQueueUrl'] ?? '',
});

const ownInboxOf = (queues: Endpoints['queues'], connection: string): string | undefined =>
  Object.entries(queues).find(([name]) => name.endsWith(`-${ownInbox(connection)}`))?.[1];

/** Every queue from which an ERP reads: the one that connections share, and those that are one's own. */
export const inboxesOf = ({ queues }: Pick<Endpoints, 'queues'>): string[] =>
  Object.entries(queues).flatMap(([name, url]) => (/-erp-inbox(-(?!dead-letters$)|$)/.test(name) ? [url] : []));

export async function writeEndpoints(endpoints: Endpoints, file = endpointsFile()): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(endpoints, undefined, 2)}\n`);
}

export async function readEndpoints(file = endpointsFile()): Promise<Endpoints | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : endpointsSchema.parse(JSON.parse(text));
}

/** Removes the file, unless another relay has written it since. */
export async function removeEndpoints({ endpoint }: Endpoints, file = endpointsFile()): Promise<void> {
  const present = await readEndpoints(file);
  if (present?.endpoint === endpoint) await rm(file, { force: true });
}
