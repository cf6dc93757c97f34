import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand, RotateSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { holderOf, refusedLinkIn, secretLabels, secretVersions } from '../../shared/connection/secrets-manager.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';

export interface StageDependencies {
  client: SecretsManagerClient;
  /** ARN of the function rotate-credentials. */
  rotationFunction: string;
  wait: (ms: number) => Promise<void>;
}

/** What became of new credentials. */
export type Staged =
  /** The secret had no value to protect: these are in use, and nobody has tried them. */
  | { kind: 'first' }
  | { kind: 'taken-over' }
  /** At the link of shared/chorus-pro/try-credentials.ts, or `format`; the old ones stay in use. */
  | { kind: 'refused'; link: string }
  /** Nothing is decided yet, the platform may not answer: Secrets Manager goes on trying, the old ones are in use. */
  | { kind: 'under-way' };

/** Secrets Manager wants a schedule for every rotation; ours begin when an operator says so, and this is the longest there is. */
const scheduleDays = 1_000;
const lookEveryMs = 2_000;
const looks = 90;

/**
 * Stages new credentials beside the old ones, begins the rotation that tries them, and waits for its end.
 * @throws Error of Secrets Manager: nothing has changed then, but that the new ones may stand staged
 */
export async function stageCredentials(
  connection: string,
  credentials: Credentials,
  { client, rotationFunction, wait }: StageDependencies,
): Promise<Staged> {
  const SecretId = secretNameOf(connection);
  const secret = secretVersions(client, SecretId);
  const SecretString = JSON.stringify(credentials);
  const before = await secret.labels();
  const current = holderOf(before, secretLabels.current);
  if (current === undefined) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    return { kind: 'first' };
  }
  await secret.put(randomUUID(), SecretString, secretLabels.next);
  // A rotation that was never finished would not let another one begin; the operator's newer word counts.
  const pending = holderOf(before, secretLabels.pending);
  if (pending !== undefined && pending !== current) await secret.move(secretLabels.pending, { from: pending });

  const version = randomUUID();
  await client.send(
    new RotateSecretCommand({
      SecretId,
      ClientRequestToken: version,
      RotationLambdaARN: rotationFunction,
      RotationRules: { AutomaticallyAfterDays: scheduleDays },
    }),
  );
  for (let look = 0; look < looks; look += 1) {
    const labels = (await secret.labels())[version] ?? [];
    if (labels.includes(secretLabels.current)) return { kind: 'taken-over' };
    const link = refusedLinkIn(labels);
    if (link !== undefined) return { kind: 'refused', link };
    await wait(lookEveryMs);
  }
  return { kind: 'under-way' };
}
