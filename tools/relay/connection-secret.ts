/** The secret of a connection as it comes and goes: docs/adr/0020-secrets-in-no-stack.md. */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { readCredentials } from '../../shared/connection/credentials.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { physicalName } from '../../infra/names.ts';

/** Whose secret it is. */
export interface Owner {
  stage: string;
  connection: string;
}

export const secretOf = ({ stage, connection }: Owner): string => secretNameOf(stage, connection);

/** `leaving`: scheduled for deletion; it can still be restored, and until it is gone nothing else can have its name. */
export type SecretState = 'there' | 'leaving' | 'absent';

export async function secretState(client: SecretsManagerClient, owner: Owner): Promise<SecretState> {
  try {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: secretOf(owner) }));
    return DeletedDate ? 'leaving' : 'there';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return 'absent';
    throw error;
  }
}

/** Under the key of the stage's data, and without a value: one that is made up could be taken for credentials. */
export async function createSecret(client: SecretsManagerClient, owner: Owner): Promise<void> {
  const { stage, connection } = owner;
  await client.send(
    new CreateSecretCommand({
      Name: secretOf(owner),
      Description: `chorus-relay ${stage}: what ${connection} needs for PISTE and Chorus Pro`,
      KmsKeyId: `alias/${physicalName(stage, 'data')}`,
    }),
  );
}

/** The longest that AWS allows. */
const recoveryDays = 30;

/** @returns until when it can be restored */
export async function scheduleDeletion(client: SecretsManagerClient, owner: Owner): Promise<Date | undefined> {
  const SecretId = secretOf(owner);
  const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: recoveryDays }));
  return DeletionDate;
}

export async function restoreSecret(client: SecretsManagerClient, owner: Owner): Promise<void> {
  await client.send(new RestoreSecretCommand({ SecretId: secretOf(owner) }));
}

/** Before secrets had their stage in the name: the functions of that version still read it. */
const formerSecretOf = ({ connection }: Owner): string => `chorus-relay/${connection}`;

/**
 * Copies the credentials from the secret that the connection had before, and leaves that one as it is.
 * @returns whether there were any
 */
export async function adoptFormerSecret(client: SecretsManagerClient, owner: Owner): Promise<boolean> {
  const former = await client
    .send(new GetSecretValueCommand({ SecretId: formerSecretOf(owner) }))
    .catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    });
  const credentials = readCredentials(former?.SecretString);
  if (!former || !credentials) return false;
  // The age of the PISTE secret counts from this version, if the credentials do not say from when.
  const pisteSecretCreatedAt = credentials.pisteSecretCreatedAt ?? former.CreatedDate?.toISOString();
  const SecretString = JSON.stringify({ ...credentials, pisteSecretCreatedAt });
  await createSecret(client, owner);
  await client.send(new PutSecretValueCommand({ SecretId: secretOf(owner), SecretString }));
  return true;
}
