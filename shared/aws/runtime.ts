import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '@smithy/types';
import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import { SigningHash } from './signing-hash.ts';

/** AWS as a function sees it: the clients, which of their failures are temporary, and how much time is left. */

/** The SDK has no timeout of its own: without these, one silent socket would hold a function until it is killed. */
const patience = {
  maxAttempts: 4,
  sha256: SigningHash,
  requestHandler: { connectionTimeout: timings.awsConnection.ms, requestTimeout: timings.awsRequest.ms },
};

interface Stacked {
  middlewareStack: { remove(name: string): boolean };
}

/** For a log that nobody keeps, the SDK would copy all that is asked and answered, value by value. */
function withoutLog<Client extends Stacked>(client: Client): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

export const dynamoDbClient = (): DynamoDBClient => withoutLog(new DynamoDBClient(patience));
export const secretsManagerClient = (): SecretsManagerClient => withoutLog(new SecretsManagerClient(patience));
export const snsClient = (): SNSClient => withoutLog(new SNSClient(patience));
/** Never tries again by itself: for what must not be done twice. */
export const snsClientOnce = (): SNSClient => withoutLog(new SNSClient({ ...patience, maxAttempts: 1 }));

export type Sign = (request: HttpRequest) => Promise<HttpRequest>;

/** The address of a bucket's objects, and what signs a request with the role's credentials from the environment. */
export function s3Access(bucket: string, environment: NodeJS.ProcessEnv): { sign: Sign; url: string } {
  const { AWS_REGION: region = '', AWS_ENDPOINT_URL: local } = environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  const { AWS_SESSION_TOKEN: sessionToken } = environment;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  // S3 reads a path as it is written, and no other service does.
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256: SigningHash, uriEscapePath: false });
  return {
    sign: (request) => signer.sign(request),
    url: local ? `${local}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`,
  };
}

/** Uses the configured endpoint and never the host in a queue's URL: nothing that runs locally may reach AWS. */
const sqsSettings = { ...patience, useQueueUrlAsEndpoint: false };
export const sqsClient = (): SQSClient => withoutLog(new SQSClient(sqsSettings));
/** As `snsClientOnce`. */
export const sqsClientOnce = (): SQSClient => withoutLog(new SQSClient({ ...sqsSettings, maxAttempts: 1 }));

/**
 * A service that did not reply, if we call it without an SDK client. Told by its name: a chunk of a bundle has a class
 * of its own (infra/build.ts).
 */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}

/**
 * Temporary refusals by AWS: too many calls, a wrong clock, or expired credentials. The names are the SDK's own lists
 * of throttling errors and clock-skew errors, without those that mean access denied.
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

/** For a 5xx without an error class the SDK says that the client is at fault, so the HTTP status decides. */
const refusalSchema = z.object({
  $fault: z.literal('client'),
  $metadata: z.object({ httpStatusCode: z.int().lt(500).optional() }),
});

/** AWS replied that it did not do it, whether or not it would do it later. */
export const wasRefused = (error: unknown): boolean => refusalSchema.safeParse(error).success;

const ourOwnFault = (error: Error): boolean => wasRefused(error) && !passing.has(error.name);

const temporary: ReadonlySet<string> = new Set(['ServiceUnavailable', 'TimeoutError']);

/**
 * Whether an AWS service failed in spite of the client's own retries, and will work again later. What AWS refuses (a
 * missing queue, access denied, a value out of bounds) is our own mistake, and waiting does not help.
 */
export const isServiceFailure = (error: unknown): error is Error =>
  error instanceof Error && (temporary.has(error.name) || '$metadata' in error) && !ourOwnFault(error);

/**
 * The time that an invocation has left for calls: what it needs to write the ledger and respond is already deducted.
 */
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
