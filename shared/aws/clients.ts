import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import { timings } from '../facts/timings.ts';

/** The SDK has no timeout of its own: without these, one silent socket would hold a function until it is killed. */
const patience = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: timings.awsConnection.ms, requestTimeout: timings.awsRequest.ms },
};

export const dynamoDbClient = (): DynamoDBClient => new DynamoDBClient(patience);
export const secretsManagerClient = (): SecretsManagerClient => new SecretsManagerClient(patience);
export const snsClient = (): SNSClient => new SNSClient(patience);

/** Where a bucket's objects are, and who asks: Lambda gives a function its role's credentials in the environment, always. */
export function s3Access(bucket: string, environment: NodeJS.ProcessEnv): { client: AwsClient; url: string } {
  const { AWS_REGION: region = '', AWS_ENDPOINT_URL: local } = environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  const { AWS_SESSION_TOKEN: sessionToken } = environment;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  return {
    client: new AwsClient({ ...credentials, service: 's3', region }),
    url: local ? `${local}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`,
  };
}
/** Goes to the configured endpoint and never to the host of a queue's URL: nothing local may reach AWS. */
export const sqsClient = (): SQSClient => new SQSClient({ ...patience, useQueueUrlAsEndpoint: false });
