/**
 * Whether an error says that an AWS service did not answer, after the client's own retries: it will another time. What AWS finds
 * invalid is our own mistake, and no better tomorrow.
 */
export const isServiceFailure = (error: unknown): boolean =>
  error instanceof Error &&
  error.name !== 'ValidationException' &&
  ('$metadata' in error || error.name === 'TimeoutError');
