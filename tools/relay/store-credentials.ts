import {
  DescribeSecretCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { trialSteps } from '../../shared/diagnostics/check-connection.ts';
import { sayFor, type StepReport } from '../../shared/diagnostics/report.ts';
import { type TrialDependencies, tryCredentials } from '../../shared/chorus-pro/try-credentials.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { secretNameOf, type ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { physicalName } from '../../infra/names.ts';
import { stageCredentials, type Staged } from './stage-credentials.ts';

export interface Storing {
  settings: ConnectionSettings;
  credentials: Credentials;
  client: SecretsManagerClient;
  /** ARN. */
  rotationFunction: string;
  trial: TrialDependencies;
  deadline: Deadline;
}

export interface Stored {
  /** What the trial found of each link. */
  steps: StepReport[];
  /** Absent: a link failed, and nothing was stored. */
  staged?: Staged;
}

/** Tries the chain, and only then hands the credentials to Secrets Manager. */
export async function storeCredentials(storing: Storing): Promise<Stored> {
  const { settings, credentials, client, rotationFunction, trial: dependencies, deadline } = storing;
  const trial = await tryCredentials(credentials, dependencies, deadline);
  const tried = { trial, credentials: { ...credentials, version: 'given' }, evidence: {}, now: dependencies.now() };
  const steps = trialSteps(tried, sayFor(settings));
  if (trial.kind !== 'works') return { steps };
  const { wait } = dependencies;
  return { steps, staged: await stageCredentials(settings.name, credentials, { client, rotationFunction, wait }) };
}

/**
 * Where the secret is, its function is too.
 * @throws Error when there is no secret: then nobody need be asked what should be in it
 */
export async function rotationFunctionOf(
  client: SecretsManagerClient,
  connection: string,
  stage: string,
): Promise<string> {
  const SecretId = secretNameOf(connection);
  try {
    const { ARN = '' } = await client.send(new DescribeSecretCommand({ SecretId }));
    const [, partition, , region, account] = ARN.split(':');
    return ['arn', partition, 'lambda', region, account, 'function', physicalName(stage, 'rotate-credentials')].join(
      ':',
    );
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const why = `there is no secret ${SecretId} in this account and region: name the connection in cdk.json and deploy first`;
    throw new Error(why, { cause: error });
  }
}
