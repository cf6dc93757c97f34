import { randomUUID } from 'node:crypto';
import { AwsError } from './service.ts';

export interface SecretContent {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}

export interface SecretVersion {
  id: string;
  content: SecretContent;
  stages: Set<string>;
  createdAt: number;
}

const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

/** One secret, its versions and where each staging label stands. */
export class Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  changedAt: number;
  description: string | undefined;
  readonly tags = new Map<string, string>();
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
    if (present && JSON.stringify(present.content) !== JSON.stringify(content)) {
      throw new AwsError('ResourceExistsException', `A resource with the ID you requested already exists: ${id}`);
    }
    const version = present ?? { id, content, stages: new Set<string>(), createdAt: now };
    if (!present) this.versions.push(version);
    for (const stage of options.stages ?? [current]) this.moveStage(stage, version);
    this.changedAt = now;
    return version;
  }

  find(wanted: { id?: string | undefined; stage?: string | undefined }): SecretVersion {
    const stage = wanted.stage ?? (wanted.id === undefined ? current : undefined);
    const found = this.versions.find(
      (version) => (wanted.id ?? version.id) === version.id && (stage === undefined || version.stages.has(stage)),
    );
    if (found) return found;
    const by = stage === undefined ? `VersionId: ${wanted.id ?? ''}` : `staging label: ${stage}`;
    throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${by}`);
  }

  /** A label stands on one version at most; AWSPREVIOUS follows where AWSCURRENT comes from. */
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
