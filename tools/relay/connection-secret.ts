/** The secret of a connection as it comes and goes: docs/adr/0020-secrets-in-no-stack.md. */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { physicalName } from '../../infra/names.ts';

/** `leaving`: scheduled for deletion; it can still be restored, and until it is gone nothing else can have its name. */
export type SecretState = 'there' | 'leaving' | 'absent';

export async function secretState(client: SecretsManagerClient, connection: string): Promise<SecretState> {
  try {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: secretNameOf(connection) }));
    return DeletedDate ? 'leaving' : 'there';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return 'absent';
    throw error;
  }
}

/** Under the key of the stage's data, and without a value: one that is made up could be taken for credentials. */
export async function createSecret(client: SecretsManagerClient, connection: string, stage: string): Promise<void> {
  await client.send(
    new CreateSecretCommand({
      Name: secretNameOf(connection),
      Description: `chorus-relay ${stage}: what ${connection} needs for PISTE and Chorus Pro`,
      KmsKeyId: `alias/${physicalName(stage, 'data')}`,
    }),
  );
}

/** The longest that AWS allows. */
const recoveryDays = 30;

/** @returns until when it can be restored */
export async function scheduleDeletion(client: SecretsManagerClient, connection: string): Promise<Date | undefined> {
  const SecretId = secretNameOf(connection);
  const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: recoveryDays }));
  return DeletionDate;
}

export async function restoreSecret(client: SecretsManagerClient, connection: string): Promise<void> {
  await client.send(new RestoreSecretCommand({ SecretId: secretNameOf(connection) }));
}
