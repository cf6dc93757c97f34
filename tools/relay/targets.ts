/** What a command acts on: the connection and stage, AWS or the local relay, and the Chorus Pro server. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, QueueDoesNotExist, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Said } from '../../shared/invoice/spoken.ts';
import { urlsFor, type ChorusProUrls } from '../../shared/chorus-pro/piste.ts';
import { type Environment, connectionNameSchema, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { Failure, nearest, notUp, option, saidBy, WrongUsage } from '../command-line/command.ts';
import { readEndpoints, type Endpoints } from '../local-cloud/endpoints.ts';
import { connectionFiles, type ConnectionFile } from '../../infra/connection-files.ts';
import { deploymentFrom, projectContext, projectRoot, stageWith } from '../../infra/deployment.ts';
import { physicalName } from '../../infra/names.ts';

const about = 'the connection, by the name of its file in connections/';
const noName: Said = {
  fr: 'n’est pas un nom de connexion : des minuscules, des chiffres et des traits d’union, 32 au plus, en commençant par une lettre (mais pas unknown)',
  en: 'is not the name of a connection: lower-case letters, digits and hyphens, at most 32, starting with a letter, and another name than "unknown"',
};

/** The argument that names the connection. */
export const connectionArgument = () => option('connection', connectionNameSchema.clone(), about, noName);
export const optionalConnection = () =>
  option('connection', connectionNameSchema.optional(), `${about}; without it, all`, noName);

/** The fault of a number or name that has no character. */
export const anEmptyOne: Said = { fr: 'est vide', en: 'is empty' };

/** @throws WrongUsage that lists every fault in its file */
export async function connectionFile(connection: string): Promise<ConnectionFile> {
  const known = connectionNames();
  if (!known.includes(connection)) throw noConnection(connection, known);
  const [file] = await connectionFiles([connection]).catch((error: unknown) => {
    throw new WrongUsage(saidBy(error));
  });
  if (!file) throw noConnection(connection, known);
  return file;
}

/** @throws WrongUsage that lists every fault in its file */
export const settingsOf = async (connection: string): Promise<ConnectionSettings> =>
  (await connectionFile(connection)).settings;

function noConnection(name: string, known: readonly string[]): WrongUsage {
  const near = nearest(name, known);
  return new WrongUsage({
    fr: `il n’y a pas de connexion « ${name} »${near.fr || ` ; il y a : ${known.join(', ')}`}`,
    en: `there is no connection "${name}"${near.en || `; there are: ${known.join(', ')}`}`,
  });
}

/** Those of the folder and of cdk.json. */
export function connectionNames(): string[] {
  const files = readdirSync(join(projectRoot, 'connections'));
  const named = files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
  return [...new Set([...named, ...deploymentFrom(projectContext()).connections])].sort();
}

/**
 * The name, if cdk.json or the folder of connections has it. A search for an unknown one would find nothing and
 * look as if all were well.
 * @throws WrongUsage otherwise
 */
export function knownConnection(name: string): string {
  const known = connectionNames();
  if (known.includes(name)) return name;
  throw noConnection(name, known);
}

/** The stage asked for, or the connection's own, or the one in cdk.json. @throws WrongUsage if they contradict */
export function chosenStage(asked: string | undefined, connection?: string): string {
  const context = projectContext();
  try {
    const own = connection === undefined ? undefined : stageWith(context, connection);
    if (asked !== undefined && own !== undefined && own !== asked)
      throw new WrongUsage({
        fr: `la connexion ${connection ?? ''} est de l’environnement ${own}, et non de ${asked}`,
        en: `${connection ?? ''} is of stage ${own}, not of ${asked}`,
      });
    const stage = asked ?? own;
    return deploymentFrom({ ...context, ...(stage === undefined ? {} : { stage }) }).stage;
  } catch (error) {
    throw new WrongUsage(saidBy(error));
  }
}

export const relayIsNotUp = (): Failure =>
  new Failure(
    {
      fr: 'le relais n’est pas en marche : démarrez-le par « npx relay local » dans un autre terminal',
      en: 'the relay is not up: start it with "npx relay local" in another terminal',
    },
    { exitCode: notUp.code },
  );

/** @throws Failure when no local relay is up */
export async function localEndpoints(): Promise<Endpoints> {
  const endpoints = await readEndpoints();
  if (!endpoints) throw relayIsNotUp();
  return endpoints;
}

/** @param name `chorus-relay-production-invoices` */
export const notDeployed = (what: 'queue' | 'table' | 'bucket' | 'function', name: string, cause?: unknown): Failure =>
  new Failure(
    {
      fr:
        `il n’y a pas de ${{ queue: 'file', table: 'table', bucket: 'espace', function: 'fonction' }[what]} ${name} : vérifiez l’environnement, AWS_PROFILE et ` +
        'AWS_REGION. S’il n’a jamais été déployé, nommez la connexion dans cdk.json et lancez « npx cdk deploy --all »',
      en:
        `there is no ${what} ${name}: check the stage, AWS_PROFILE and AWS_REGION. If it was never deployed, ` +
        'name the connection in cdk.json and run "npx cdk deploy --all"',
    },
    { cause },
  );

