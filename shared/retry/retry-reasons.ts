/**
 * The CLOSED list of reasons to leave a message on its queue. Each has its delays (seconds: the first, and the longest),
 * is a dimension of the metric `Retries`, and a line of docs/runbooks/retries.md.
 */
export const retryReasons = {
  'no-connection': { first: 30, longest: 3600, en: 'Chorus Pro or PISTE could not be reached' },
  'platform-down': { first: 60, longest: 3600, en: 'Chorus Pro or PISTE answers with errors: closed or broken' },
  throttled: { first: 30, longest: 900, en: 'the PISTE quota is used up (429)' },
  unauthorised: { first: 30, longest: 900, en: 'a token was refused twice, cause not yet known' },
  'token-refused': { first: 60, longest: 3600, en: 'PISTE refuses the client id or secret' },
  suspended: { first: 300, longest: 3600, en: 'the credentials were refused: no call until they change' },
  'api-not-subscribed': { first: 300, longest: 3600, en: 'the PISTE application has no right to this API (403)' },
  'secret-missing': { first: 300, longest: 3600, en: 'the connection has no credentials in Secrets Manager' },
  'being-sent': { first: 60, longest: 300, en: 'another function holds the lease' },
  'no-time-left': { first: 5, longest: 60, en: 'too little of the invocation was left to start a call' },
  'aws-unavailable': { first: 5, longest: 300, en: 'an AWS service did not answer' },
  unexpected: { first: 60, longest: 900, en: 'a fault of the relay itself' },
} as const;

export type RetryReason = keyof typeof retryReasons;

/** SQS takes no longer visibility. */
const longestVisibilitySeconds = 43_200;

/**
 * Exponential with full jitter: a random delay between the first and the doubled-each-time ceiling, so that what failed
 * together does not come back together. @param attempt 1 for the first try @param random in [0, 1)
 */
export function retryDelaySeconds(reason: RetryReason, attempt: number, random: number, atLeast = 0): number {
  const { first, longest } = retryReasons[reason];
  const ceiling = Math.min(longest, first * 2 ** Math.min(attempt - 1, 20));
  const delay = Math.round(first / 2 + random * (ceiling - first / 2));
  return Math.min(Math.max(delay, Math.ceil(atLeast)), longestVisibilitySeconds);
}
