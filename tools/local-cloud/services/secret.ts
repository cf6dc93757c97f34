import { randomUUID } from 'node:crypto';
import type { Outcome } from '../lambda/execution-environment.ts';
import { AwsError } from './service.ts';

export interface SecretContent {
  SecretString?: string | undefined;
}

export interface SecretVersion {
  id: string;
  /** Empty in a version that a rotation has yet to fill. */
  content: SecretContent;
  stages: Set<string>;
  createdAt: number;
}

const current = 'AWSCURRENT';
const pending = 'AWSPENDING';
const previous = 'AWSPREVIOUS';

/** One secret: its versions, and the version that each staging label is on. */
export class Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  changedAt: number;
  description: string | undefined;
  rotationFunction: string | undefined;
  readonly versions: SecretVersion[] = [];

  constructor(name: string, arn: string, now: number) {
    this.name = name;
    this.arn = arn;
    this.createdAt = now;
    this.changedAt = now;
  }

  put(
    content: SecretContent,
    now: number,
    options: { token?: string | undefined; stages?: string[] | undefined } = {},
  ): SecretVersion {
    const id = options.token ?? randomUUID();
    const present = this.versions.find((version) => version.id === id);
    if (present && hasValue(present.content) && JSON.stringify(present.content) !== JSON.stringify(content)) {
      throw new AwsError('ResourceExistsException', `A resource with the ID you requested already exists: ${id}`);
    }
    const version = present ?? { id, content, stages: new Set<string>(), createdAt: now };
    if (!present) this.versions.push(version);
    version.content = content;
    for (const stage of options.stages ?? [current]) this.moveStage(stage, version);
    this.changedAt = now;
    return version;
  }

  find(wanted: { id?: string | undefined; stage?: string | undefined }): SecretVersion {
    const stage = wanted.stage ?? (wanted.id === undefined ? current : undefined);
    const found = this.versions.find(
      (version) => (wanted.id ?? version.id) === version.id && (stage === undefined || version.stages.has(stage)),
    );
    if (found && hasValue(found.content)) return found;
    const by = stage === undefined ? `VersionId: ${wanted.id ?? ''}` : `staging label: ${stage}`;
    throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${by}`);
  }

  /** Adds an empty pending version, as Secrets Manager does before it calls a rotation function. */
  prepare(id: string, now: number): void {
    const [waiting, standing] = [pending, current].map((stage) =>
      this.versions.find(({ stages }) => stages.has(stage)),
    );
    if (!standing) throw new AwsError('InvalidRequestException', 'The secret has no value to rotate from.');
    if (waiting && waiting !== standing) {
      throw new AwsError(
        'InvalidRequestException',
        'A previous rotation isn’t complete: AWSPENDING stands on a version that is not current.',
      );
    }
    const version = { id, content: {}, stages: new Set<string>(), createdAt: now };
    this.versions.push(version);
    this.moveStage(pending, version);
  }

  /** By its id, with a value or without. */
  version(id: string): SecretVersion {
    const found = this.versions.find((version) => version.id === id);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the version ${id}`);
  }

  /** A label is on one version at most; AWSPREVIOUS goes to the version that AWSCURRENT leaves. */
  moveStage(stage: string, to: SecretVersion | undefined): void {
    const from = this.versions.find((version) => version.stages.has(stage));
    if (from === to) return;
    from?.stages.delete(stage);
    to?.stages.add(stage);
    if (stage === current && from) {
      to?.stages.delete(previous);
      this.moveStage(previous, from);
    }
  }

  get stagesById(): Record<string, string[]> {
    return Object.fromEntries(
      this.versions.flatMap(({ id, stages }) => (stages.size > 0 ? [[id, [...stages]] as const] : [])),
    );
  }
}

const hasValue = (value: SecretContent | undefined): value is SecretContent => value?.SecretString !== undefined;

export type InvokeFunction = (functionArn: string, event: unknown) => Promise<Outcome>;

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/**
 * A rotation as Secrets Manager runs it: an empty pending version, then one call of the function per step until one
 * fails. It replies before the first step is over; unlike AWS, it does not retry.
 */
export function rotate(secret: Secret, version: string, now: number, invoke: InvokeFunction): void {
  const { rotationFunction, arn } = secret;
  if (rotationFunction === undefined) {
    throw new AwsError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
  }
  secret.prepare(version, now);
  void inTurn(async (Step) => {
    const outcome = await invoke(rotationFunction, { Step, SecretId: arn, ClientRequestToken: version });
    return 'payload' in outcome;
  });
}

async function inTurn(run: (step: string) => Promise<boolean>): Promise<void> {
  for (const step of steps) if (!(await run(step))) return;
}
