/**
 * The CLOSED list of reasons to leave a message on its queue. Each has its delays in seconds (the first and the
 * longest), is a dimension of the metric `Retries`, and has a line in docs/runbooks/retries.md, which is generated from
 * this table.
 */
export const retryReasons = {
  'no-connection': {
    first: 30,
    longest: 3600,
    en: 'Chorus Pro or PISTE could not be reached',
    todo: 'see Chorus Pro’s and PISTE’s status pages; check that the function can reach the internet',
  },
  'platform-down': {
    first: 60,
    longest: 3600,
    en: 'Chorus Pro or PISTE responds with errors: it is closed or broken',
    todo: 'nothing: the queue waits for the platform, over a weekend too',
  },
  throttled: {
    first: 30,
    longest: 900,
    en: 'the PISTE quota is used up (429): the whole connection pauses',
    todo: 'raise the quota in the PISTE console, or lower the connection’s `callsPerSecond`',
  },
  'turn-awaited': {
    first: 10,
    longest: 120,
    en: 'the connection’s calls are limited, and other functions were making them',
    todo: 'nothing: the queue is worked off at the pace that `callsPerSecond` and five calls at a time allow',
  },
  unauthorised: {
    first: 30,
    longest: 900,
    en: 'a token was refused twice, cause not yet known',
    todo: 'look for CONNECTION_SUSPENDED in the log',
  },
  'token-refused': {
    first: 60,
    longest: 3600,
    en: 'PISTE refuses the client id or secret',
    todo: 'check the client id and secret in PISTE’s console, then store them again',
  },
  suspended: {
    first: 300,
    longest: 300,
    en: 'the credentials were refused: no call until they change',
    todo: 'store working credentials: the messages follow within ten minutes, or half an hour after a long wait',
  },
  'api-not-subscribed': {
    first: 300,
    longest: 3600,
    en: 'the PISTE application has no right to this API (403)',
    todo: 'select the API for the PISTE application in this environment, and accept its CGU',
  },
  'secret-missing': {
    first: 300,
    longest: 300,
    en: 'the connection has no credentials in Secrets Manager',
    todo: 'store the credentials under `chorus-relay/<connection>`',
  },
  'supplier-detached': {
    first: 300,
    longest: 3600,
    en: 'the supplier is no longer attached to the technical account',
    todo: 'attach it again in Chorus Pro (space "Factures émises")',
  },
  'directory-refused': {
    first: 300,
    longest: 3600,
    en: 'Chorus Pro does not let this account read its directory',
    todo: 'look for DIRECTORY_REFUSED in the log; check the technical account’s rights and its structures in Chorus Pro',
  },
  'being-sent': {
    first: 60,
    longest: 300,
    en: 'another function holds the lease',
    todo: 'nothing: the lease expires',
  },
  'answer-awaited': {
    first: 300,
    longest: 900,
    en: 'Chorus Pro did not say whether it carried out a command: the relay first looks for its effect',
    todo: 'nothing: after half an hour without effect the relay sends the command again',
  },
  'no-time-left': {
    first: 5,
    longest: 60,
    en: 'too little of the invocation was left to start a call',
    todo: 'lower the batch size or raise the function’s timeout',
  },
  'aws-unavailable': {
    first: 5,
    longest: 300,
    en: 'an AWS service did not respond',
    todo: 'see the AWS Health Dashboard; look for throttles',
  },
  unexpected: {
    first: 60,
    longest: 900,
    en: 'a fault of the relay itself',
    todo: 'search the log for UNEXPECTED; after 8 of them the message goes to the dead letters',
  },
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
