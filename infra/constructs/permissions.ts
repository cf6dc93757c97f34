import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { deskFiles, ledgerIndexes, originals, type Folder } from '../names.ts';

/** Permissions of functions: each allows named actions on named resources. */
const may = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

const inFolders = (bucket: Bucket, list: readonly Folder[]) => list.map((folder) => bucket.arnForObjects(`${folder}*`));

export const mayReadLedger = (table: Table) => may(['dynamodb:GetItem'], table.tableArn);
export const mayReadAndWriteLedger = (table: Table) => may(['dynamodb:GetItem', 'dynamodb:PutItem'], table.tableArn);
/** Only the indexes: no function queries the table itself. */
const mayQueryLedger = (table: Table) =>
  may(['dynamodb:Query'], ...ledgerIndexes.map(({ name }) => `${table.tableArn}/index/${name}`));

/** A list's keys, then its records, many at once. */
export const mayReadLists = (table: Table) => [mayQueryLedger(table), may(['dynamodb:BatchGetItem'], table.tableArn)];

export const mayReadDocuments = (bucket: Bucket, ...list: Folder[]) =>
  may(['s3:GetObject'], ...inFolders(bucket, list));
/** An e-invoice that was dropped is read as S3 told of it, though its key may have been written again. */
export const mayReadVersions = (bucket: Bucket, ...list: Folder[]) =>
  may(['s3:GetObjectVersion'], ...inFolders(bucket, list));
/**
 * Without it S3 replies 403 for a missing object, and a wrong key in a command looks like a wrong policy. S3 decides
 * with the key that was asked for as the prefix (ceph/ceph pull request 68577, which does as S3 does).
 */
export const mayMissDocuments = (bucket: Bucket, ...list: Folder[]) =>
  new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': list.map((folder) => `${folder}*`) } },
  });
export const mayPutDocuments = (bucket: Bucket, ...list: Folder[]) => may(['s3:PutObject'], ...inFolders(bucket, list));

/** At the desk: reads what was sent and received of an invoice, and stores the files that people give. */
export const mayProveAndTakeFiles = (bucket: Bucket) => [
  mayReadDocuments(bucket, ...originals),
  mayMissDocuments(bucket, ...originals),
  mayPutDocuments(bucket, deskFiles),
];

/** On the stage's topic and on those of connections, whose names begin with its name (shared/messaging/senders.ts). */
export const mayPublish = (...topics: ITopic[]) =>
  may(['sns:Publish'], ...topics.map(({ topicArn }) => `${topicArn}*`));
/** To whoever has a mailbox of the connections, and whether it is open (shared/messaging/mailbox.ts). */
export const mayMail = (operations: ITopic) =>
  may(['sns:GetTopicAttributes', 'sns:Publish'], `${operations.topicArn}-morning-*`);
/** Clients such as boto3 ask for a queue's URL by its name. */
export const mayFind = (...queues: IQueue[]) => may(['sqs:GetQueueUrl'], ...queues.map(({ queueArn }) => queueArn));
export const maySend = (queue: IQueue) => may(['sqs:SendMessage'], queue.queueArn);
export const mayReceive = (queue: IQueue) =>
  may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.queueArn);
export const mayPostpone = (queue: IQueue) => may(['sqs:ChangeMessageVisibility'], queue.queueArn);

/** Those of the stage's connections, whichever are connected: by the pattern of their names. */
const secretsOf = (scope: Construct, stage: string): string => {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${secretNameOf(stage, '*')}`;
};
export const mayReadSecrets = (scope: Construct, stage: string) =>
  may(['secretsmanager:GetSecretValue'], secretsOf(scope, stage));
/** What a rotation function needs to do. */
export const mayRotateSecrets = (scope: Construct, stage: string) =>
  may(
    ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
      (action) => `secretsmanager:${action}`,
    ),
    secretsOf(scope, stage),
  );

export const mayDecrypt = (key: IKey) => may(['kms:Decrypt'], key.keyArn);
/** The sender of a message or an object asks KMS for the data key that encrypts it. */
export const mayEncryptAndDecrypt = (key: IKey) => may(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn);
/** The same for somebody outside, who has no use for the key but through these services. */
export const mayEncryptAndDecryptThrough = (key: IKey, ...services: ('sqs' | 's3')[]) =>
  new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': services.map((name) => `${name}.${key.env.region}.amazonaws.com`) },
    },
  });
