/** Tries new credentials, stores them in Secrets Manager, and waits until the rotation accepts or refuses them. */
import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand, RotateSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Deadline } from '../../shared/aws/runtime.ts';
import type { TrialDependencies } from '../../shared/chorus-pro/try-credentials.ts';
import { tryCredentials } from '../../shared/chorus-pro/try-credentials.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { holderOf, refusedLinkIn, secretLabels, secretVersions } from '../../shared/connection/secrets-manager.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { trialSteps } from '../../shared/diagnostics/check-connection.ts';
import type { StepReport } from '../../shared/diagnostics/report.ts';
import { sayFor } from '../../shared/diagnostics/report.ts';
import { physicalName } from '../../infra/names.ts';
import { createSecret, secretOf, secretState, type Owner } from './connection-secret.ts';
import { queueUrlOf } from './targets.ts';

export interface Storing {
  settings: ConnectionSettings;
  stage: string;
  credentials: Credentials;
  client: SecretsManagerClient;
  /** ARN. */
  rotationFunction: string;
  trial: TrialDependencies;
  deadline: Deadline;
}

export interface Stored {
  /** The result of each link of the trial. */
  steps: StepReport[];
  /** Absent when a link failed and nothing was stored. */
  staged?: Staged;
}

/** Tries the chain first; only credentials that work go to Secrets Manager. The first ones create their secret. */
export async function storeCredentials(storing: Storing): Promise<Stored> {
  const { settings, stage, credentials, client, rotationFunction, trial: dependencies, deadline } = storing;
  const trial = await tryCredentials(credentials, dependencies, deadline);
  const tried = { trial, credentials: { ...credentials, version: 'given' }, evidence: {}, now: dependencies.now() };
  const steps = trialSteps(tried, sayFor(settings));
  if (trial.kind !== 'works') return { steps };
  const { wait } = dependencies;
  const owner = { stage, connection: settings.name };
  if ((await secretState(client, owner)) === 'absent') await createSecret(client, owner);
  return { steps, staged: await stageCredentials(owner, credentials, { client, rotationFunction, wait }) };
}

/**
 * ARN of the function rotate-credentials, in the region and account of the stage's queue.
 * @throws Failure when the stage is not deployed here: then there is no point in asking for credentials
 */
export async function rotationFunctionOf(sqs: SQSClient, stage: string): Promise<string> {
  const QueueUrl = await queueUrlOf(sqs, stage, 'invoices');
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const [, partition, , region, account] = Attributes?.QueueArn?.split(':') ?? [];
  const name = physicalName(stage, 'rotate-credentials');
  return ['arn', partition, 'lambda', region, account, 'function', name].join(':');
}

export interface StageDependencies {
  client: SecretsManagerClient;
  /** ARN of the function rotate-credentials. */
  rotationFunction: string;
  wait: (ms: number) => Promise<void>;
}

/** The outcome for the new credentials. */
export type Staged =
  /** The secret had no value to protect: the new credentials are in use, and the rotation has not tried them. */
  | { kind: 'first' }
  | { kind: 'taken-over' }
  /** At the link of shared/chorus-pro/try-credentials.ts, or `format`; the old ones stay in use. */
  | { kind: 'refused'; link: string }
  /** Undecided: the platform may not reply. Secrets Manager keeps trying; the old ones stay in use. */
  | { kind: 'under-way' };

/** Secrets Manager requires a schedule. An operator starts our rotations, so this is the longest one allowed. */
const scheduleDays = 1_000;
const pollEveryMs = 2_000;
const polls = 90;

/**
 * Stages new credentials beside the old ones, starts the rotation that tries them, and waits until it ends.
 * @throws Error of Secrets Manager; the old credentials stay in use, but the new ones may be staged
 */
export async function stageCredentials(
  owner: Owner,
  credentials: Credentials,
  { client, rotationFunction, wait }: StageDependencies,
): Promise<Staged> {
  const SecretId = secretOf(owner);
  const secret = secretVersions(client, SecretId);
  const SecretString = JSON.stringify(credentials);
  const before = await secret.labels();
  const current = holderOf(before, secretLabels.current);
  if (current === undefined) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    return { kind: 'first' };
  }
  await secret.put(randomUUID(), SecretString, secretLabels.next);
  // An unfinished rotation would prevent this one from starting. The operator's latest credentials win.
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
  for (let poll = 0; poll < polls; poll += 1) {
    const labels = (await secret.labels())[version] ?? [];
    if (labels.includes(secretLabels.current)) return { kind: 'taken-over' };
    const link = refusedLinkIn(labels);
    if (link !== undefined) return { kind: 'refused', link };
    await wait(pollEveryMs);
  }
  return { kind: 'under-way' };
}
