/** What cannot be made again once it is gone, and the properties that CloudFormation changes by replacing the resource. */
export const statefulTypes: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'AttributeDefinitions', 'LocalSecondaryIndexes'],
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema', 'AttributeDefinitions', 'LocalSecondaryIndexes'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  // Nothing is in them, and without them anybody comes without TLS.
  'AWS::S3::BucketPolicy': [],
  'AWS::SQS::QueuePolicy': [],
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
