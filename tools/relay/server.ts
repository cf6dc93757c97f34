import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { urlsFor, type ChorusProUrls } from '../../shared/chorus-pro/piste.ts';
import type { Environment } from '../../shared/connection/settings.ts';
import { readEndpoints, type Endpoints } from '../local-cloud/endpoints.ts';
import { given, WrongUsage } from './command-line.ts';

/** Which server of Chorus Pro and PISTE, and which AWS, a command of an operator talks to. */
export const serverOptions = {
  'chorus-pro': { type: 'string' },
  piste: { type: 'string' },
  local: { type: 'boolean', default: false },
} as const;

interface ServerValues {
  'chorus-pro'?: string | undefined;
  piste?: string | undefined;
  local: boolean;
}

export interface Server {
  urls: ChorusProUrls;
  secretsManager: () => SecretsManagerClient;
}

const address = (option: string) =>
  z.url({ protocol: /^https?$/, error: `${option}: not a URL that begins with http:// or https://` });

/** Of PISTE the address alone may be given: the path is the same everywhere. */
function tokenUrl(piste: string): string {
  const url = new URL(given(address('--piste'), piste));
  return url.pathname === '/' ? new URL('/api/oauth/token', url).href : url.href;
}

/** A local cloud takes any key; AWS is found as the AWS CLI finds it. */
const clientFor = (endpoints: Endpoints | undefined): SecretsManagerClient =>
  endpoints
    ? new SecretsManagerClient({
        endpoint: endpoints.endpoint,
        region: endpoints.region,
        credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
      })
    : new SecretsManagerClient({ maxAttempts: 4 });

export async function serverOf(environment: Environment, values: ServerValues): Promise<Server> {
  const { 'chorus-pro': chorusPro, piste, local } = values;
  if ((chorusPro === undefined) !== (piste === undefined)) throw new WrongUsage('--chorus-pro and --piste go together');
  const endpoints = local ? await readEndpoints() : undefined;
  if (local && !endpoints) throw new Error('the relay is not up: start it with "npm run local"');
  const override = {
    CHORUS_PRO_URL: chorusPro === undefined ? endpoints?.chorusProUrl : given(address('--chorus-pro'), chorusPro),
    PISTE_TOKEN_URL: piste === undefined ? endpoints?.tokenUrl : tokenUrl(piste),
  };
  return { urls: urlsFor(environment, override), secretsManager: () => clientFor(endpoints) };
}
