import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** @returns whether less is protected than was, by a value that is another one */
type Weaker = (was: unknown, is: unknown) => boolean;

export const isWeaker = (weaker: Weaker, was: unknown, is: unknown): boolean =>
  !isDeepStrictEqual(was, is) && weaker(was, is);

const differs: Weaker = () => true;
/** Whoever changes it may know that it is as good: a waiver says so. */
const changed: Weaker = (was) => was !== undefined;
const appeared: Weaker = (_, is) => is !== undefined;
const otherThan =
  (good: string): Weaker =>
  (was, is) =>
    was !== undefined && is !== good;
/** @param byDefault what AWS takes where the template says nothing */
const less =
  (byDefault: number): Weaker =>
  (was = byDefault, is = byDefault) =>
    // What is no number, as a reference, compares with nothing.
    !(Number(is) >= Number(was));
const switchedOff =
  (byDefault?: boolean): Weaker =>
  (was = byDefault, is = byDefault) =>
    is !== true && was !== false;

const partsSchema = z.record(z.string(), z.unknown()).default({});
/** Each part that is named by its own measure; another one is not to differ at all. */
const within =
  (measures: Readonly<Record<string, Weaker>>): Weaker =>
  (was, is) => {
    const [old, fresh] = [partsSchema.parse(was), partsSchema.parse(is)];
    return Object.keys({ ...old, ...fresh }).some((name) =>
      isWeaker(measures[name] ?? differs, old[name], fresh[name]),
    );
  };

/** What of an index cannot be changed in place. */
const indexesSchema = z
  .array(z.object({ IndexName: z.string(), KeySchema: z.unknown().optional(), Projection: z.unknown().optional() }))
  .default([]);
const indexGone: Weaker = (was, is) => {
  const fresh = indexesSchema.parse(is);
  return indexesSchema.parse(was).some((one) => !fresh.some((other) => isDeepStrictEqual(one, other)));
};

const shortened = within({
  ExpirationInDays: less(Infinity),
  NoncurrentVersionExpiration: within({ NoncurrentDays: less(Infinity), NewerNoncurrentVersions: less(0) }),
});
const lifecycleSchema = z.looseObject({ Rules: z.array(z.unknown()) }).default({ Rules: [] });
/** Longer is no harm; a rule that is new may end what was without end. */
const endsSooner: Weaker = (was, is) => {
  const old = lifecycleSchema.parse(was).Rules;
  return lifecycleSchema.parse(is).Rules.some((rule) => old.every((before) => isWeaker(shortened, before, rule)));
};

const ofEveryTable = {
  GlobalSecondaryIndexes: indexGone,
  SSESpecification: changed,
  TimeToLiveSpecification: appeared,
};

/** Properties that keep what is kept from being lost or read, and how one becomes weaker. */
export const protections: Readonly<Record<string, Readonly<Record<string, Weaker>>>> = {
  'AWS::DynamoDB::Table': {
    ...ofEveryTable,
    DeletionProtectionEnabled: switchedOff(false),
    PointInTimeRecoverySpecification: within({
      PointInTimeRecoveryEnabled: switchedOff(false),
      RecoveryPeriodInDays: less(35),
    }),
  },
  'AWS::DynamoDB::GlobalTable': { ...ofEveryTable, Replicas: changed },
  'AWS::KMS::Key': {
    Enabled: switchedOff(true),
    EnableKeyRotation: switchedOff(false),
    PendingWindowInDays: less(30),
  },
  'AWS::S3::Bucket': {
    BucketEncryption: changed,
    LifecycleConfiguration: endsSooner,
    // Without any a new bucket is closed; without what it had, one is open.
    PublicAccessBlockConfiguration: within({
      BlockPublicAcls: switchedOff(),
      BlockPublicPolicy: switchedOff(),
      IgnorePublicAcls: switchedOff(),
      RestrictPublicBuckets: switchedOff(),
    }),
    VersioningConfiguration: within({ Status: otherThan('Enabled') }),
  },
  'AWS::SecretsManager::Secret': { KmsKeyId: changed },
  'AWS::SQS::Queue': { KmsMasterKeyId: changed, MessageRetentionPeriod: less(345_600), RedrivePolicy: changed },
};
