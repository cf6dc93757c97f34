/**
 * The CLOSED list of reasons to leave a message on its queue. Each has its delays in seconds (the first and the
 * longest), is a dimension of the metric `Retries`, and has its sentences in retry-texts.ts and its line in
 * docs/runbooks/retries.md, which is generated from both.
 */
export const retryReasons = {
  'no-connection': { first: 30, longest: 3600 },
  'platform-down': { first: 60, longest: 3600 },
  throttled: { first: 30, longest: 900 },
  'slot-awaited': { first: 10, longest: 120 },
  unauthorised: { first: 30, longest: 900 },
  'token-refused': { first: 60, longest: 3600 },
  suspended: { first: 300, longest: 300 },
  'api-not-subscribed': { first: 300, longest: 3600 },
  'secret-missing': { first: 300, longest: 300 },
  'settings-unreadable': { first: 60, longest: 900 },
  'supplier-detached': { first: 300, longest: 3600 },
  'directory-refused': { first: 300, longest: 3600 },
  'being-sent': { first: 60, longest: 300 },
  'answer-awaited': { first: 300, longest: 900 },
  'draft-awaited': { first: 300, longest: 900 },
  'no-time-left': { first: 5, longest: 60 },
  'aws-unavailable': { first: 5, longest: 300 },
  unexpected: { first: 60, longest: 900 },
} as const;

export type RetryReason = keyof typeof retryReasons;

/** The message stays on the queue, for a reason of the closed list. */
export interface Retry {
  kind: 'retry';
  reason: RetryReason;
  atLeastSeconds?: number;
}

/** SQS hides a message for at most twelve hours, counted from its receipt, so the time to handle it is deducted. */
const longestVisibilitySeconds = 43_200 - 900;

/**
 * When retrying ends. While Chorus Pro is closed, retries are intended, and each uses up a receive: no reason may use
 * them all before SQS's own limit in days. docs/limits-and-timings.md shows what happens to a message that always
 * fails.
 */
export const deliveryLimits = {
  faults: {
    value: 8,
    unit: 'faults of the relay with one message',
    then: 'the relay moves the message to the dead letters, with the reason `unexpected`',
  },
  receives: {
    value: 1_000,
    unit: 'receipts of one message from `invoices`, the most that SQS allows',
    then: 'SQS moves the message to the dead letters; retries alone last longer than SQS keeps a message',
  },
  retentionDays: {
    value: 14,
    unit: 'days on any queue',
    then: 'SQS deletes the message; 14 days is the longest that SQS allows',
  },
  erpReceives: {
    value: 20,
    unit: 'receipts of one event from `erp-inbox` without a deletion',
    then: 'SQS moves the event to `erp-inbox-dead-letters`',
  },
} as const;

/**
 * A message's first receives come as soon as their reason says; those after them are spread over the days that SQS
 * keeps a message. The rest is for functions that die before they can hide it.
 */
const receives = { prompt: 200, spread: 700 };
const spreadSeconds = (deliveryLimits.retentionDays.value * 86_400) / receives.spread;

/**
 * Exponential with jitter: a random delay between half the first delay and a ceiling that starts at the first delay and
 * doubles with each try up to the longest, so that what failed together does not come back together. A Retry-After is
 * the least that is waited, and so is the time that makes a message's receives last for its days on the queue.
 * @param attempt 1 for the first try
 * @param random in [0, 1)
 * @param atLeast seconds, from Retry-After
 */
export function retryDelaySeconds(reason: RetryReason, attempt: number, random: number, atLeast = 0): number {
  const { first, longest } = retryReasons[reason];
  const ceiling = Math.min(longest, first * 2 ** Math.min(attempt - 1, 20));
  const delay = Math.round(first / 2 + random * (ceiling - first / 2));
  const spread = attempt > receives.prompt ? spreadSeconds : 0;
  return Math.min(Math.max(delay, spread, Math.ceil(atLeast)), longestVisibilitySeconds);
}
