import type { Resource } from './stacks-fixture.ts';
import { isOfPeople } from './template-rules-alarms.ts';
import { at, having, referred, unless, wants, where, without, type Rule, type Spoil } from './template-rule.ts';

/** Where each type names the key that it is encrypted under. */
const keyOf: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'Properties.SSESpecification.KMSMasterKeyId',
  'AWS::Logs::LogGroup': 'Properties.KmsKeyId',
  'AWS::S3::Bucket':
    'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID',
  'AWS::SNS::Topic': 'Properties.KmsMasterKeyId',
  'AWS::SQS::Queue': 'Properties.KmsMasterKeyId',
};
const keyPathOf = ({ Type }: Resource): string => keyOf[Type] ?? 'Properties';

/** A topic by which people are told must not hang on a key (template-rules-alarms.ts). */
const silent = (spoil: Spoil): Spoil => where((resource) => !isOfPeople(resource), spoil);

const encryption = 'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
const recovery = 'Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';
const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

/** A version of a deployment that was taken back must go: Lambda would not publish the same code again. */
const retained = ({ Type }: Resource): string => (Type === 'AWS::Lambda::Version' ? 'RetainExceptOnCreate' : 'Retain');

/** What must not be lost, or read by others. */
export const dataRules: readonly Rule[] = [
  {
    name: 'is encrypted under our key',
    of: Object.keys(keyOf),
    holds: (resource, template) =>
      isOfPeople(resource)
        ? undefined
        : unless(
            referred(template, 'AWS::KMS::Key', at(resource, keyPathOf(resource))).length === 1,
            `${keyPathOf(resource)} is no key of the template`,
          ),
    brokenBy: {
      'no key': silent((resource, template) => without(keyPathOf(resource))(resource, template)),
      'a key of AWS': silent((resource, template) => having(keyPathOf(resource), 'alias/aws/x')(resource, template)),
      'what is no key': silent((resource, template) =>
        having(keyPathOf(resource), { Ref: resource.id })(resource, template),
      ),
    },
  },
  {
    name: 'outlives its stack, and whatever replaces it',
    of: ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Lambda::Version', 'AWS::S3::Bucket'],
    holds: (resource) =>
      unless(
        at(resource, 'DeletionPolicy') === retained(resource) && at(resource, 'UpdateReplacePolicy') === 'Retain',
        `DeletionPolicy and UpdateReplacePolicy are not ${retained(resource)} and Retain`,
      ),
    brokenBy: {
      'no DeletionPolicy': without('DeletionPolicy'),
      'a snapshot': having('DeletionPolicy', 'Snapshot'),
      'deleted when it is replaced': having('UpdateReplacePolicy', 'Delete'),
    },
  },
  {
    name: 'can be set back to any second',
    of: ['AWS::DynamoDB::Table'],
    holds: wants(recovery, true),
    brokenBy: {
      'no recovery': without('Properties.PointInTimeRecoverySpecification'),
      'recovery off': having(recovery, false),
    },
  },
  {
    name: 'cannot be deleted by a slip',
    of: ['AWS::DynamoDB::Table'],
    holds: wants('Properties.DeletionProtectionEnabled', true),
    brokenBy: {
      'no protection': without('Properties.DeletionProtectionEnabled'),
      'protection off': having('Properties.DeletionProtectionEnabled', false),
    },
  },
  {
    // The store's contract test says that no record carries this attribute: only what functions remember for a while
    // does.
    name: 'deletes by itself only what says that it expires',
    of: ['AWS::DynamoDB::Table'],
    holds: wants('Properties.TimeToLiveSpecification', { AttributeName: 'expiresAt', Enabled: true }),
    brokenBy: {
      'nothing that expires': without('Properties.TimeToLiveSpecification'),
      'an attribute of the records': having('Properties.TimeToLiveSpecification.AttributeName', 'openSince'),
      'expiry off': having('Properties.TimeToLiveSpecification.Enabled', false),
    },
  },
  {
    name: 'uses the key that it names (table)',
    of: ['AWS::DynamoDB::Table'],
    holds: (resource, template) =>
      wants('Properties.SSESpecification.SSEEnabled', true)(resource, template) ??
      wants('Properties.SSESpecification.SSEType', 'KMS')(resource, template),
    brokenBy: {
      'encryption off': having('Properties.SSESpecification.SSEEnabled', false),
      'another kind of encryption': having('Properties.SSESpecification.SSEType', 'AES256'),
    },
  },
  {
    name: 'uses the key that it names (bucket)',
    of: ['AWS::S3::Bucket'],
    holds: wants(`${encryption}.SSEAlgorithm`, 'aws:kms'),
    brokenBy: { 'a key of S3': having(`${encryption}.SSEAlgorithm`, 'AES256') },
  },
  {
    name: 'keeps what was overwritten',
    of: ['AWS::S3::Bucket'],
    holds: wants('Properties.VersioningConfiguration.Status', 'Enabled'),
    brokenBy: {
      'no versions': without('Properties.VersioningConfiguration'),
      'versions suspended': having('Properties.VersioningConfiguration.Status', 'Suspended'),
    },
  },
  {
    name: 'is closed to the public',
    of: ['AWS::S3::Bucket'],
    holds: wants('Properties.PublicAccessBlockConfiguration', blocked),
    brokenBy: {
      'no block': without('Properties.PublicAccessBlockConfiguration'),
      ...Object.fromEntries(
        Object.keys(blocked).map((name) => [
          `no ${name}`,
          without(`Properties.PublicAccessBlockConfiguration.${name}`),
        ]),
      ),
    },
  },
  {
    name: 'knows no access lists',
    of: ['AWS::S3::Bucket'],
    holds: wants('Properties.OwnershipControls', { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
    brokenBy: { 'owned by who writes': having('Properties.OwnershipControls.Rules.0.ObjectOwnership', 'ObjectWriter') },
  },
  {
    name: 'is renewed every year',
    of: ['AWS::KMS::Key'],
    holds: wants('Properties.EnableKeyRotation', true),
    brokenBy: { 'no rotation': without('Properties.EnableKeyRotation') },
  },
  {
    name: 'can be rescued for a month after somebody deletes it',
    of: ['AWS::KMS::Key'],
    holds: (resource, template) =>
      wants('Properties.PendingWindowInDays', 30)(resource, template) ??
      unless(at(resource, 'Properties.Enabled') !== false, 'it is switched off'),
    brokenBy: {
      'a week only': having('Properties.PendingWindowInDays', 7),
      'switched off': having('Properties.Enabled', false),
    },
  },
  {
    name: 'is there in every deployment',
    of: ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SQS::Queue'],
    holds: wants('Condition', undefined),
    brokenBy: { 'under a condition': having('Condition', 'OnlyInTests') },
  },
  {
    name: 'ends some day',
    of: ['AWS::Logs::LogGroup'],
    holds: (resource) =>
      unless(typeof at(resource, 'Properties.RetentionInDays') === 'number', 'its lines are kept for ever'),
    brokenBy: { 'no retention': without('Properties.RetentionInDays') },
  },
];
