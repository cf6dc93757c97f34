import * as z from 'zod';

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
