import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** @returns whether less is protected than was */
type Weaker = (was: unknown, is: unknown) => boolean;

/** Whoever changes it may know that it is as good: a waiver says so. */
const changed: Weaker = (was, is) => was !== undefined && !isDeepStrictEqual(was, is);
const less: Weaker = (was, is) => was !== undefined && !(Number(is) >= Number(was));
const switchedOff: Weaker = (was, is) => is === false && was !== false;
const appeared: Weaker = (was, is) => is !== undefined && !isDeepStrictEqual(was, is);

const indexesSchema = z.array(z.object({ IndexName: z.string() })).default([]);
const indexGone: Weaker = (was, is) => {
  const names = (indexes: unknown) => indexesSchema.parse(indexes).map(({ IndexName }) => IndexName);
  return names(was).some((name) => !names(is).includes(name));
};

const daysSchema = z.number().default(Infinity);
const ruleSchema = z.looseObject({
  Id: z.string().default(''),
  ExpirationInDays: daysSchema,
  NoncurrentVersionExpiration: z.looseObject({ NoncurrentDays: daysSchema }).default({ NoncurrentDays: Infinity }),
});
const lifecycleSchema = z.looseObject({ Rules: z.array(ruleSchema) }).default({ Rules: [] });
/** Longer is no harm; a rule that is new may end what was without end. */
const endsSooner: Weaker = (was, is) => {
  const old = lifecycleSchema.parse(was).Rules;
  return lifecycleSchema.parse(is).Rules.some(({ ExpirationInDays, NoncurrentVersionExpiration, ...rule }) => {
    const before = old.find(({ Id }) => Id === rule.Id);
    if (!before) return true;
    const { ExpirationInDays: days, NoncurrentVersionExpiration: noncurrent, ...rest } = before;
    return (
      ExpirationInDays < days ||
      NoncurrentVersionExpiration.NoncurrentDays < noncurrent.NoncurrentDays ||
      !isDeepStrictEqual(rule, rest)
    );
  });
};

/** Properties that keep what is kept from being lost or read, and how one becomes weaker. */
export const protections: Readonly<Record<string, Readonly<Record<string, Weaker>>>> = {
  'AWS::DynamoDB::Table': {
    DeletionProtectionEnabled: changed,
    GlobalSecondaryIndexes: indexGone,
    PointInTimeRecoverySpecification: changed,
    SSESpecification: changed,
    TimeToLiveSpecification: appeared,
  },
  'AWS::KMS::Key': { Enabled: switchedOff, EnableKeyRotation: changed, PendingWindowInDays: less },
  'AWS::S3::Bucket': {
    BucketEncryption: changed,
    LifecycleConfiguration: endsSooner,
    PublicAccessBlockConfiguration: changed,
    VersioningConfiguration: changed,
  },
  'AWS::SecretsManager::Secret': { KmsKeyId: changed },
  'AWS::SQS::Queue': { KmsMasterKeyId: changed, MessageRetentionPeriod: less, RedrivePolicy: changed },
};
