/** KMS: whether a key can be used, and the four operations by which a person changes that. */
import * as z from 'zod';
import { arns } from '../arn.ts';
import type { WireRequest } from '../wire.ts';
import { AwsError, jsonReply, type Service } from './aws-service.ts';

interface Key {
  arn: string;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
}

/** A cancelled deletion leaves a key disabled. */
const changes: Partial<Record<string, Key['state']>> = {
  DisableKey: 'Disabled',
  EnableKey: 'Enabled',
  ScheduleKeyDeletion: 'PendingDeletion',
  CancelKeyDeletion: 'Disabled',
};
const inputSchema = z.object({ KeyId: z.string() });

/** How each service says that the key under which it encrypts something cannot be used. */
const refusals: Partial<Record<string, { name: string; status: number }>> = {
  dynamodb: { name: 'AccessDeniedException', status: 400 },
  s3: { name: 'KMS.DisabledException', status: 400 },
  secretsmanager: { name: 'DecryptionFailure', status: 400 },
  sns: { name: 'KMSDisabledException', status: 400 },
  sqs: { name: 'KmsDisabled', status: 400 },
};

export class KeyManagement {
  readonly #keys: Key[] = [];
  readonly #aliases = new Map<string, string>();
  /** ARNs, and the key that each is encrypted under. */
  readonly #encrypted = new Map<string, Key>();

  /** @returns its ARN */
  create(id: string): string {
    const key: Key = { arn: arns.key(id), state: 'Enabled' };
    this.#keys.push(key);
    return key.arn;
  }

  name(alias: string, keyArn: string): void {
    this.#aliases.set(alias, keyArn);
  }

  /** Notes the key that a resource of the template names. */
  encrypt(resourceArn: string, properties: unknown): void {
    const written = JSON.stringify(properties);
    const key = this.#keys.find(({ arn }) => written.includes(`"${arn}"`));
    if (key) this.#encrypted.set(resourceArn, key);
  }

  isUsable(resourceArn: string): boolean {
    return (this.#encrypted.get(resourceArn)?.state ?? 'Enabled') === 'Enabled';
  }

  /** @returns what the service replies if the key cannot be used; undefined if it can */
  refusal({ service, resources }: WireRequest): AwsError | undefined {
    const refusal = refusals[service];
    const isLocked = (arn: string) =>
      [arn, arn.replace(/(:::[^/]+|:table\/[^/]+)\/.*$/, '$1')].some((one) => !this.isUsable(one));
    if (!refusal || !resources.some(isLocked)) return undefined;
    return new AwsError(refusal.name, 'the key that this is encrypted under is disabled', refusal.status);
  }

  readonly service: Service = ({ headers, body }) => {
    const operation = String(headers['x-amz-target']).replace('TrentService.', '');
    const { KeyId } = inputSchema.parse(JSON.parse(body.toString()));
    const wanted = this.#aliases.get(KeyId) ?? KeyId;
    const key = this.#keys.find(({ arn }) => arn === wanted || arn.endsWith(`/${wanted}`));
    if (!key) return Promise.resolve(new AwsError('NotFoundException', `there is no key ${KeyId}`).reply());
    const state = changes[operation];
    if (state === undefined && operation !== 'DescribeKey')
      return Promise.resolve(
        new AwsError('UnknownOperationException', `${operation} is not known to the local KMS`).reply(),
      );
    if (operation === 'EnableKey' && key.state === 'PendingDeletion')
      return Promise.resolve(new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion`).reply());
    key.state = state ?? key.state;
    const KeyMetadata = { KeyId: key.arn.replace(/^.*\//, ''), Arn: key.arn, KeyState: key.state };
    return Promise.resolve(jsonReply(200, operation === 'DescribeKey' ? { KeyMetadata } : { KeyId: key.arn }));
  };
}
