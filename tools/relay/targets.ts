/** What a command talks to: AWS or the local relay, and which server of Chorus Pro and PISTE. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { urlsFor, type ChorusProUrls } from '../../shared/chorus-pro/piste.ts';
import type { Environment } from '../../shared/connection/settings.ts';
import { Failure, notUp, option, WrongUsage } from '../command-line/command.ts';
import { readEndpoints, type Endpoints } from '../local-cloud/endpoints.ts';

export const relayIsNotUp = (): Failure =>
  new Failure('the relay is not up: start it with "npx relay local" in another terminal', { exitCode: notUp.code });

/** @throws Failure when no local relay is up */
export async function localEndpoints(): Promise<Endpoints> {
  const endpoints = await readEndpoints();
  if (!endpoints) throw relayIsNotUp();
  return endpoints;
}

/** @param what `queue chorus-relay-production-invoices` */
export const notDeployed = (what: string, cause?: unknown): Failure =>
  new Failure(
    `there is no ${what}: check the stage, AWS_PROFILE and AWS_REGION. If it was never deployed, ` +
      'name the connection in cdk.json and run "npx cdk deploy --all"',
    { cause },
  );

interface Aws {
  /** Of the local relay, if that is what was asked for. */
  endpoints?: Endpoints;
  dynamodb: () => DynamoDBClient;
  s3: () => S3Client;
  sqs: () => SQSClient;
  secretsManager: () => SecretsManagerClient;
}

/** A local relay takes any key; AWS is found as the AWS CLI finds it. @throws Failure when no local relay is up */
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
    dynamodb: () => new DynamoDBClient(settings),
    s3: () => new S3Client({ ...settings, ...(local ? { forcePathStyle: true } : {}) }),
    // The queues' URLs are only names: a local queue is where its cloud is.
    sqs: () => new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    secretsManager: () => new SecretsManagerClient(settings),
  };
}

const address = z.url({ protocol: /^https?$/, error: 'is not a URL that begins with http:// or https://' });

/** Another server than AIFE's own. */
export const serverOptions = {
  'chorus-pro': option('URL', address.optional(), 'another server that follows AIFE’s contract, with'),
  piste: option('URL', address.optional(), 'the server that gives its tokens'),
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
  if ((url === undefined) !== (piste === undefined)) throw new WrongUsage('--chorus-pro and --piste go together');
  return url === undefined || piste === undefined ? undefined : { url, tokenUrl: tokenUrl(piste) };
}

export interface Server {
  urls: ChorusProUrls;
  secretsManager: () => SecretsManagerClient;
}

export async function serverFor(environment: Environment, given: GivenServer & { local: boolean }): Promise<Server> {
  const server = givenServer(given);
  const { endpoints, secretsManager } = await awsFor(given);
  const override = {
    CHORUS_PRO_URL: server?.url ?? endpoints?.chorusProUrl,
    PISTE_TOKEN_URL: server?.tokenUrl ?? endpoints?.tokenUrl,
  };
  return { urls: urlsFor(environment, override), secretsManager };
}
