import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { readCredentials, type CredentialsSource, type VersionedCredentials } from './credentials.ts';
import { secretNameOf } from './settings.ts';

/** A new secret is in use everywhere within this time, without a deployment. */
const cacheMs = 300_000;

/** Secrets Manager as the source of credentials: read lazily, cached, one read in flight for a connection. */
export function secretsManagerCredentials(client: SecretsManagerClient, now: () => Date): CredentialsSource {
  const cache = new Map<string, { readAt: number; value: Promise<VersionedCredentials | undefined> }>();
  return (connection, how = 'cached') => {
    const cached = cache.get(connection);
    if (how === 'cached' && cached && now().getTime() - cached.readAt < cacheMs) return cached.value;
    const value = readCurrent(client, connection);
    cache.set(connection, { readAt: now().getTime(), value });
    // A failed or empty read is not remembered: the next call tries again.
    const forget = () => void cache.delete(connection);
    value.then((credentials) => credentials ?? forget(), forget);
    return value;
  };
}

async function readCurrent(
  client: SecretsManagerClient,
  connection: string,
): Promise<VersionedCredentials | undefined> {
  try {
    const secret = await client.send(new GetSecretValueCommand({ SecretId: secretNameOf(connection) }));
    const credentials = readCredentials(secret.SecretString);
    if (!credentials) return undefined;
    const { VersionId = '', CreatedDate } = secret;
    return { ...credentials, version: VersionId, ...(CreatedDate ? { versionCreatedAt: CreatedDate } : {}) };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
