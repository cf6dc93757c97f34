import * as z from 'zod';

/** A service that did not answer, said by us where no client of the SDK speaks. */
export class ServiceUnavailable extends Error {}

/**
 * Refusals of AWS that pass by themselves: too many calls, or a clock or credentials that are no longer of the hour. The names
 * are the SDK's own lists of what it throttles on and what it takes for a skewed clock, less the denials of access.
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

/** The SDK calls the fault the client's for a 5xx that it has no class for: the status tells. */
const refusalSchema = z.object({
  $fault: z.literal('client'),
  $metadata: z.object({ httpStatusCode: z.int().lt(500).optional() }),
});

const ourOwnFault = (error: Error): boolean => refusalSchema.safeParse(error).success && !passing.has(error.name);

/**
 * Whether an error says that an AWS service did not answer, after the client's own retries: it will another time. What AWS
 * refuses (a queue that is not there, an access denied, a value out of bounds) is our own mistake, and no better tomorrow.
 */
export const isServiceFailure = (error: unknown): error is Error =>
  error instanceof ServiceUnavailable ||
  (error instanceof Error && ('$metadata' in error || error.name === 'TimeoutError') && !ourOwnFault(error));
