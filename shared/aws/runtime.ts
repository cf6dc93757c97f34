import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { timings } from '../facts/timings.ts';

/** What a function has of AWS: its clients, which of their failures pass by themselves, and the time that is left. */

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

/** A service that did not reply, where we call it without a client of the SDK. */
export class ServiceUnavailable extends Error {}

/**
 * Refusals of AWS that pass by themselves: too many calls, a wrong clock, or expired credentials. The names are the SDK's own
 * lists of throttling errors and clock-skew errors, without those that mean access denied.
 */
const passing: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestThrottledException',
  'KMSThrottling',
  'KMSThrottlingException',
  'KmsThrottled',
  'OverLimit',
  'SlowDown',
  'RequestTimeout',
  'RequestTimeoutException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
]);

/** The SDK blames the client for a 5xx that it has no class for, so the status decides. */
const refusalSchema = z.object({
  $fault: z.literal('client'),
  $metadata: z.object({ httpStatusCode: z.int().lt(500).optional() }),
});

const ourOwnFault = (error: Error): boolean => refusalSchema.safeParse(error).success && !passing.has(error.name);

/**
 * Whether an AWS service failed, after the client's own retries: it will work again later. What AWS refuses (a missing
 * queue, access denied, a value out of bounds) is our own mistake, and will be no better tomorrow.
 */
export const isServiceFailure = (error: unknown): error is Error =>
  error instanceof ServiceUnavailable ||
  (error instanceof Error && ('$metadata' in error || error.name === 'TimeoutError') && !ourOwnFault(error));

/** The time that an invocation still has, less what writing the ledger and responding takes. */
export interface Deadline {
  /** Milliseconds that a remote call may take at most. */
  remainingMs(): number;
}

export const deadlineOf = (context: { getRemainingTimeInMillis(): number }): Deadline => ({
  remainingMs: () => context.getRemainingTimeInMillis() - timings.reserveAfterCalls.ms,
});

/** Until when an invocation may hold an invoice, ISO: a little longer than it can run. */
export const leaseUntil = (now: Date, deadline: Deadline): string =>
  new Date(now.getTime() + Math.max(0, deadline.remainingMs()) + timings.leaseMargin.ms).toISOString();
