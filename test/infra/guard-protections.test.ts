import { describe, expect, it } from 'vitest';
import { compareTemplates } from '../../tools/guard/compare-templates.ts';

const expires = (Prefix: string, ExpirationInDays: number) => ({ Prefix, ExpirationInDays, Status: 'Enabled' });
const versions = (NoncurrentDays: number, NewerNoncurrentVersions: number) => ({
  NoncurrentDays,
  NewerNoncurrentVersions,
});
const index = (IndexName: string, AttributeName = IndexName) => ({
  IndexName,
  KeySchema: [{ AttributeName, KeyType: 'HASH' }],
});
const becomes = (Type: string, was: object, change: object) =>
  compareTemplates(
    { Resources: { It: { Type, Properties: was } } },
    { Resources: { It: { Type, Properties: { ...was, ...change } } } },
  );

describe('the guard, over what protects', () => {
  const bucket = {
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
    LifecycleConfiguration: { Rules: [expires('documents/', 3653), expires('incoming/', 90)] },
  };
  const ledger = {
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'one' },
    GlobalSecondaryIndexes: [index('due'), index('open')],
  };
  const replica = { Replicas: [{ Region: 'eu-west-3', DeletionProtectionEnabled: true }] };
  const key = { EnableKeyRotation: true, PendingWindowInDays: 20 };
  const kept = { MessageRetentionPeriod: 86_400, RedrivePolicy: { maxReceiveCount: 5 }, KmsMasterKeyId: 'one' };

  it.each<[string, object, object[]]>([
    [
      'AWS::S3::Bucket',
      bucket,
      [
        { VersioningConfiguration: undefined },
        { VersioningConfiguration: { Status: 'Suspended' } },
        { BucketEncryption: undefined },
        { PublicAccessBlockConfiguration: undefined },
        { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
        { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
        { LifecycleConfiguration: { Rules: [expires('documents/', 3652), expires('incoming/', 91)] } },
        { LifecycleConfiguration: { Rules: [expires('documents/', 3653), expires('', 90)] } },
        { LifecycleConfiguration: { Rules: [{ ...expires('documents/', 3653), ExpirationDate: '2027-01-31' }] } },
        { LifecycleConfiguration: { Rules: [...bucket.LifecycleConfiguration.Rules, expires('received/', 1)] } },
      ],
    ],
    [
      'AWS::S3::Bucket',
      {},
      [
        { LifecycleConfiguration: { Rules: [expires('', 1)] } },
        { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
      ],
    ],
    [
      'AWS::S3::Bucket',
      { LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: versions(30, 5) }] } },
      [
        { LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: versions(29, 5) }] } },
        { LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: versions(30, 4) }] } },
      ],
    ],
    [
      'AWS::DynamoDB::Table',
      ledger,
      [
        { DeletionProtectionEnabled: undefined },
        { PointInTimeRecoverySpecification: undefined },
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 } },
        { SSESpecification: undefined },
        { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'other' } },
        { TimeToLiveSpecification: { AttributeName: 'openSince', Enabled: true } },
        { GlobalSecondaryIndexes: undefined },
        { GlobalSecondaryIndexes: [index('due')] },
        { GlobalSecondaryIndexes: [index('due'), index('open', 'other')] },
      ],
    ],
    [
      'AWS::DynamoDB::GlobalTable',
      replica,
      [{ Replicas: [] }, { Replicas: [{ Region: 'eu-west-3', DeletionProtectionEnabled: false }] }],
    ],
    [
      'AWS::KMS::Key',
      key,
      [{ EnableKeyRotation: undefined }, { Enabled: false }, { Enabled: 'false' }, { PendingWindowInDays: 7 }],
    ],
    ['AWS::KMS::Key', {}, [{ PendingWindowInDays: 7 }]],
    [
      'AWS::SQS::Queue',
      kept,
      [
        { MessageRetentionPeriod: 3600 },
        { MessageRetentionPeriod: { Ref: 'Period' } },
        { RedrivePolicy: undefined },
        { RedrivePolicy: { maxReceiveCount: 1 } },
        { KmsMasterKeyId: 'other' },
      ],
    ],
    ['AWS::SQS::Queue', {}, [{ MessageRetentionPeriod: 3600 }]],
    ['AWS::SecretsManager::Secret', { KmsKeyId: 'one' }, [{ KmsKeyId: undefined }, { KmsKeyId: 'other' }]],
  ])('refuses a %s that loses a protection', (type, was, losses) => {
    expect(becomes(type, was, {})).toEqual([]);
    for (const loss of losses) {
      const [name = ''] = Object.keys(loss);
      const why = `${name} protects less`;
      expect(becomes(type, was, loss), JSON.stringify(loss)).toEqual([
        { resource: 'It', type, danger: 'unprotected', why },
      ]);
    }
  });

  it.each<[string, object, object]>([
    ['AWS::S3::Bucket', {}, { ...bucket, LifecycleConfiguration: undefined }],
    [
      'AWS::S3::Bucket',
      { ...bucket, VersioningConfiguration: { Status: 'Suspended' } },
      {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { ...bucket.PublicAccessBlockConfiguration, IgnorePublicAcls: true },
        LifecycleConfiguration: { Rules: [expires('documents/', 4000), expires('incoming/', 90)] },
      },
    ],
    ['AWS::DynamoDB::Table', {}, ledger],
    ['AWS::DynamoDB::Table', { TimeToLiveSpecification: { Enabled: true } }, { TimeToLiveSpecification: undefined }],
    [
      'AWS::DynamoDB::Table',
      { ...ledger, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
      {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        GlobalSecondaryIndexes: [index('new'), index('open'), index('due')],
      },
    ],
    ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: false }, { DeletionProtectionEnabled: undefined }],
    ['AWS::KMS::Key', {}, { EnableKeyRotation: true, Enabled: true, PendingWindowInDays: 30 }],
    ['AWS::KMS::Key', key, { PendingWindowInDays: undefined }],
    ['AWS::SQS::Queue', {}, { ...kept, MessageRetentionPeriod: 345_600 }],
    ['AWS::SQS::Queue', kept, { MessageRetentionPeriod: 1_209_600 }],
    ['AWS::SQS::Queue', { ...kept, MessageRetentionPeriod: { Ref: 'Period' } }, { VisibilityTimeout: 60 }],
    ['AWS::SecretsManager::Secret', {}, { KmsKeyId: 'one' }],
  ])('lets pass a %s that only gets stronger', (type, was, change) => {
    expect(becomes(type, was, change)).toEqual([]);
  });
});
