import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Arns } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import { rotate, Secret, type InvokeFunction } from './secret.ts';
import { AwsError, jsonReply, type Service } from './service.ts';

const token = { ClientRequestToken: z.string().min(32).max(64).optional() };
const secretId = { SecretId: z.string() };

const inSeconds = (milliseconds: number) => milliseconds / 1000;

export interface SecretsManager {
  service: Service;
  /** Without a value: no template gives one. */
  create: (name: string) => Secret;
  /** Creates the secret if there is none, and gives it this value. */
  store: (name: string, value: unknown) => void;
  find: (nameOrArn: string) => Secret;
}

type Operation = (input: unknown) => unknown;

export function secretsManager(arns: Arns, clock: DrivenClock, invoke: InvokeFunction): SecretsManager {
  const secrets = new Map<string, Secret>();

  const find = (id: string): Secret => {
    const found = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };
  const create = (name: string): Secret => {
    if (secrets.has(name)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const secret = new Secret(name, arns.secret(name), clock.now());
    secrets.set(name, secret);
    return secret;
  };
  const named = ({ arn, name }: Secret) => ({ ARN: arn, Name: name });

  const operations: Record<string, Operation> = {
    GetSecretValue: (input) => {
      const schema = z.object({ ...secretId, VersionId: z.string().optional(), VersionStage: z.string().optional() });
      const asked = schema.parse(input);
      const secret = find(asked.SecretId);
      const version = secret.find({ id: asked.VersionId, stage: asked.VersionStage });
      const detail = {
        VersionId: version.id,
        VersionStages: [...version.stages],
        CreatedDate: inSeconds(version.createdAt),
      };
      return { ...named(secret), ...version.content, ...detail };
    },
    PutSecretValue: (input) => {
      const asked = z
        .object({ ...secretId, SecretString: z.string(), ...token, VersionStages: z.array(z.string()).optional() })
        .parse(input);
      const secret = find(asked.SecretId);
      const value = { SecretString: asked.SecretString };
      const version = secret.put(value, clock.now(), { token: asked.ClientRequestToken, stages: asked.VersionStages });
      return { ...named(secret), VersionId: version.id, VersionStages: [...version.stages] };
    },
    UpdateSecretVersionStage: (input) => {
      const version = { RemoveFromVersionId: z.string().optional(), MoveToVersionId: z.string().optional() };
      const asked = z.object({ ...secretId, ...version, VersionStage: z.string() }).parse(input);
      const secret = find(asked.SecretId);
      const holder = secret.versions.find(({ stages }) => stages.has(asked.VersionStage));
      if (holder && holder.id !== asked.MoveToVersionId && holder.id !== asked.RemoveFromVersionId) {
        const reason = `The parameter RemoveFromVersionId can't be empty. Staging label ${asked.VersionStage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`;
        throw new AwsError('InvalidParameterException', reason);
      }
      secret.moveStage(
        asked.VersionStage,
        asked.MoveToVersionId === undefined ? undefined : secret.version(asked.MoveToVersionId),
      );
      secret.changedAt = clock.now();
      return named(secret);
    },
    RotateSecret: (input) => {
      const rotation = { RotationLambdaARN: z.string().optional(), RotationRules: z.object({}).optional() };
      const asked = z.object({ ...secretId, ...token, ...rotation }).parse(input);
      const secret = find(asked.SecretId);
      secret.rotationFunction = asked.RotationLambdaARN ?? secret.rotationFunction;
      const version = asked.ClientRequestToken ?? randomUUID();
      rotate(secret, version, clock.now(), invoke);
      return { ...named(secret), VersionId: version };
    },
    DescribeSecret: (input) => {
      const secret = find(z.object(secretId).parse(input).SecretId);
      return {
        ...named(secret),
        Description: secret.description,
        CreatedDate: inSeconds(secret.createdAt),
        LastChangedDate: inSeconds(secret.changedAt),
        RotationEnabled: secret.rotationFunction !== undefined,
        RotationLambdaARN: secret.rotationFunction,
        VersionIdsToStages: secret.stagesById,
      };
    },
  };

  return {
    create,
    find,
    store: (name, value) => {
      const secret = secrets.get(name) ?? create(name);
      secret.put({ SecretString: JSON.stringify(value) }, clock.now(), { token: randomUUID() });
    },
    service: (request) => Promise.resolve(perform(operations, request.headers['x-amz-target'], request.body)),
  };
}

function perform(operations: Record<string, Operation>, target: unknown, body: Buffer): ReturnType<typeof jsonReply> {
  const name = String(target).replace('secretsmanager.', '');
  try {
    const operation = operations[name];
    if (!operation)
      throw new AwsError('UnknownOperationException', `${name} is not known to the local Secrets Manager`);
    return jsonReply(200, operation(JSON.parse(body.toString())), { 'content-type': 'application/x-amz-json-1.1' });
  } catch (error) {
    if (error instanceof AwsError) return error.reply();
    return new AwsError('InvalidParameterException', error instanceof Error ? error.message : String(error)).reply();
  }
}
