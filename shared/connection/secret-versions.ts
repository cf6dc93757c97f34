import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/**
 * The labels that move from version to version of a connection's secret. The operator's new value has one of ours and not
 * AWSPENDING: Secrets Manager refuses to begin a rotation while that stands on any version but the current one.
 */
export const secretLabels = { current: 'AWSCURRENT', pending: 'AWSPENDING', next: 'CHORUS_RELAY_NEXT' } as const;

/** Stands on a version that was tried and refused, and says by whom: the console shows it. */
const refusedPrefix = 'CHORUS_RELAY_REFUSED_';
export const refusedLabel = (link: string): string => `${refusedPrefix}${link}`;
export const refusedLinkIn = (labels: readonly string[]): string | undefined =>
  labels.find((label) => label.startsWith(refusedPrefix))?.slice(refusedPrefix.length);

/** Which labels stand on which version. */
export type Labels = Readonly<Record<string, readonly string[]>>;
export const holderOf = (labels: Labels, label: string): string | undefined =>
  Object.keys(labels).find((version) => labels[version]?.includes(label));

interface SecretVersion {
  text: string;
  createdAt: Date | undefined;
}

/** The versions of one secret, for who takes it from one to the next. */
export interface SecretVersions {
  labels(): Promise<Labels>;
  /** Undefined for a version without a value: Secrets Manager prepares one for each rotation. */
  read(version: string): Promise<SecretVersion | undefined>;
  put(version: string, text: string, label: string): Promise<void>;
  move(label: string, way: { from?: string | undefined; to?: string | undefined }): Promise<void>;
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
