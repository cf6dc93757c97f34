import { setTimeout as wait } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Relay } from '../../tools/local-cloud/bring-up.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { stageCredentials, type Staged } from '../../tools/relay/store-credentials.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';

export interface Operator {
  client: SecretsManagerClient;
  stage: (changes: Partial<Credentials>) => Promise<Staged>;
  /** The JSON of the version that is in use. */
  inUse: () => Promise<string>;
  close: () => void;
}

/** Who renews the example's credentials, with the AWS SDK and from outside. */
export function operatorOf({ cloud: { endpoint, region, outputs } }: Relay): Operator {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ endpoint, region, credentials });
  const rotationFunction = outputs['RotateCredentialsFunctionArn'] ?? '';
  return {
    client,
    stage: (changes) =>
      stageCredentials(
        { stage: 'qualification', connection: 'example' },
        { ...simulatorCredentials, ...changes },
        { client, rotationFunction, wait: (ms) => wait(ms) },
      ),
    inUse: async () => {
      const { SecretString = '' } = await client.send(
        new GetSecretValueCommand({ SecretId: 'chorus-relay/qualification/example' }),
      );
      return SecretString;
    },
    close: () => client.destroy(),
  };
}
