/** What cannot be made again once it is gone, and the properties that CloudFormation changes by replacing the resource. */
export const statefulTypes: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'AttributeDefinitions', 'LocalSecondaryIndexes'],
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema', 'AttributeDefinitions', 'LocalSecondaryIndexes'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
};

/** Properties that keep it from being lost, as they stand when they do. */
export const protections: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::DynamoDB::Table': {
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
  'AWS::S3::Bucket': { VersioningConfiguration: { Status: 'Enabled' } },
  'AWS::KMS::Key': { EnableKeyRotation: true },
};

export const isStateful = (type: string): boolean => Object.hasOwn(statefulTypes, type);

export const dangers = ['deleted', 'replaced', 'unprotected'] as const;
type Danger = (typeof dangers)[number];

/** What a deployment would do to a stateful resource. */
export interface Finding {
  resource: string;
  type: string;
  danger: Danger;
  why: string;
}
