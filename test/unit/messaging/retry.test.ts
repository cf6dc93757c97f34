import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breaker } from '../../../shared/chorus-pro/guards.ts';
import { deadlineOf } from '../../../shared/aws/runtime.ts';
import {
  deliveryLimits,
  retryDelaySeconds,
  retryReasons,
  type RetryReason,
} from '../../../shared/messaging/retry-reasons.ts';

const reasons = Object.keys(retryReasons).filter((name): name is RetryReason => Object.hasOwn(retryReasons, name));
const anyReason = fc.constantFrom(...reasons);
/** Later ones are spread over the days that SQS keeps a message. */
const attempts = fc.integer({ min: 1, max: 200 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const longestVisibility = 43_200;

describe('the delay before a message comes again', () => {
  it('is within the bounds of its reason, for any attempt and random number', () => {
    fc.assert(
      fc.property(anyReason, attempts, chance, (reason, attempt, random) => {
        const { first, longest } = retryReasons[reason];
        const delay = retryDelaySeconds(reason, attempt, random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(first / 2));
        expect(delay).toBeLessThanOrEqual(longest);
        expect(delay).toBeGreaterThan(0);
      }),
    );
  });

  it('grows with the attempts and with the random number', () => {
    fc.assert(
      fc.property(anyReason, attempts, chance, chance, (reason, attempt, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(retryDelaySeconds(reason, attempt, less)).toBeLessThanOrEqual(retryDelaySeconds(reason, attempt, more));
        expect(retryDelaySeconds(reason, attempt, a)).toBeLessThanOrEqual(retryDelaySeconds(reason, attempt + 1, a));
      }),
    );
  });

  it('reaches its maximum, so that an outage of a weekend takes few receives', () => {
    for (const reason of reasons) expect(retryDelaySeconds(reason, 30, 0.999_999)).toBe(retryReasons[reason].longest);
  });

  it.each(reasons)(
    '%s: never uses up a message’s receives while SQS keeps it, even with the shortest delays',
    (reason) => {
      const { receives, retentionDays } = deliveryLimits;
      let seconds = 0;
      let used = 1;
      for (; seconds < retentionDays.value * 86_400; used += 1) seconds += retryDelaySeconds(reason, used, 0);
      expect(used).toBeLessThan(receives.value);
    },
  );

  it('is at most five minutes for half a day after refused credentials, so that good ones are soon used', () => {
    for (const reason of ['suspended', 'secret-missing'] as const) {
      const delays = Array.from({ length: 200 }, (_, i) => retryDelaySeconds(reason, i + 1, 0.999_999));
      expect(Math.max(...delays)).toBeLessThanOrEqual(300);
    }
  });

  it('is never shorter than Retry-After, nor longer than SQS allows', () => {
    const handlingSeconds = 900;
    const asked = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(anyReason, attempts, chance, asked, (reason, attempt, random, atLeast) => {
        const delay = retryDelaySeconds(reason, attempt, random, atLeast);
        expect(delay).toBeGreaterThanOrEqual(Math.min(atLeast, longestVisibility - handlingSeconds));
        expect(delay).toBeLessThanOrEqual(longestVisibility);
      }),
    );
  });
});

describe('the breaker', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1000);

  it('is closed at first', () => {
    const breaker = new Breaker();
    expect([breaker.isOpen(at(0)), breaker.remainingSeconds(at(0))]).toEqual([false, 0]);
  });

  it('is open for a minute after the platform was seen down', () => {
    const breaker = new Breaker();
    breaker.sawDown(at(0));
    expect([breaker.isOpen(at(59.9)), breaker.isOpen(at(60))]).toEqual([true, false]);
    expect([
      breaker.remainingSeconds(at(0)),
      breaker.remainingSeconds(at(59.9)),
      breaker.remainingSeconds(at(90)),
    ]).toEqual([60, 1, 0]);
  });

  it('opens after three failures in a row, and any response resets the count', () => {
    const breaker = new Breaker();
    for (const trouble of [true, true, false, true, true]) {
      if (trouble) breaker.sawTrouble(at(0));
      else breaker.sawUp();
    }
    expect(breaker.isOpen(at(0))).toBe(false);
    breaker.sawTrouble(at(0));
    expect(breaker.isOpen(at(0))).toBe(true);
    breaker.sawUp();
    expect(breaker.isOpen(at(0))).toBe(false);
  });

  it('reports each opening once', () => {
    let opened = 0;
    const breaker = new Breaker(() => (opened += 1));
    for (const seconds of [0, 30, 89]) breaker.sawDown(at(seconds));
    expect(opened).toBe(1);
    breaker.sawDown(at(150));
    expect(opened).toBe(2);
  });
});

describe('the deadline', () => {
  it('reserves the time that the writes after a call need', () => {
    expect(deadlineOf({ getRemainingTimeInMillis: () => 10_000 }).remainingMs()).toBe(7_000);
    expect(deadlineOf({ getRemainingTimeInMillis: () => 1_000 }).remainingMs()).toBeLessThan(0);
  });
});
