import { retryReasons, type RetryReason } from '../../shared/messaging/retry-reasons.ts';

/** Reasons to wait that do not go away by themselves, and for how many hours in a row one is seen before a person is called. */
const hoursOf = {
  'api-not-subscribed': 1,
  'supplier-detached': 1,
  'directory-refused': 1,
  throttled: 3,
} as const satisfies Partial<Record<RetryReason, number>>;

interface RetryAlarm {
  reason: string;
  hours: number;
  happened: string;
  todo: string;
}

export const retryAlarms: readonly RetryAlarm[] = Object.entries(retryReasons).flatMap(([reason, { en, todo }]) => {
  const { [reason]: hours }: Partial<Record<string, number>> = hoursOf;
  return hours === undefined ? [] : [{ reason, hours, happened: en, todo }];
});
