import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Arns } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import { rotate, type InvokeFunction } from './rotation.ts';
import { hasValue, Secret, type SecretContent } from './secret.ts';
import { AwsError, jsonReply, type Service } from './service.ts';

const content = { SecretString: z.string().optional(), SecretBinary: z.string().optional() };
const token = { ClientRequestToken: z.string().min(32).max(64).optional() };
const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).default([]);
const secretId = { SecretId: z.string() };

const inSeconds = (milliseconds: number) => milliseconds / 1000;

export interface SecretsManager {
  service: Service;
  create: (name: string, value?: SecretContent) => Secret;
  /** Makes the secret if there is none, and gives it this value. */
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
  const create = (name: string, value?: SecretContent, id?: string): Secret => {
    if (secrets.has(name)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const secret = new Secret(name, arns.secret(name), clock.now());
    secrets.set(name, secret);
    if (hasValue(value)) secret.put(value, clock.now(), { token: id });
    return secret;
  };
  const tag = (secret: Secret, list: z.infer<typeof tags>) => {
    for (const { Key, Value } of list) secret.tags.set(Key, Value);
  };
  const named = ({ arn, name }: Secret) => ({ ARN: arn, Name: name });

  const operations: Record<string, Operation> = {
    CreateSecret: (input) => {
      const asked = z
        .object({ Name: z.string(), Description: z.string().optional(), Tags: tags, ...content, ...token })
        .parse(input);
      const secret = create(asked.Name, contentOf(asked), asked.ClientRequestToken);
      secret.description = asked.Description;
      tag(secret, asked.Tags);
      return { ...named(secret), VersionId: secret.versions[0]?.id };
    },
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
        .object({ ...secretId, ...content, ...token, VersionStages: z.array(z.string()).optional() })
        .parse(input);
      const secret = find(asked.SecretId);
      const value = contentOf(asked);
      if (!hasValue(value)) {
        throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
      }
      const version = secret.put(value, clock.now(), { token: asked.ClientRequestToken, stages: asked.VersionStages });
      return { ...named(secret), VersionId: version.id, VersionStages: [...version.stages] };
    },
    UpdateSecret: (input) => {
      const asked = z.object({ ...secretId, ...content, ...token, Description: z.string().optional() }).parse(input);
      const secret = find(asked.SecretId);
      secret.description = asked.Description ?? secret.description;
      secret.changedAt = clock.now();
      const value = contentOf(asked);
      if (!hasValue(value)) return named(secret);
      const version = secret.put(value, clock.now(), { token: asked.ClientRequestToken });
      return { ...named(secret), VersionId: version.id };
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
        Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
        VersionIdsToStages: secret.stagesById,
      };
    },
    ListSecretVersionIds: (input) => {
      const asked = z.object({ ...secretId, IncludeDeprecated: z.boolean().default(false) }).parse(input);
      const secret = find(asked.SecretId);
      const listed = secret.versions.filter(({ stages }) => asked.IncludeDeprecated || stages.size > 0);
      const detail = listed.map(({ id, stages, createdAt }) => ({
        VersionId: id,
        VersionStages: [...stages],
        CreatedDate: inSeconds(createdAt),
      }));
      return { ...named(secret), Versions: detail };
    },
    TagResource: (input) => {
      const asked = z.object({ ...secretId, Tags: tags }).parse(input);
      tag(find(asked.SecretId), asked.Tags);
      return {};
    },
  };

  return {
    create,
    find,
    store: (name, value) => {
      const secret = secrets.get(name) ?? create(name);
      secret.put({ SecretString: JSON.stringify(value) }, clock.now(), { token: randomUUID() });
    },
    service: (request) => Promise.resolve(answer(operations, request.headers['x-amz-target'], request.body)),
  };
}

function answer(operations: Record<string, Operation>, target: unknown, body: Buffer): ReturnType<typeof jsonReply> {
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

const contentOf = ({ SecretString, SecretBinary }: SecretContent): SecretContent => ({ SecretString, SecretBinary });
