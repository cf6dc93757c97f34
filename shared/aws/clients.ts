import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The SDK has no timeout of its own: without these, one silent socket would hold a function to its end. */
const patience = { maxAttempts: 4, requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 } };

export const dynamoDbClient = (): DynamoDBClient => new DynamoDBClient(patience);
export const secretsManagerClient = (): SecretsManagerClient => new SecretsManagerClient(patience);
export const snsClient = (): SNSClient => new SNSClient(patience);
/** Documents of 10 MB take longer than a database item. */
export const s3Client = (): S3Client =>
  new S3Client({ ...patience, requestHandler: { connectionTimeout: 1_000, requestTimeout: 20_000 } });
/** Goes to the configured endpoint and never to the host of a queue's URL: nothing local may reach AWS. */
export const sqsClient = (): SQSClient => new SQSClient({ ...patience, useQueueUrlAsEndpoint: false });
