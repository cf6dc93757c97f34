import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledgements.ts';
import { documentLifecycle, keepOriginals } from '../constructs/document-lifecycle.ts';
import { RelayKey } from '../constructs/relay-key.ts';
import type { Deployment } from '../deployment.ts';
import { dataStackName, ledgerExpiry, ledgerIndexes, ledgerKey } from '../names.ts';

/**
 * What must outlive every deployment: the ledger, the documents, and the key to them. The credentials of connections
 * are in no stack: they come and go by `npx relay` (docs/adr/0020-secrets-in-no-stack.md).
 */
export class DataStack extends Stack {
  readonly key: RelayKey;
  readonly ledger: Table;
  readonly documents: Bucket;

  constructor(scope: Construct, { stage, retentionYears }: Deployment) {
    super(scope, dataStackName(stage), {
      description: `What chorus-relay keeps (${stage})`,
      terminationProtection: true,
    });
    this.key = new RelayKey(this, 'Key', stage);
    this.ledger = new Table(this, 'Ledger', {
      partitionKey: { name: ledgerKey, type: AttributeType.STRING },
      timeToLiveAttribute: ledgerExpiry,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { name, partitionKey, sortKey } of ledgerIndexes) {
      this.ledger.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    this.documents = new Bucket(this, 'Documents', {
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: documentLifecycle(retentionYears),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // By itself the CDK exports what the stacks of the same synthesis use, which may be that of one connection alone.
    const { tableName, tableArn } = this.ledger;
    const { bucketName, bucketArn } = this.documents;
    for (const used of [this.key.keyArn, tableName, tableArn, bucketName, bucketArn]) this.exportValue(used);
    keepOriginals(this.documents);
    tellEventBridge(this.documents);
    acknowledge(this.documents, {
      'AwsSolutions-S1':
        'Only one role and a policy for each connection reach its objects, each in its own folders. Server access logs may miss requests, and would put recipients’ names into a second bucket. To know who read what, switch on S3 data events in the account’s trail.',
    });
  }
}

/** Of every object that is written. The bucket's own option would do it by a function of CDK's. */
function tellEventBridge(bucket: Bucket): void {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new Error('a bucket is made of one resource');
  defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
