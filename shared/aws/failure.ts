/** A service that did not answer, said by us where no client of the SDK speaks. */
export class ServiceUnavailable extends Error {}

/**
 * Whether an error says that an AWS service did not answer, after the client's own retries: it will another time. What AWS finds
 * invalid is our own mistake, and no better tomorrow.
 */
export const isServiceFailure = (error: unknown): boolean =>
  error instanceof ServiceUnavailable ||
  (error instanceof Error &&
    error.name !== 'ValidationException' &&
    ('$metadata' in error || error.name === 'TimeoutError'));