const clockSchema = z.object({ now: z.iso.datetime({ offset: true }) });

/** The time that the local relay lives in: the machine's, but for the time that the simulator has let pass. */
async function localTime({ clockUrl }: Endpoints): Promise<() => Date> {
  if (clockUrl === undefined) return () => new Date();
  const response = await fetch(clockUrl).catch(() => {
    throw relayIsNotUp();
  });
  const { now } = clockSchema.parse(await response.json());
  const ahead = Date.parse(now) - Date.now();
  return () => new Date(Date.now() + ahead);
}

/** Where a service is, and what signs a request to it. */
interface Signing {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export interface Aws {
  /** The time that the relay lives in. */
  now: () => Date;
  /** The local relay, if the operator asked for it. */
  endpoints?: Endpoints;
  dynamodb: () => DynamoDBClient;
  s3: () => S3Client;
  sqs: () => SQSClient;
  secretsManager: () => SecretsManagerClient;
  /** For a service that the project has no SDK for. */
  signing: (service: string) => Promise<Signing>;
}

/** A local relay accepts any key; AWS is found as the AWS CLI finds it. @throws Failure when no local relay is up */
export async function awsFor({ local }: { local: boolean }): Promise<Aws> {
  const endpoints = local ? await localEndpoints() : undefined;
  const settings = endpoints
    ? {
        endpoint: endpoints.endpoint,
        region: endpoints.region,
        credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
      }
    : { maxAttempts: 4 };
  return {
    ...(endpoints ? { endpoints } : {}),
    now: endpoints ? await localTime(endpoints) : () => new Date(),
    dynamodb: () => new DynamoDBClient(settings),
    s3: () => new S3Client({ ...settings, ...(local ? { forcePathStyle: true } : {}) }),
    // A queue's URL is only a name: requests for a local queue must go to the local cloud's address.
    sqs: () => new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    secretsManager: () => new SecretsManagerClient(settings),
    signing: async (service) => {
      const { config } = new DynamoDBClient(settings);
      const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
      const elsewhere = endpoints?.endpoint ?? process.env['AWS_ENDPOINT_URL'];
      return { endpoint: elsewhere ?? `https://${service}.${region}.amazonaws.com/`, region, credentials };
    },
  };
}

/** @throws Failure when the stage has no queue of this name here */
export async function queueUrlOf(sqs: SQSClient, stage: string, name: string): Promise<string> {
  const url = await findQueue(sqs, stage, name);
  if (url === undefined) throw notDeployed('queue', physicalName(stage, name));
  return url;
}

/** @returns its URL; undefined if the stage has no queue of this name here */
export async function findQueue(sqs: SQSClient, stage: string, name: string): Promise<string | undefined> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: physicalName(stage, name) }));
    return QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

const address = z.url({ protocol: /^https?$/ });
const noAddress: Said = {
  fr: 'n’est pas une adresse qui commence par http:// ou https://',
  en: 'is not a URL that begins with http:// or https://',
};

/** The options for a server other than AIFE's own. */
export const serverOptions = {
  'chorus-pro': option('URL', address.optional(), 'another server that follows AIFE’s contract, with', noAddress),
  piste: option('URL', address.optional(), 'the server that gives its tokens', noAddress),
} as const;

/** For PISTE the host alone is enough: the path is the same everywhere. */
function tokenUrl(piste: string): string {
  const url = new URL(piste);
  return url.pathname === '/' ? new URL('/api/oauth/token', url).href : url.href;
}

export interface GivenServer {
  'chorus-pro'?: string | undefined;
  piste?: string | undefined;
}

/** @throws WrongUsage when only one of the two is given */
export function givenServer({ 'chorus-pro': url, piste }: GivenServer): { url: string; tokenUrl: string } | undefined {
  if ((url === undefined) !== (piste === undefined))
    throw new WrongUsage({
      fr: '--chorus-pro et --piste vont ensemble',
      en: '--chorus-pro and --piste go together',
    });
  return url === undefined || piste === undefined ? undefined : { url, tokenUrl: tokenUrl(piste) };
}

export interface Server extends Aws {
  urls: ChorusProUrls;
}

export async function serverFor(environment: Environment, given: GivenServer & { local: boolean }): Promise<Server> {
  const server = givenServer(given);
  const aws = await awsFor(given);
  const { endpoints } = aws;
  const override = {
    CHORUS_PRO_URL: server?.url ?? endpoints?.chorusProUrl,
    PISTE_TOKEN_URL: server?.tokenUrl ?? endpoints?.tokenUrl,
  };
  return { ...aws, urls: urlsFor(environment, override) };
}
