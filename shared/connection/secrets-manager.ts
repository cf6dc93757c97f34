import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { timings } from '../facts/timings.ts';
import { readCredentials, type CredentialsSource, type VersionedCredentials } from './credentials.ts';
import { secretNameOf } from './settings.ts';

/** Reads a connection's credentials when they are first needed, and caches them. Parallel callers share one read. */
export function secretsManagerCredentials(
  client: SecretsManagerClient,
  stage: string,
  now: () => Date,
): CredentialsSource {
  const cache = new Map<string, { readAt: number; value: Promise<VersionedCredentials | undefined> }>();
  return (connection, how = 'cached') => {
    const cached = cache.get(connection);
    if (how === 'cached' && cached && now().getTime() - cached.readAt < timings.credentialsCache.ms)
      return cached.value;
    const value = readCurrent(client, secretNameOf(stage, connection));
    cache.set(connection, { readAt: now().getTime(), value });
    // A failed or empty read is not cached: the next call tries again.
    const forget = () => void cache.delete(connection);
    value.then((credentials) => credentials ?? forget(), forget);
    return value;
  };
}

/**
 * While a connection leaves, functions of the previous version still look for its secret, which may be gone, scheduled
 * for deletion, or no longer theirs to read. That is no fault of the relay: its alarm would turn the deployment back.
 */
const withoutSecret: ReadonlySet<string> = new Set([
  'ResourceNotFoundException',
  'InvalidRequestException',
  'AccessDeniedException',
]);

async function readCurrent(client: SecretsManagerClient, SecretId: string): Promise<VersionedCredentials | undefined> {
  try {
    const secret = await client.send(new GetSecretValueCommand({ SecretId }));
    const credentials = readCredentials(secret.SecretString);
    if (!credentials) return undefined;
    const { VersionId = '', CreatedDate } = secret;
    return { ...credentials, version: VersionId, ...(CreatedDate ? { versionCreatedAt: CreatedDate } : {}) };
  } catch (error) {
    if (error instanceof Error && withoutSecret.has(error.name)) return undefined;
    throw error;
  }
}

/**
 * The labels that move between the versions of a connection's secret. The operator's new value gets our own label and
 * not AWSPENDING: Secrets Manager does not start a rotation while a version other than the current one has that label.
 */
export const secretLabels = { current: 'AWSCURRENT', pending: 'AWSPENDING', next: 'CHORUS_RELAY_NEXT' } as const;

/** Marks a version that was tried and refused, and says by which link of the chain: the AWS console shows it. */
const refusedPrefix = 'CHORUS_RELAY_REFUSED_';
export const refusedLabel = (link: string): string => `${refusedPrefix}${link}`;
export const refusedLinkIn = (labels: readonly string[]): string | undefined =>
  labels.find((label) => label.startsWith(refusedPrefix))?.slice(refusedPrefix.length);

/** The labels of each version. */
export type Labels = Readonly<Record<string, readonly string[]>>;
export const holderOf = (labels: Labels, label: string): string | undefined =>
  Object.keys(labels).find((version) => labels[version]?.includes(label));

interface SecretVersion {
  text: string;
  createdAt: Date | undefined;
}

/** The versions of one secret, as a rotation from one version to the next needs them. */
export interface SecretVersions {
  labels(): Promise<Labels>;
  /** Undefined for a version without a value: Secrets Manager prepares one for each rotation. */
  read(version: string): Promise<SecretVersion | undefined>;
  put(version: string, text: string, label: string): Promise<void>;
  move(label: string, versions: { from?: string | undefined; to?: string | undefined }): Promise<void>;
}

export function secretVersions(client: SecretsManagerClient, SecretId: string): SecretVersions {
  return {
    labels: async () => {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
      return VersionIdsToStages;
    },
    read: async (VersionId) => {
      try {
        const found = await client.send(new GetSecretValueCommand({ SecretId, VersionId }));
        return { text: found.SecretString ?? '', createdAt: found.CreatedDate };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    put: async (ClientRequestToken, SecretString, label) => {
      await client.send(
        new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: [label] }),
      );
    },
    move: async (VersionStage, { from, to }) => {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage,
          ...(from === undefined ? {} : { RemoveFromVersionId: from }),
          ...(to === undefined ? {} : { MoveToVersionId: to }),
        }),
      );
    },
  };
}
