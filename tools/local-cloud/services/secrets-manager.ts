/** Secrets Manager: the operations that the relay and its operator call, rotation, and how a secret leaves. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arns } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import type { Outcome } from '../lambda/execution-environment.ts';
import { AwsError, jsonReply, type Service } from './aws-service.ts';

const current = 'AWSCURRENT';
const pending = 'AWSPENDING';
const previous = 'AWSPREVIOUS';

interface Version {
  id: string;
  /** Absent in a version that a rotation has yet to fill. */
  value: string | undefined;
  labels: Set<string>;
  createdAt: number;
}

interface Secret {
  name: string;
  arn: string;
  createdAt: number;
  changedAt: number;
  rotationFunction: string | undefined;
  versions: Version[];
  /** Scheduled for deletion: until then it can be restored, and nobody else can have its name. */
  deletedAt?: number;
}

const recoveryDays = { shortest: 7, longest: 30 };
const dayMs = 86_400_000;

const createSchema = z.object({ Name: z.string(), SecretString: z.string().optional() });

const inputSchema = z.object({
  SecretId: z.string(),
  SecretString: z.string().optional(),
  ClientRequestToken: z.string().min(32).max(64).optional(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
  VersionStages: z.array(z.string()).default([current]),
  MoveToVersionId: z.string().optional(),
  RemoveFromVersionId: z.string().optional(),
  RotationLambdaARN: z.string().optional(),
  RecoveryWindowInDays: z.int().min(recoveryDays.shortest).max(recoveryDays.longest).optional(),
  ForceDeleteWithoutRecovery: z.boolean().default(false),
});
type Input = z.infer<typeof inputSchema>;
type Operation = (secret: Secret, input: Input) => object;

export interface SecretsManager {
  service: Service;
  /** Creates the secret if there is none, and gives it this value. */
  store: (name: string, value: unknown) => void;
}

const holderOf = ({ versions }: Secret, label: string) => versions.find(({ labels }) => labels.has(label));

/** At most one version has a label. AWSPREVIOUS moves to the version that AWSCURRENT leaves. */
function moveLabel(secret: Secret, label: string, to: Version | undefined): void {
  const from = holderOf(secret, label);
  if (from === to) return;
  from?.labels.delete(label);
  to?.labels.add(label);
  if (label === current && from) {
    to?.labels.delete(previous);
    moveLabel(secret, previous, from);
  }
}

const missing = (what: string) =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified ${what}.`);

const isLeaving = ({ deletedAt }: Secret): boolean => deletedAt !== undefined;
/** What may still be done with a secret that is scheduled for deletion. */
const alsoWhileLeaving = ['DescribeSecret', 'RestoreSecret'];

function put(secret: Secret, version: Omit<Version, 'labels'>, labels: readonly string[]): Version {
  const present = secret.versions.find(({ id }) => id === version.id);
  if (present?.value !== undefined && present.value !== version.value)
    throw new AwsError('ResourceExistsException', `There is another value under the version ${version.id}.`);
  const kept = present ?? { ...version, labels: new Set<string>() };
  kept.value = version.value;
  if (!present) secret.versions.push(kept);
  for (const label of labels) moveLabel(secret, label, kept);
  secret.changedAt = version.createdAt;
  return kept;
}

export function secretsManager(
  clock: DrivenClock,
  invoke: (functionArn: string, event: unknown) => Promise<Outcome>,
): SecretsManager {
  const secrets = new Map<string, Secret>();
  const create = (name: string): Secret => {
    const now = clock.now();
    const arn = arns.secret(name);
    const secret = { name, arn, createdAt: now, changedAt: now, rotationFunction: undefined, versions: [] };
    secrets.set(name, secret);
    return secret;
  };

  /** One call of the function for each step, until one fails. Unlike AWS, it does not try a step again. */
  const rotate = async (functionArn: string, SecretId: string, ClientRequestToken: string): Promise<void> => {
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      const outcome = await invoke(functionArn, { Step, SecretId, ClientRequestToken });
      if ('error' in outcome) return;
    }
  };

  const operations: Partial<Record<string, Operation>> = {
    GetSecretValue: (secret, { VersionId, VersionStage = VersionId === undefined ? current : undefined }) => {
      const version = secret.versions.find(
        ({ id, labels }) => (VersionId ?? id) === id && (VersionStage === undefined || labels.has(VersionStage)),
      );
      if (version?.value === undefined) throw missing(`secret value: ${VersionId ?? VersionStage ?? ''}`);
      const { id, value, labels, createdAt } = version;
      return { SecretString: value, VersionId: id, VersionStages: [...labels], CreatedDate: createdAt / 1000 };
    },
    PutSecretValue: (secret, { ClientRequestToken: id = randomUUID(), SecretString: value, VersionStages }) => {
      const { labels } = put(secret, { id, value, createdAt: clock.now() }, VersionStages);
      return { VersionId: id, VersionStages: [...labels] };
    },
    UpdateSecretVersionStage: (secret, { VersionStage = '', MoveToVersionId, RemoveFromVersionId }) => {
      const holder = holderOf(secret, VersionStage);
      if (holder && ![MoveToVersionId, RemoveFromVersionId].includes(holder.id)) {
        const reason = `${VersionStage} is attached to version ${holder.id}: RemoveFromVersionId must name it.`;
        throw new AwsError('InvalidParameterException', reason);
      }
      const to = secret.versions.find(({ id }) => id === MoveToVersionId);
      if (MoveToVersionId !== undefined && !to) throw missing(`version ${MoveToVersionId}`);
      moveLabel(secret, VersionStage, to);
      secret.changedAt = clock.now();
      return {};
    },
    RotateSecret: (secret, { ClientRequestToken: id = randomUUID(), RotationLambdaARN }) => {
      const functionArn = (secret.rotationFunction = RotationLambdaARN ?? secret.rotationFunction);
      const [standing, waiting] = [holderOf(secret, current), holderOf(secret, pending)];
      if (functionArn === undefined || !standing || (waiting && waiting !== standing)) {
        const reason = 'There is no rotation function, no value to rotate from, or another rotation is not complete.';
        throw new AwsError('InvalidRequestException', reason);
      }
      put(secret, { id, value: undefined, createdAt: clock.now() }, [pending]);
      // AWS replies before the first step is over.
      void rotate(functionArn, secret.arn, id);
      return { VersionId: id };
    },
    DeleteSecret: (secret, { RecoveryWindowInDays, ForceDeleteWithoutRecovery }) => {
      if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined)
        throw new AwsError('InvalidParameterException', 'It is deleted at once, or after a recovery window.');
      const days = ForceDeleteWithoutRecovery ? 0 : (RecoveryWindowInDays ?? recoveryDays.longest);
      secret.deletedAt = clock.now() + days * dayMs;
      return { DeletionDate: secret.deletedAt / 1000 };
    },
    RestoreSecret: (secret) => {
      delete secret.deletedAt;
      return {};
    },
    DescribeSecret: ({ createdAt, changedAt, rotationFunction, versions, deletedAt }) => ({
      CreatedDate: createdAt / 1000,
      ...(deletedAt === undefined ? {} : { DeletedDate: deletedAt / 1000 }),
      LastChangedDate: changedAt / 1000,
      RotationEnabled: rotationFunction !== undefined,
      RotationLambdaARN: rotationFunction,
      VersionIdsToStages: Object.fromEntries(
        versions.flatMap(({ id, labels }) => (labels.size > 0 ? [[id, [...labels]] as const] : [])),
      ),
    }),
  };

  /** Those whose recovery window is not over. */
  const present = () => [...secrets.values()].filter(({ deletedAt = Infinity }) => deletedAt > clock.now());

  const createNew = ({ Name, SecretString: value }: z.infer<typeof createSchema>) => {
    const same = present().find(({ name }) => name === Name);
    if (same && isLeaving(same))
      throw new AwsError('InvalidRequestException', 'A secret with this name is already scheduled for deletion.');
    if (same) throw new AwsError('ResourceExistsException', `The secret ${Name} already exists.`);
    const secret = create(Name);
    if (value !== undefined) put(secret, { id: randomUUID(), value, createdAt: clock.now() }, [current]);
    return jsonReply(200, { ARN: secret.arn, Name });
  };

  const perform = (target: string, body: Buffer) => {
    const name = target.replace('secretsmanager.', '');
    if (name === 'CreateSecret') return createNew(createSchema.parse(JSON.parse(body.toString())));
    const operation = operations[name];
    if (!operation)
      throw new AwsError('UnknownOperationException', `${name} is not known to the local Secrets Manager`);
    const input = inputSchema.parse(JSON.parse(body.toString()));
    const secret = present().find((one) => [one.name, one.arn].includes(input.SecretId));
    if (!secret) throw missing('secret');
    // As AWS does, so that a secret in its recovery window can be deleted at once.
    const allowed = alsoWhileLeaving.includes(name) || (name === 'DeleteSecret' && input.ForceDeleteWithoutRecovery);
    if (isLeaving(secret) && !allowed)
      throw new AwsError('InvalidRequestException', 'The secret was marked for deletion.');
    return jsonReply(200, { ARN: secret.arn, Name: secret.name, ...operation(secret, input) });
  };
  return {
    store: (name, value) => {
      const secret = secrets.get(name) ?? create(name);
      put(secret, { id: randomUUID(), value: JSON.stringify(value), createdAt: clock.now() }, [current]);
    },
    service: ({ headers, body }) => {
      try {
        return Promise.resolve(perform(String(headers['x-amz-target']), body));
      } catch (error) {
        if (error instanceof AwsError) return Promise.resolve(error.reply());
        return Promise.resolve(new AwsError('InvalidParameterException', String(error)).reply());
      }
    },
  };
}
